import { describe, expect, inject, type TestContext, test } from 'vitest';
import { InputError } from '../../numerics/base/inputError.ts';
import { type RandomStream, randomStream } from '../../numerics/random/stream.ts';
import type { Judgement } from '../evidence/shape/judgement.ts';
import { type ClaimPart, type FinishedParts, partKey, readPart } from '../evidence/shape/part.ts';
import type { Catalogue, CatalogueEntry, ClaimKind } from './catalogue.ts';
import type { ClaimDefinition } from './claim.ts';
import { checkRaw, type Raw } from './domain.ts';
import { domainOf } from './evaluate.ts';
import { falseAlarmShare } from './falseAlarms.ts';
import { judge, mostSampledRate } from './judge.ts';
import { encodeNumbers } from './numbers.ts';
import type { Settings } from './settings.ts';

declare module 'vitest' {
  interface ProvidedContext {
    claims: Settings;
    /** What an interrupted run that is being continued has judged already. */
    finished?: FinishedParts;
  }
  interface TaskMeta {
    claimPart?: string;
    /** What ran the tensors, reported by the test that loads them. */
    tensorBackend?: string;
    /** How many damaged or hostile inputs a test gave to what it names, all of which ended as they have to. */
    badInputs?: Readonly<Record<string, number>>;
  }
}

/** A sabotage is judged until it is refuted, on at most this many instances, whatever the profile. */
const sabotageInstances = 300;

type Bind = <L extends object, D extends object>(id: string, definition: ClaimDefinition<L, D>) => void;

/** The words in which the specs of one paper are written. */
export interface Language {
  /** Groups the claims that follow in the test output. */
  readonly section: (title: string, body: () => void) => void;
  readonly definition: Bind;
  readonly lemma: Bind;
  readonly theorem: Bind;
  readonly corollary: Bind;
  readonly observation: Bind;
  readonly instrument: Bind;
}

/** A stream for a test that is not a claim, forked from the run's root seed by a label of its own. */
export function rootStream(label: string): RandomStream {
  return randomStream(inject('claims').seed).fork('test').fork(label);
}

/**
 * Makes the language of one paper: each word binds a claim of the catalogue to tests, one that judges the claim
 * and one for each sabotage, which passes when the same judge refutes it.
 *
 * @throws RangeError when a claim is not in the catalogue, is of another kind, is marked as unstated, or has no
 * sabotage.
 */
export function language(catalogue: Catalogue): Language {
  const entries = new Map(catalogue.entries.map((entry) => [entry.id, entry]));
  const falseAlarmRate = falseAlarmShare(entries.size);
  const bind =
    (kind: ClaimKind): Bind =>
    (id, definition) => {
      const entry = entries.get(id);
      if (entry === undefined) throw new RangeError(`${id}: expected an id of the catalogue`);
      if (entry.kind !== kind) throw new RangeError(`${id}: expected a ${entry.kind}, got a ${kind}`);
      if (entry.unstated !== undefined) throw new RangeError(`${id}: the catalogue calls it unstated`);
      if (Object.keys(definition.sabotage).length === 0)
        throw new RangeError(`${id}: expected a sabotage, got none`);
      bindClaim(entry, definition, falseAlarmRate);
    };
  return {
    section: (title, body) => describe(title, body),
    definition: bind('definition'),
    lemma: bind('lemma'),
    theorem: bind('theorem'),
    corollary: bind('corollary'),
    observation: bind('observation'),
    instrument: bind('instrument'),
  };
}

function bindClaim<L extends object, D extends object>(
  entry: CatalogueEntry,
  definition: ClaimDefinition<L, D>,
  falseAlarmRate: number,
): void {
  const settings = inject('claims');
  const finished = inject('finished') ?? {};
  const { profile, claim } = settings;
  const root = randomStream(settings.seed).fork('claim').fork(entry.id);
  const sabotages = Object.keys(definition.sabotage);
  const selected = claim === undefined || claim === entry.id;
  const replay = selected ? replayOf(settings, definition) : undefined;
  const instances = settings.runs ?? definition.instances[profile];
  if (selected) checkRuns(entry.id, settings, definition.sampledFailureRate ?? 0, falseAlarmRate);

  const run = async (context: TestContext, sabotage: string | undefined): Promise<Judgement> => {
    const kept = finished[partKey(sabotage === undefined ? { id: entry.id } : { id: entry.id, sabotage })];
    if (kept !== undefined) {
      context.task.meta.claimPart = kept;
      return readPart(kept).judgement;
    }
    const started = performance.now();
    const stream = root.fork(sabotage === undefined ? 'claim' : `sabotage:${sabotage}`);
    const judgement = await judge({
      definition,
      profile,
      instances: sabotage === undefined ? instances : sabotageInstances,
      seed: stream.fork('instances').integer(0, 0x7fffffff),
      streamKey: `${settings.seed}:${entry.id}:${sabotage ?? ''}`,
      falseAlarmRate,
      ...(sabotage === undefined ? {} : { sabotage }),
      ...(settings.shrinks === undefined ? {} : { shrinks: settings.shrinks }),
      ...(replay === undefined ? {} : { only: replay }),
    });
    const shows = sabotage === undefined && replay === undefined && settings.withoutExhibits !== true;
    const wanted = shows ? definition.exhibit : undefined;
    const exhibit = (await wanted?.(root.fork('exhibit'), profile)) ?? { observations: [], charts: [] };
    const part: ClaimPart = {
      id: entry.id,
      ...(sabotage === undefined ? {} : { sabotage }),
      sabotages,
      judgement,
      exhibit,
      milliseconds: performance.now() - started,
      file: context.task.file.name,
    };
    context.task.meta.claimPart = encodeNumbers(part);
    return judgement;
  };

  describe(`${entry.label}, ${entry.title} (${entry.id})`, () => {
    const replaysClaim = selected && settings.sabotage === undefined;
    test.skipIf(!replaysClaim)('holds', { timeout: 0 }, async (context) => {
      const { verdict, reason } = await run(context, undefined);
      expect(verdict, reason).toBe('holds');
    });
    for (const sabotage of sabotages) {
      const replaysThis = replay === undefined ? selected : settings.sabotage === sabotage;
      test.skipIf(!replaysThis)(`is refuted when sabotaged: ${sabotage}`, { timeout: 0 }, async (context) => {
        const { verdict, reason } = await run(context, sabotage);
        expect(verdict, reason).toBe('refuted');
      });
    }
  });
}

/**
 * Refuses more instances than a claim's share of the false-alarm budget allows, where its tolerance is sampled.
 *
 * @throws InputError naming the claim, the limit and what came
 */
function checkRuns(id: string, { runs }: Settings, sampledFailureRate: number, falseAlarmRate: number): void {
  const most = Math.floor(mostSampledRate(falseAlarmRate) / sampledFailureRate);
  if (runs === undefined || runs <= most) return;
  const expected = `at most ${most} for ${id}, by its share of the false-alarm budget`;
  throw new InputError({ source: '--runs', expected, got: String(runs) });
}

/** The one instance that the settings ask for, checked against the claim's domain. */
function replayOf<L extends object, D extends object>(
  { profile, replay }: Settings,
  definition: ClaimDefinition<L, D>,
): Raw | undefined {
  if (replay === undefined) return undefined;
  return checkRaw(domainOf(definition, profile).draw, JSON.parse(replay), '--replay');
}
