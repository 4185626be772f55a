import { clopperPearson } from '../../src/numerics/statistics/clopperPearson.ts';
import type { Killer, MutationRecord, Survivor } from '../../src/papers/evidence/mutationRecord.ts';
import { explanationOf } from './explanations.ts';
import { notDrawn } from './mutationSample.ts';

/** What is read of a report in Stryker's format. */
export interface StrykerReport {
  readonly files: Readonly<
    Record<string, { readonly source: string; readonly mutants: readonly ReportedMutant[] }>
  >;
  readonly testFiles?: Readonly<Record<string, { readonly tests: readonly ReportedTest[] }>>;
}
interface ReportedTest {
  readonly id: string;
  readonly name: string;
}
interface Position {
  readonly line: number;
  readonly column: number;
}
interface ReportedMutant {
  readonly status: string;
  readonly statusReason?: string;
  readonly replacement?: string;
  readonly location: { readonly start: Position; readonly end: Position };
  readonly killedBy?: readonly string[];
  readonly static?: boolean;
  readonly testsCompleted?: number;
}

/** What the run of one part ended with, and how many mutants each of its files has in all. */
export interface PartResult {
  readonly report: StrykerReport;
  readonly mutants: Readonly<Record<string, number>>;
  readonly minutes: number;
}

type Counts = Pick<MutationRecord, 'files' | 'killers' | 'survivors' | 'score'>;

/** The killer of a mutant with which a spec file cannot even be loaded. */
const loading = { name: 'loading the specs', kind: 'loading' } as const;
const errorRate = 0.05;

/** Counts the mutants of all parts: by file, by who noticed them, and those that nobody noticed. */
export function countMutants(parts: readonly PartResult[]): Counts {
  const files: Record<string, MutationRecord['files'][string]> = {};
  const killers = new Map<string, { kind: Killer['kind']; kills: Record<string, number>; alone: number }>();
  const survivors: Survivor[] = [];
  for (const { report, mutants } of parts) {
    const names = killerNames(report);
    const allTests = Math.max(0, ...everyMutant(report).map(({ testsCompleted = 0 }) => testsCompleted));
    for (const [file, { source, mutants: reported }] of Object.entries(report.files)) {
      const room = roomOf(file);
      const row = {
        room,
        mutants: mutants[file] ?? 0,
        drawn: 0,
        killed: 0,
        timedOut: 0,
        survived: 0,
        invalid: 0,
      };
      for (const mutant of reported) {
        if (mutant.status === 'Ignored' || mutant.statusReason === notDrawn) continue;
        row.drawn++;
        const by = killersOf(mutant, names, allTests);
        if (by !== undefined) {
          row.killed++;
          for (const [name, kind] of by) {
            const killer = killers.get(name) ?? { kind, kills: {}, alone: 0 };
            killer.kills[room] = (killer.kills[room] ?? 0) + 1;
            if (by.size === 1) killer.alone++;
            killers.set(name, killer);
          }
        } else if (mutant.status === 'Timeout') row.timedOut++;
        else if (mutant.status === 'Survived' || mutant.status === 'NoCoverage') {
          row.survived++;
          survivors.push(survivorOf(file, source, mutant));
        } else row.invalid++;
      }
      if (row.drawn > 0 || row.mutants > 0) files[file] = row;
    }
    for (const [file, count] of Object.entries(mutants)) {
      const none = { drawn: 0, killed: 0, timedOut: 0, survived: 0, invalid: 0 };
      files[file] ??= { room: roomOf(file), mutants: count, ...none };
    }
  }
  return {
    files,
    killers: [...killers]
      .map(([name, killer]) => ({ name, ...killer }))
      .sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name, 'en')),
    survivors: survivors.sort((a, b) => a.file.localeCompare(b.file, 'en') || a.line - b.line),
    score: scoreOf(files),
  };
}

/** `src/applications/maxcut/graph/cut.ts` is of maxcut, `src/lemma/blocks.ts` of lemma; certificates are what of optimize is mutated. */
function roomOf(file: string): string {
  const room = /^(?:src|scripts)\/(?:applications\/|numerics\/|papers\/)?([^/]+)\//.exec(file)?.[1] ?? file;
  return room === 'optimize' ? 'certificates' : room === 'statistics' ? 'maxcut' : room;
}

function order({ kind }: Killer): number {
  return ['claim', 'instrument', 'loading'].indexOf(kind);
}

function everyMutant(report: StrykerReport): readonly ReportedMutant[] {
  return Object.values(report.files).flatMap(({ mutants }) => mutants);
}

/** The claim that each test judges, or the spec file that it stands in. */
function killerNames({ testFiles = {} }: StrykerReport): Map<string, [string, Killer['kind']]> {
  const names = new Map<string, [string, Killer['kind']]>();
  for (const [file, { tests }] of Object.entries(testFiles)) {
    for (const { id, name } of tests) {
      const claim = /\(([a-z0-9.-]+)\) (?:holds$|is refuted when sabotaged: )/.exec(name)?.[1];
      names.set(
        id,
        claim === undefined || claim.startsWith('binding.') ? [file, 'instrument'] : [claim, 'claim'],
      );
    }
  }
  return names;
}

/**
 * Who noticed a mutant; undefined where nobody did.
 *
 * A mutant that is there while modules are loaded may keep spec files from being loaded. Vitest fails then, but
 * Stryker sees fewer tests and no failing one, and calls that survival.
 */
function killersOf(
  mutant: ReportedMutant,
  names: ReadonlyMap<string, [string, Killer['kind']]>,
  allTests: number,
): Map<string, Killer['kind']> | undefined {
  if (mutant.status === 'Killed') {
    const unknown: [string, Killer['kind']] = [loading.name, loading.kind];
    return new Map((mutant.killedBy ?? []).map((id) => names.get(id) ?? unknown));
  }
  const lost =
    mutant.status === 'Survived' && mutant.static === true && (mutant.testsCompleted ?? 0) < allTests;
  return lost ? new Map([[loading.name, loading.kind]]) : undefined;
}

function survivorOf(file: string, source: string, { location, replacement = '' }: ReportedMutant): Survivor {
  const lines = source.split('\n');
  const { start, end } = location;
  const text = lines
    .slice(start.line - 1, end.line)
    .map((line, i, { length }) =>
      line.slice(i === 0 ? start.column - 1 : 0, i === length - 1 ? end.column - 1 : undefined),
    )
    .join(' ')
    .replace(/\s+/g, ' ');
  const survivor = { file, line: start.line, text, becomes: replacement.replace(/\s+/g, ' ') };
  return { ...survivor, because: explanationOf(survivor) ?? '' };
}

function scoreOf(files: MutationRecord['files']): MutationRecord['score'] {
  let noticed = 0;
  let run = 0;
  for (const { killed, timedOut, survived } of Object.values(files)) {
    noticed += killed + timedOut;
    run += killed + timedOut + survived;
  }
  const { lower, upper } = run > 0 ? clopperPearson(noticed, run, errorRate) : { lower: 0, upper: 1 };
  return { noticed, run, lower, upper, errorRate };
}
