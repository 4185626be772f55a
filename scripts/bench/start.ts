import { Command } from 'commander';
import { $, path } from 'zx';
import { throwing } from '../../src/numerics/base/program.ts';

/**
 * Measures what starting costs: the built program, the same tool through npm and the TypeScript loader, and, where
 * one is named, another checkout's. Their runs alternate, so that all share what else the machine does.
 */
const options = throwing(new Command('npm run bench -- start'))
  .description('Wall times of starting: help, and a cut of a graph with ten vertices. Builds dist first.')
  .option('--runs <N>', 'of each; the median is shown', '7')
  .option('--before <folder>', 'another checkout, with its packages installed, to compare with')
  .parse()
  .opts<{ runs: string; before?: string }>();

const root = path.resolve(import.meta.dirname, '../..');
const graph = path.join(root, 'fixtures/graphs/petersen.txt');
const work = { help: ['--help'], 'ten vertices': [graph, '--seconds', '0.2'] };
const ways: Record<string, (words: readonly string[]) => Promise<unknown>> = {
  'derandomize maxcut': (words) => $({ quiet: true })`node ${path.join(root, 'dist/bin.js')} maxcut ${words}`,
  'npm run -s maxcut': (words) => $({ quiet: true, cwd: root })`npm run -s maxcut -- ${words}`,
};
const { before, runs } = options;
if (before !== undefined)
  ways[before] = (words) => $({ quiet: true, cwd: before })`npm run -s maxcut -- ${words}`;

await $({ quiet: true, cwd: root })`npm run build`;
for (const [what, words] of Object.entries(work)) {
  const times = new Map(Object.keys(ways).map((name): [string, number[]] => [name, []]));
  for (let run = 0; run < Number(runs); run++) {
    for (const [name, start] of Object.entries(ways)) {
      const began = performance.now();
      await start(words);
      times.get(name)?.push(performance.now() - began);
    }
  }
  for (const [name, taken] of times) {
    const sorted = taken.sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)];
    const [least, most] = [sorted[0], sorted[sorted.length - 1]];
    process.stdout.write(
      `${what.padEnd(14)} ${name.padEnd(20)} ${seconds(median)} s  (${seconds(least)} to ${seconds(most)})\n`,
    );
  }
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2);
}
