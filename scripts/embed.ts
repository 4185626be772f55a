import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { gzipSync } from 'node:zlib';
import { Command } from 'commander';
import ora from 'ora';
import writeFileAtomic from 'write-file-atomic';
import type { ProjectionMatrix } from '../src/applications/embedding/points/points.ts';
import { gaussianProjection } from '../src/applications/embedding/points/randomProjections.ts';
import { formatCsvMatrix } from '../src/formats/arrays/csvTable.ts';
import { formatNpy } from '../src/formats/arrays/npy.ts';
import { readTable } from '../src/formats/readTable.ts';
import { InputError } from '../src/numerics/base/inputError.ts';
import { runProgram, throwing } from '../src/numerics/base/program.ts';
import { randomStream } from '../src/numerics/random/stream.ts';
import { runOnThread } from '../src/numerics/threads/workerPool.ts';
import { drawChart } from '../src/papers/report/charts/chart.ts';
import { describeEmbedding, projectionBaselines, reportEmbedding } from '../src/tools/embeddingReport.ts';
import { pointsFromTable } from '../src/tools/fromTables.ts';
import { distancesKept, embeddingOwnData } from './lib/embeddingOwnData.ts';
import { embedSearch } from './lib/embedSearch.ts';
import { reportOption, writeOwnData } from './lib/writeOwnData.ts';

const command = throwing(new Command('embed'))
  .description('Computes a matrix that keeps all pairwise distances of your points as well as it can.')
  .argument('<file>', 'points as CSV or .npy, plain or gzip, one point a row; - for standard input')
  .option('--k <K>', 'rows of the matrix')
  .option('--distortion <E>', 'instead of --k: the distortion to reach with as few rows as can be found')
  .option('--out <file>', 'write the matrix: .npy, .csv, or either with .gz')
  .option(reportOption.flags, reportOption.description)
  .option('--chart <file>', 'write an SVG chart of the distances kept, beside a Gaussian matrix')
  .option('--seconds <S>', 'time budget', '20')
  .option('--seed <N>', 'seed of all random choices', '1')
  .option('--threads <N>', 'threads that share the work (default: the cores, at most 8)')
  .option('--json', 'print one JSON object and nothing else')
  .addHelpText(
    'after',
    '\nThe embedding of a point x is matrix times x. Distortion is max ||M(x−y)|²/|x−y|² − 1| over every pair.' +
      '\nCtrl-C ends the search and keeps the best matrix so far; again, it ends the program.' +
      '\nExample:\n  npm run -s embed -- fixtures/points/cluster.csv --k 3 --seconds 2 --out matrix.npy',
  );

await runProgram(async () => {
  command.parse();
  await main(command.args[0], command.opts());
  return 0;
});

interface Flags {
  readonly k?: string;
  readonly distortion?: string;
  readonly out?: string;
  readonly chart?: string;
  readonly report?: string;
  readonly seconds: string;
  readonly seed: string;
  readonly threads?: string;
  readonly json?: true;
}

async function main(file: string, flags: Flags): Promise<void> {
  if ((flags.k === undefined) === (flags.distortion === undefined)) {
    const got = flags.k === undefined ? 'neither' : 'both';
    throw new InputError({ source: 'options', expected: 'one of --k and --distortion', got });
  }
  const seconds = numberOf('--seconds', flags.seconds, 0, 1e6);
  const write = flags.out === undefined ? undefined : writerOf(flags.out);
  const rows = flags.k === undefined ? undefined : wholeOf('--k', flags.k, 1, 100_000);
  const distortion =
    flags.distortion === undefined ? undefined : numberOf('--distortion', flags.distortion, 0, 1);
  const threads =
    flags.threads === undefined
      ? Math.min(8, availableParallelism())
      : wholeOf('--threads', flags.threads, 1, 64);
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  const points = pointsFromTable(readTable(file, readInput(file)));
  const stream = randomStream(flags.seed);
  const spinner =
    process.stderr.isTTY && !flags.json ? ora({ text: 'measuring', discardStdin: false }).start() : undefined;
  const started = performance.now();
  const goal = distortion === undefined ? { embeddingDimension: rows ?? 1 } : { distortion };
  const embedding = await runOnThread(
    embedSearch,
    { points, goal, seconds, threads, seed: flags.seed },
    {
      signal: interruption.signal,
      progress: (best) => {
        if (spinner) spinner.text = `distortion ${best.toFixed(6)}`;
      },
    },
  );
  const spent = (performance.now() - started) / 1000;
  const baselines = projectionBaselines(
    stream.fork('baselines'),
    points,
    embedding.matrix.rows,
    100,
    Math.max(0.5, seconds / 10),
  );
  spinner?.stop();
  await write?.(embedding.matrix);
  const report = reportEmbedding(points, embedding, baselines, spent, flags.seed);
  if (flags.chart !== undefined || flags.report !== undefined) {
    const gaussian = gaussianProjection(stream.fork('chart'), embedding.matrix.rows, points.dimension);
    const chart = distancesKept(points, embedding.matrix, gaussian);
    if (flags.chart !== undefined) await writeFile(flags.chart, drawChart(chart).svg);
    await writeOwnData(flags.report, 'embed', file, embeddingOwnData(report, chart));
  }
  process.stdout.write(`${flags.json ? JSON.stringify(report) : describeEmbedding(report)}\n`);
}

async function writeFile(file: string, content: string | Buffer): Promise<void> {
  try {
    await writeFileAtomic(file, content);
  } catch (error) {
    throw new InputError({ source: file, expected: 'a writable file', got: reasonOf(error) });
  }
}

function readInput(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new InputError({ source: file, expected: 'a readable file', got: reasonOf(error) });
  }
}

/** Decides the format before any work is done, so that a wrong name costs no time. */
function writerOf(file: string): (matrix: ProjectionMatrix) => Promise<void> {
  const format = /\.(npy|csv)(\.gz)?$/.exec(file);
  if (format === null)
    throw new InputError({ source: '--out', expected: 'a name in .npy or .csv', got: file });
  return async (matrix) => {
    const plain = format[1] === 'npy' ? Buffer.from(formatNpy(matrix)) : Buffer.from(formatCsvMatrix(matrix));
    await writeFile(file, format[2] === undefined ? plain : gzipSync(plain));
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function wholeOf(source: string, text: string, least: number, most: number): number {
  const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new InputError({ source, expected: `a whole number from ${least} to ${most}`, got: `"${text}"` });
}

function numberOf(source: string, text: string, above: number, below: number): number {
  const value = /^\d{0,12}(\.\d{0,15})?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (value > above && value < below) return value;
  throw new InputError({
    source,
    expected: `a number above ${above} and below ${below}`,
    got: `"${text}"`,
  });
}
