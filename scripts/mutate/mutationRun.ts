import { createRequire } from 'node:module';
import type { Mutant, PartialStrykerOptions } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { fs, path } from 'zx';
import { excludedKinds, rangeOf } from './mutants.ts';
import type { MutationPart } from './mutationPlan.ts';
import type { StrykerReport } from './mutationResult.ts';
import { announce, type Draw, drawOf } from './mutationSample.ts';

const { version } = createRequire(import.meta.url)('@stryker-mutator/core/package.json') as {
  readonly version: string;
};
export const strykerVersion = version;

/** How the mutants are drawn and run. */
export interface Run extends Omit<Draw, 'part'> {
  readonly concurrency: number;
  /** Where Stryker's report and its copies of the sources go. */
  readonly folder: string;
}

/**
 * Runs the drawn mutants of one part, each against every test that reaches it.
 *
 * Only the places of drawn mutants are rewritten, so that everything else runs at its own speed.
 *
 * @param all every mutant of the part's files
 * @returns the report in the mutation-testing-elements format
 */
export async function runStryker(
  part: MutationPart,
  all: readonly Mutant[],
  { draw, share, concurrency, folder }: Run,
): Promise<StrykerReport> {
  const drawn = all.filter((mutant) => drawOf(draw, mutant) < share);
  process.stderr.write(`${part.name}: ${drawn.length} of ${all.length} mutants drawn\n`);
  if (drawn.length === 0) return { files: {} };
  announce({ part: part.name, draw, share });
  const fileName = path.join(folder, `stryker-${part.name}.json`);
  const asTypeScript = ['--import=tsx'];
  const options: PartialStrykerOptions = {
    mutate: [...new Set(drawn.map(rangeOf))],
    testRunner: 'vitest',
    vitest: { configFile: 'scripts/mutate/mutationTests.ts', related: false },
    plugins: ['@stryker-mutator/vitest-runner', path.join(import.meta.dirname, 'mutationSample.ts')],
    checkers: ['sample'],
    checkerNodeArgs: asTypeScript,
    testRunnerNodeArgs: asTypeScript,
    coverageAnalysis: 'perTest',
    // Every test that notices a mutant is wanted, not the first only.
    disableBail: true,
    // Time beyond twice that of the same tests without a mutant is an endless loop; the rest is for a busy machine.
    concurrency,
    timeoutFactor: 2,
    timeoutMS: 40_000,
    mutator: { excludedMutations: [...excludedKinds] },
    reporters: ['json', 'dots'],
    jsonReporter: { fileName },
    ignorePatterns: ['/reports'],
    tempDirName: '.stryker-tmp',
    allowConsoleColors: false,
  };
  await new Stryker(options).runMutationTest();
  return fs.readJsonSync(fileName) as StrykerReport;
}
