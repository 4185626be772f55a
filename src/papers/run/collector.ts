import { relative } from 'node:path';
import type {
  Reporter,
  TestCase,
  TestModule,
  TestRunEndReason,
  TestSpecification,
  TestSuite,
  Vitest,
} from 'vitest/node';
import { writeWhole } from '../../numerics/base/writeWhole.ts';
import type { Catalogue } from '../claims/catalogue.ts';
import { encodeNumbers } from '../claims/numbers.ts';
import { type Evidence, type Provenance, parseEvidence } from '../evidence/evidence.ts';
import { assembleEvidence } from '../evidence/ledger.ts';
import { fileProblems, manifestProblems } from '../evidence/manifest.ts';
import { identityOf } from '../evidence/runIdentity.ts';
import { type ClaimPart, type FinishedParts, partKey, readPart } from '../evidence/shape/part.ts';
import { observationText, replayText, tableHeader, tableRow, tableSummary } from '../report/table.ts';
import type { Journal } from './journal.ts';
import type { RunRequest } from './request.ts';
import { refusalOf } from './testOutput.ts';

/** What the collector has to know besides what the tests report. */
export interface CollectorOptions {
  readonly catalogue: Catalogue;
  readonly request: RunRequest;
  readonly provenance: () => Provenance;
  /** Set where finished claims are to be kept until the run is complete. */
  readonly journal?: Journal;
  /** What an interrupted run that is being continued has judged already. */
  readonly finished?: FinishedParts;
}

/**
 * The vitest reporter that prints a row for each claim as its last test ends, and writes the evidence.
 *
 * Evidence is written only when nothing restricted the run to some of the files or tests and nothing interrupted it,
 * is checked against its own schema first, and replaces the previous file in one step. Until then every finished
 * claim is in the journal.
 */
