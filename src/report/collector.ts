import type { Reporter, TestCase, TestModule, TestSpecification, TestSuite, Vitest } from 'vitest/node';
import writeFileAtomic from 'write-file-atomic';
import type { Catalogue } from '../claims/catalogue.ts';
import { encodeNumbers } from '../claims/numbers.ts';
import type { ClaimPart } from '../claims/part.ts';
import type { Settings } from '../claims/settings.ts';
import { type Provenance, parseEvidence } from './evidence.ts';
import { assembleEvidence } from './ledger.ts';
import { tableHeader, tableRow, tableSummary } from './table.ts';

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
  readonly #parts: ClaimPart[] = [];
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
    this.#parts.length = 0;
    this.#printed = 0;
    const vitest = this.#vitest;
    const all = (await vitest?.globTestSpecifications()) ?? [];
    // Evidence of some of the files or tests must not stand for the whole suite.
    this.#isPartial =
      specifications.length < all.length ||
      vitest?.config.testNamePattern !== undefined ||
      this.#options.settings.claim !== undefined;
  }

  onTestCaseResult(test: TestCase): void {
    const { claimPart } = test.meta();
    if (claimPart !== undefined) this.#parts.push(JSON.parse(claimPart) as ClaimPart);
  }

  onTestSuiteResult(suite: TestSuite): void {
    const ids = new Set<string>();
    for (const test of suite.children.tests()) {
      const { claimPart } = test.meta();
      if (claimPart !== undefined) ids.add((JSON.parse(claimPart) as ClaimPart).id);
    }
    for (const id of ids) this.#printRow(id);
  }

  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const { catalogue, settings, provenance } = this.#options;
    const text = encodeNumbers(assembleEvidence(catalogue, this.#parts, settings, provenance()), 1);
    const evidence = parseEvidence(text, 'evidence');
    if (!this.#isPartial) {
      this.#log(tableSummary(evidence));
      if (settings.evidence !== undefined) {
        await writeFileAtomic(settings.evidence, `${text}\n`);
        this.#log(`evidence: ${settings.evidence}`);
      }
    }
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const states = tests.map((test) => test.result().state);
    const countOf = (state: string): number => states.filter((each) => each === state).length;
    this.#log(`${countOf('passed')} passed, ${countOf('failed')} failed, ${countOf('skipped')} skipped`);
  }

  #printRow(id: string): void {
    const { catalogue, settings, provenance } = this.#options;
    if (this.#printed++ === 0) this.#log(tableHeader());
    const own = this.#parts.filter((part) => part.id === id);
    const { claims } = parseEvidence(
      encodeNumbers(assembleEvidence(catalogue, own, settings, provenance())),
      'row',
    );
    for (const claim of claims) if (claim.id === id) this.#log(tableRow(claim));
  }

  #log(text: string): void {
    this.#vitest?.logger.log(text);
  }
}
