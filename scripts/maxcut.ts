import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import ora from 'ora';
import writeFileAtomic from 'write-file-atomic';
import { type MaxCutOptions, type MaxCutProgress, solveMaxCut } from '../src/applications/maxcut/index.ts';
import { readGraph } from '../src/formats/readGraph.ts';
import { InputError } from '../src/numerics/base/inputError.ts';
import { runProgram, throwing } from '../src/numerics/base/program.ts';
import { randomStream } from '../src/numerics/random/stream.ts';
import { graphFromTable } from '../src/tools/fromTables.ts';
import { describeMaxCut, reportMaxCut } from '../src/tools/maxCutReport.ts';
import { maxCutOwnData } from './lib/maxCutOwnData.ts';
import { reportOption, writeOwnData } from './lib/writeOwnData.ts';

const command = throwing(new Command('npm run -s maxcut --'))
  .description('Cuts a graph in two, with an upper bound and a certificate.')
  .argument(
    '<file>',
    'Gset/rudy, Matrix Market, DIMACS or CSV edge list, plain or gzip; - for standard input',
  )
  .option('--seconds <S>', 'time budget', number('--seconds', 0, 1e6))
  .option('--rounds <N>', 'step budget instead: same seed, same cut', integer('--rounds', 0, 1e9))
  .option('--seed <N>', 'seed of all random choices', '1')
  .option(
    '--rank <R>',
    'dimension of the vectors descended from (default at most 8)',
    integer('--rank', 1, 1000),
  )
  .option('--polish <steps>', "none (the paper's method alone), one-opt, or resample", 'resample')
  .option('--threads <N>', 'worker threads', integer('--threads', 1, 64))
  .option('--json', 'print one JSON object and nothing else')
  .option(reportOption.flags, reportOption.description)
  .option('--out <file>', 'write the side (0 or 1) of each vertex, one a line, in vertex order')
  .addHelpText(
    'after',
    '\nExample:\n  npm run -s maxcut -- fixtures/graphs/petersen.txt --seconds 2 --out sides.txt',
  );

await runProgram(async () => {
  command.parse();
  await main(command.args[0], command.opts());
  return 0;
});

interface Flags {
  readonly seconds?: number;
  readonly rounds?: number;
  readonly seed: string;
  readonly rank?: number;
  readonly polish: string;
  readonly threads?: number;
  readonly json?: true;
  readonly out?: string;
  readonly report?: string;
}

async function main(file: string, flags: Flags): Promise<void> {
  const polish = (['none', 'one-opt', 'resample'] as const).find((name) => name === flags.polish);
  if (polish === undefined) {
    throw new InputError({ source: '--polish', expected: 'none, one-opt or resample', got: flags.polish });
  }
  if (flags.seconds !== undefined && flags.rounds !== undefined) {
    throw new InputError({ source: '--rounds', expected: 'either a time or a step budget', got: 'both' });
  }
  const graph = graphFromTable(file, readGraph(file, readInput(file)));
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  const spinner = process.stderr.isTTY ? ora({ text: 'starting', discardStdin: false }).start() : undefined;
  const progress: MaxCutProgress[] = [];
  const options: MaxCutOptions = {
    budget: flags.rounds === undefined ? { seconds: flags.seconds ?? 10 } : { rounds: flags.rounds },
    threads: flags.threads ?? Math.min(8, availableParallelism()),
    polish,
    signal: interruption.signal,
    ...(flags.rank === undefined ? {} : { rank: flags.rank }),
    onProgress: (now) => {
      const { cut, upperBound, seconds } = now;
      if (flags.report !== undefined) progress.push(now);
      if (spinner) spinner.text = `cut ${cut}  bound ${upperBound.toFixed(2)}  ${seconds.toFixed(1)} s`;
    },
  };
  const solution = await solveMaxCut(randomStream(flags.seed), graph, options);
  spinner?.stop();
  if (flags.out !== undefined) await writeSides(flags.out, solution.sides);
  const report = reportMaxCut(graph, solution, flags.seed);
  await writeOwnData(flags.report, 'maxcut', file, maxCutOwnData(report, progress));
  process.stdout.write(`${flags.json ? JSON.stringify(report) : describeMaxCut(report)}\n`);
}

function readInput(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new InputError({ source: file, expected: 'a readable file', got: reasonOf(error) });
  }
}

async function writeSides(file: string, sides: Int8Array): Promise<void> {
  try {
    await writeFileAtomic(file, Array.from(sides, (side) => (side > 0 ? '1\n' : '0\n')).join(''));
  } catch (error) {
    throw new InputError({ source: file, expected: 'a writable file', got: reasonOf(error) });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function integer(source: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InputError({ source, expected: `a whole number from ${least} to ${most}`, got: `"${text}"` });
  };
}

function number(source: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,12}(\.\d{0,12})?$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InputError({ source, expected: `a number from ${least} to ${most}`, got: `"${text}"` });
  };
}
