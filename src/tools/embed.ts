import { gzipSync } from 'node:zlib';
import type { PointSet, ProjectionMatrix } from '../applications/embedding/points/points.ts';
import { gaussianProjection } from '../applications/embedding/points/randomProjections.ts';
import { formatCsvMatrix } from '../formats/arrays/csvTable.ts';
import { formatNpy } from '../formats/arrays/npy.ts';
import { tableFormatList } from '../formats/arrays/tableFormats.ts';
import { readTable } from '../formats/readTable.ts';
import { InputError } from '../numerics/base/inputError.ts';
import { WorkerPool } from '../numerics/threads/workerPool.ts';
import { choice, number, whole } from './contract/options.ts';
import { tableFlags, tableReading } from './contract/readerFlags.ts';
import { fileArgument, outputFile } from './contract/sourceFile.ts';
import type { Tool } from './contract/tool.ts';
import {
  distancesKept,
  type EmbedResult,
  embedResult,
  embedResultOf,
  embedSummary,
  embedWords,
} from './embedResult.ts';
import { embeddingSearch, type Goal, type Improvement } from './embedRun.ts';
import { pointsFromTable } from './fromTables.ts';

const options = {
  file: fileArgument('points, one a row, plain or gzip; --format list shows the formats'),
  k: whole('K', 'rows of the matrix', { least: 1, most: 100_000 }, undefined),
  distortion: number(
    'E',
    'instead of --k: the distortion to reach with as few rows as can be found',
    { above: 0, below: 1 },
    undefined,
  ),
  method: choice(
    'name',
    'search: the practical search, over all pairs; theorem: the descent of Theorem 5.5 to --distortion, with its certificate, where k rows of the union bound are fewer than the points span',
    ['search', 'theorem'],
    'search',
  ),
  out: outputFile('file', 'write the matrix: .npy, .csv, or either with .gz', [
    '.npy',
    '.csv',
    '.npy.gz',
    '.csv.gz',
  ]),
  ...tableFlags,
};

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
    'Two methods: --method search, the default, looks at the distortion itself and takes any --k; --method theorem runs the descent of Theorem 5.5 from a random projection and certifies that its variance vanished.',
    'Ctrl-C ends the search and keeps the best matrix so far; again, it ends the program.',
    'Example:',
    '  npm run -s embed -- fixtures/points/cluster.csv --k 3 --seconds 2 --out matrix.npy',
  ],
  options,
  formats: tableFormatList,
  seconds: 20,
  step: 'in rounds of the descent',
  read: async ({ file, k, distortion, method, ...flags }) => {
    const goal = goalOf(k, distortion, method);
    const table = await readTable(file.source, file.read(), tableReading(flags));
    return { points: pointsFromTable(table), goal, notes: table.notes };
  },
  run: async (stream, { points, goal, notes }, _, { budget, threads, seed, signal, progress }) => {
    const improvements: Improvement[] = [];
    const pool = new WorkerPool(1);
    try {
      const { embedding, theorem, baselines, seconds } = await pool.run(
        embeddingSearch,
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
        theorem,
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

function goalOf(k: number | undefined, distortion: number | undefined, method: 'search' | 'theorem'): Goal {
  if (method === 'theorem' && distortion !== undefined && k === undefined)
    return { provenDistortion: distortion };
  if (method === 'theorem') {
    const got = distortion === undefined ? 'no --distortion' : '--k beside it';
    throw new InputError({ source: '--method theorem', expected: '--distortion, from which k follows', got });
  }
  if (k !== undefined && distortion === undefined) return { embeddingDimension: k };
  if (k === undefined && distortion !== undefined) return { distortion };
  const got = k === undefined ? 'neither' : 'both';
  throw new InputError({ source: 'options', expected: 'one of --k and --distortion', got });
}

function formatMatrix(file: string, matrix: ProjectionMatrix): Uint8Array {
  const plain = /\.csv(\.gz)?$/.test(file) ? Buffer.from(formatCsvMatrix(matrix)) : formatNpy(matrix);
  return file.endsWith('.gz') ? gzipSync(plain) : plain;
}
