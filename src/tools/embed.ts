import { gzipSync } from 'node:zlib';
import type { PointSet, ProjectionMatrix } from '../applications/embedding/points/points.ts';
import { gaussianProjection } from '../applications/embedding/points/randomProjections.ts';
import { countingClock, type Embedding, embedPoints } from '../applications/embedding/search/embedPoints.ts';
import { smallestEmbedding } from '../applications/embedding/search/smallestEmbedding.ts';
import { formatCsvMatrix } from '../formats/arrays/csvTable.ts';
import { formatNpy } from '../formats/arrays/npy.ts';
import { tableFormatList } from '../formats/arrays/tableFormats.ts';
import { readTable } from '../formats/readTable.ts';
import { InputError } from '../numerics/base/inputError.ts';
import { randomStream } from '../numerics/random/stream.ts';
import { type ThreadContext, threadFunction } from '../numerics/threads/threadFunction.ts';
import { WorkerPool } from '../numerics/threads/workerPool.ts';
import { number, whole } from './contract/options.ts';
import { tableFlags, tableReading } from './contract/readerFlags.ts';
import { fileArgument, outputFile } from './contract/sourceFile.ts';
import type { Budget, Tool } from './contract/tool.ts';
import {
  distancesKept,
  type EmbedResult,
  embedResult,
  embedResultOf,
  embedSummary,
  embedWords,
} from './embedResult.ts';
import { pointsFromTable } from './fromTables.ts';
import { type ProjectionBaselines, projectionBaselines } from './projectionBaselines.ts';

const options = {
  file: fileArgument('points, one a row, plain or gzip; --format list shows the formats'),
  k: whole('K', 'rows of the matrix', { least: 1, most: 100_000 }, undefined),
  distortion: number(
    'E',
    'instead of --k: the distortion to reach with as few rows as can be found',
    { above: 0, below: 1 },
    undefined,
  ),
  out: outputFile('file', 'write the matrix: .npy, .csv, or either with .gz', [
    '.npy',
    '.csv',
    '.npy.gz',
    '.csv.gz',
  ]),
  ...tableFlags,
};

/** What an embedding is to have: so many rows, or so little distortion. */
type Goal = { readonly embeddingDimension: number } | { readonly distortion: number };

interface Input {
  readonly points: PointSet;
  readonly goal: Goal;
  /** What the reader skipped, dropped or assumed. */
  readonly notes: readonly string[];
}

/** Computes a matrix that keeps all pairwise distances of points as well as it can. */
export const embed: Tool<Input, typeof options, EmbedResult> = {
  name: 'embed',
  says: 'Computes a matrix that keeps all pairwise distances of your points as well as it can.',
  notes: [
    'The embedding of a point x is matrix times x. Distortion is max ||M(x−y)|²/|x−y|² − 1| over every pair.',
    'Ctrl-C ends the search and keeps the best matrix so far; again, it ends the program.',
    'Example:',
    '  npm run -s embed -- fixtures/points/cluster.csv --k 3 --seconds 2 --out matrix.npy',
  ],
  options,
  formats: tableFormatList,
  seconds: 20,
  step: 'in rounds of the descent',
  read: async ({ file, k, distortion, ...flags }) => {
    const goal = goalOf(k, distortion);
    const table = await readTable(file.source, file.read(), tableReading(flags));
    return { points: pointsFromTable(table), goal, notes: table.notes };
  },
  run: async (stream, { points, goal, notes }, _, { budget, threads, seed, signal, progress }) => {
    const improvements: Improvement[] = [];
    const pool = new WorkerPool(1);
    try {
      const { embedding, baselines, seconds } = await pool.run(
        search,
        { points, goal, budget, threads, seed },
        {
          signal,
          progress: (now) => {
            improvements.push(now);
            progress(`distortion ${now.distortion.toFixed(6)}  ${now.seconds.toFixed(1)} s`);
          },
        },
      );
      const { matrix } = embedding;
      const found = {
        points,
        embedding,
        baselines,
        improvements,
        interrupted: signal.aborted,
        seconds,
        seed,
        notes,
      };
      const gaussian = () => gaussianProjection(stream.fork('chart'), matrix.rows, points.dimension);
      return {
        result: embedResultOf(found),
        outputs: { out: (file) => formatMatrix(file, matrix) },
        charts: () => [distancesKept(points, matrix, gaussian())],
      };
    } finally {
      await pool.close();
    }
  },
  result: embedResult,
  words: embedWords,
  exhibit: (result) => ({ summary: embedSummary(result), charts: [] }),
  subject: ({ file }) => file.source,
};

function goalOf(k: number | undefined, distortion: number | undefined): Goal {
  if (k !== undefined && distortion === undefined) return { embeddingDimension: k };
  if (k === undefined && distortion !== undefined) return { distortion };
  const got = k === undefined ? 'neither' : 'both';
  throw new InputError({ source: 'options', expected: 'one of --k and --distortion', got });
}

/** Gaussian matrices to compare with: some tenth of the time, or a number that depends on nothing but the budget. */
function trialsOf(budget: Budget): { readonly trials: number; readonly seconds: number } {
  return 'steps' in budget
    ? { trials: 20, seconds: Infinity }
    : { trials: 100, seconds: Math.max(0.5, budget.seconds / 10) };
}

interface SearchTask extends Omit<Input, 'notes'> {
  readonly budget: Budget;
  readonly threads: number;
  readonly seed: string;
}

type Improvement = EmbedResult['improvements'][number];

interface Searched {
  readonly embedding: Embedding;
  readonly baselines: ProjectionBaselines;
  /** Of the search alone. */
  readonly seconds: number;
}

/** Runs a search, on a thread of its own; its messages are the smaller distortions as they are found. */
export function searchEmbedding(
  task: SearchTask,
  { signal, progress }: ThreadContext<Improvement>,
): Searched {
  const { points, goal, budget, threads, seed } = task;
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  let best = Infinity;
  const stream = randomStream(seed).fork('embed');
  const options = {
    seconds: Math.max(Number.MIN_VALUE, 'steps' in budget ? budget.steps : budget.seconds),
    ...('steps' in budget ? { clock: countingClock(1) } : {}),
    threads,
    signal,
    observe: ({ distortion }: { readonly distortion: number }) => {
      if (distortion >= best) return;
      best = distortion;
      progress({ seconds: elapsed(), distortion });
    },
  };
  const embedding =
    'distortion' in goal
      ? smallestEmbedding(stream, points, { ...goal, ...options })
      : embedPoints(stream, points, { ...goal, ...options });
  const seconds = elapsed();
  const { rows } = embedding.matrix;
  const baselines = projectionBaselines(randomStream(seed).fork('baselines'), points, rows, trialsOf(budget));
  return { embedding, baselines, seconds };
}

const search = threadFunction(import.meta.url, searchEmbedding);

function formatMatrix(file: string, matrix: ProjectionMatrix): Uint8Array {
  const plain = /\.csv(\.gz)?$/.test(file) ? Buffer.from(formatCsvMatrix(matrix)) : formatNpy(matrix);
  return file.endsWith('.gz') ? gzipSync(plain) : plain;
}
