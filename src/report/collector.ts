import type { Reporter, TestCase, TestModule, TestSpecification, TestSuite, Vitest } from 'vitest/node';
import writeFileAtomic from 'write-file-atomic';
import type { Catalogue } from '../claims/catalogue.ts';
import { encodeNumbers } from '../claims/numbers.ts';
import type { ClaimPart } from '../claims/part.ts';
import type { Settings } from '../claims/settings.ts';
import { type Provenance, parseEvidence } from './evidence.ts';
import { assembleEvidence } from './ledger.ts';
import { replayText, tableHeader, tableRow, tableSummary } from './table.ts';

/** What the collector has to know besides what the tests report. */
export interface CollectorOptions {
  readonly catalogue: Catalogue;
  readonly settings: Settings;
  readonly provenance: () => Provenance;
}

/**
 * The vitest reporter that prints a row for each claim as its last test ends, and writes the evidence.
 *
 * Evidence is written only when nothing restricted the run to some of the files or tests, is checked against its own
 * schema first, and replaces the previous file in one step.
 */
export class ClaimsReporter implements Reporter {
  readonly #options: CollectorOptions;
  #vitest: Vitest | undefined;
  #printed = 0;
  #isPartial = false;

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    this.#printed = 0;
    const vitest = this.#vitest;
    const all = (await vitest?.globTestSpecifications()) ?? [];
    // Evidence of some of the files or tests must not stand for the whole suite.
    this.#isPartial =
      specifications.length < all.length ||
      vitest?.config.testNamePattern !== undefined ||
      this.#options.settings.claim !== undefined;
  }

  onTestSuiteResult(suite: TestSuite): void {
    if (this.#options.settings.replay !== undefined) return;
    const parts = partsOf(suite.children.tests());
    for (const id of new Set(parts.map((part) => part.id))) this.#printRow(id, parts);
  }

  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const { catalogue, settings, provenance } = this.#options;
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const backend = tests.map((test) => test.meta().tensorBackend).find((name) => name !== undefined);
    const tensors = backend === undefined ? 'no tensors were used' : `tensors: ${backend}`;
    const origin = { ...provenance(), backend: `float64 TypeScript; ${tensors}` };
    const text = encodeNumbers(assembleEvidence(catalogue, partsOf(tests), settings, origin), 1);
    const evidence = parseEvidence(text, 'evidence');
    if (!this.#isPartial) {
      this.#log(tableSummary(evidence));
      if (settings.evidence !== undefined) {
        await writeFileAtomic(settings.evidence, `${text}\n`);
        this.#log(`evidence: ${settings.evidence}`);
      }
    }
    if (settings.replay !== undefined) this.#replayed(modules, partsOf(tests));
    const states = tests.map((test) => test.result().state);
    const countOf = (state: string): number => states.filter((each) => each === state).length;
    this.#log(`${countOf('passed')} passed, ${countOf('failed')} failed, ${countOf('skipped')} skipped`);
  }

  #printRow(id: string, parts: readonly ClaimPart[]): void {
    const { catalogue, settings, provenance } = this.#options;
    if (this.#printed++ === 0) this.#log(tableHeader());
    const { claims } = parseEvidence(
      encodeNumbers(assembleEvidence(catalogue, parts, settings, provenance())),
      'row',
    );
    for (const claim of claims) if (claim.id === id) this.#log(tableRow(claim));
  }

  /** Shows both sides of the one judged instance, or in one line why it is no instance of the claim. */
  #replayed(modules: readonly TestModule[], parts: readonly ClaimPart[]): void {
    for (const { judgement } of parts) this.#log(replayText(judgement));
    for (const error of modules.flatMap((module) => module.errors())) {
      this.#log(error.message);
      process.exitCode = 2;
    }
    if (parts.length === 0 && process.exitCode !== 2) {
      this.#log(`--sabotage: expected one that the claim has, got "${this.#options.settings.sabotage}"`);
      process.exitCode = 2;
    }
  }

  #log(text: string): void {
    this.#vitest?.logger.log(text);
  }
}

/** What the given tests reported, read when they have ended: a test's metadata can arrive after its own result. */
function partsOf(tests: Iterable<TestCase>): ClaimPart[] {
  return [...tests].flatMap((test) => {
    const { claimPart } = test.meta();
    return claimPart === undefined ? [] : [JSON.parse(claimPart) as ClaimPart];
  });
}