export class ClaimsReporter implements Reporter {
  readonly #options: CollectorOptions;
  #vitest: Vitest | undefined;
  #printed = 0;
  #isPartial = false;
  #files: readonly string[] = [];

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    this.#printed = 0;
    const { request, provenance, journal, finished } = this.#options;
    const vitest = this.#vitest;
    const all = (await vitest?.globTestSpecifications()) ?? [];
    // Evidence of some of the files or tests must not stand for the whole suite.
    this.#isPartial =
      specifications.length < all.length ||
      vitest?.config.testNamePattern !== undefined ||
      vitest?.config.shard !== undefined ||
      request.claim !== undefined;
    this.#files = all.map(({ moduleId }) => relative(vitest?.config.root ?? '', moduleId));
    this.#tryJournal(() => journal?.start(identityOf(provenance()), finished ?? {}));
  }

  onTestCaseResult(test: TestCase): void {
    this.#keep([test]);
  }

  onTestSuiteResult(suite: TestSuite): void {
    if (this.#options.request.replay !== undefined) return;
    this.#keep(suite.children.tests());
    const parts = partsOf(suite.children.tests());
    for (const id of new Set(parts.map((part) => part.id))) this.#printRow(id, parts);
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    _errors: readonly unknown[],
    reason: TestRunEndReason,
  ): Promise<void> {
    const { catalogue, request, provenance } = this.#options;
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const refusal = this.#options.request.replay === undefined ? refusalOf(modules) : undefined;
    if (refusal !== undefined) return this.#refuse(refusal);
    if (reason === 'interrupted' || this.#refusesMerge(modules, tests, reason)) return;
    const backend = tests.map((test) => test.meta().tensorBackend).find((name) => name !== undefined);
    const tensors = backend === undefined ? 'no tensors were used' : `tensors: ${backend}`;
    const origin = { ...provenance(), backend: `float64 TypeScript; ${tensors}` };
    const text = encodeNumbers(
      assembleEvidence(catalogue, partsOf(tests), request, origin, badInputsOf(tests)),
      1,
    );
    const evidence = parseEvidence(text, 'evidence');
    if (!this.#isPartial) {
      this.#log(tableSummary(evidence));
      if (request.evidence !== undefined) await this.#write(request.evidence, `${text}\n`);
    } else if (request.claim !== undefined && request.replay === undefined) {
      await this.#writeClaim(request.claim, evidence);
    }
    if (request.replay !== undefined) this.#replayed(modules, partsOf(tests));
    const states = tests.map((test) => test.result().state);
    const countOf = (state: string): number => states.filter((each) => each === state).length;
    this.#log(`${countOf('passed')} passed, ${countOf('failed')} failed, ${countOf('skipped')} skipped`);
  }

  /** Replaces the evidence; where it cannot, the previous evidence and the journal stay. */
  async #write(file: string, text: string): Promise<void> {
    try {
      writeWhole(file, text);
      this.#options.journal?.remove();
      this.#log(`evidence: ${file}`);
    } catch (error) {
      this.#refuse(error instanceof Error ? error.message : `${file}: cannot be written`);
    }
  }

  /** What a run of one claim leaves: its numbers beside the paper's, and its evidence where that was asked for. */
  async #writeClaim(id: string, evidence: Evidence): Promise<void> {
    for (const observation of evidence.observations) this.#log(observationText(observation));
    const { evidence: file } = this.#options.request;
    if (file === undefined) return;
    const claims = evidence.claims.filter((claim) => claim.id === id);
    await this.#write(file, `${encodeNumbers({ ...evidence, claims }, 1)}\n`);
  }

  #keep(tests: Iterable<TestCase>): void {
    for (const test of tests) {
      const { claimPart } = test.meta();
      if (claimPart === undefined) continue;
      this.#tryJournal(() => this.#options.journal?.append(partKey(readPart(claimPart)), claimPart));
    }
  }

  /** A journal that cannot be written, on a full disk for instance, is no reason to end the run. */
  #tryJournal(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#log(`the journal ends here: ${error instanceof Error ? error.message : 'it cannot be written'}`);
    }
  }

  /** Merged shards stand for a run only when they are all of it. */
  #refusesMerge(
    modules: readonly TestModule[],
    tests: readonly TestCase[],
    reason: TestRunEndReason,
  ): boolean {
    if (this.#options.request.merged === undefined) return false;
    const files = modules.map(({ relativeModuleId }) => relativeModuleId);
    const problems = [
      ...fileProblems(this.#files, files),
      ...manifestProblems(this.#options.catalogue, partsOf(tests), reason === 'failed'),
    ];
    const [first] = problems;
    if (first === undefined) return false;
    this.#refuse(problems.length === 1 ? first : `${first}; and ${problems.length - 1} more`);
    return true;
  }

  #refuse(line: string): void {
    this.#vitest?.logger.error(line);
    process.exitCode = 2;
  }

  #printRow(id: string, parts: readonly ClaimPart[]): void {
    const { catalogue, request, provenance } = this.#options;
    if (this.#printed++ === 0) this.#log(tableHeader());
    const { claims } = parseEvidence(
      encodeNumbers(assembleEvidence(catalogue, parts, request, provenance())),
      'row',
    );
    for (const claim of claims) if (claim.id === id) this.#log(tableRow(claim));
  }

  /** Shows both sides of the one judged instance, or in one line why it is no instance of the claim. */
  #replayed(modules: readonly TestModule[], parts: readonly ClaimPart[]): void {
    for (const { judgement } of parts) if ('worst' in judgement) this.#log(replayText(judgement));
    for (const error of modules.flatMap((module) => module.errors())) {
      this.#log(error.message);
      process.exitCode = 2;
    }
    if (parts.length === 0 && process.exitCode !== 2) {
      this.#log(`--sabotage: expected one that the claim has, got "${this.#options.request.sabotage}"`);
      process.exitCode = 2;
    }
  }

  #log(text: string): void {
    this.#vitest?.logger.log(text);
  }
}

/** How many bad inputs the tests gave to what, in alphabetical order. */
function badInputsOf(tests: Iterable<TestCase>): Record<string, number> {
  const counts = new Map<string, number>();
  for (const test of tests) {
    for (const [name, count] of Object.entries(test.meta().badInputs ?? {})) {
      counts.set(name, (counts.get(name) ?? 0) + count);
    }
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What the given tests reported, read when they have ended: a test's metadata can arrive after its own result. */
function partsOf(tests: Iterable<TestCase>): ClaimPart[] {
  return [...tests].flatMap((test) => {
    const { claimPart } = test.meta();
    return claimPart === undefined ? [] : [readPart(claimPart)];
  });
}
