import { ratioRange } from '../applications/embedding/points/extremePairs.ts';
import { pointFrame } from '../applications/embedding/points/pairBlocks.ts';
import { type PointSet, pairCount } from '../applications/embedding/points/points.ts';
import { gaussianProjection } from '../applications/embedding/points/randomProjections.ts';
import { tableFormatList } from '../formats/arrays/tableFormats.ts';
import { readTable } from '../formats/readTable.ts';
import { InputError } from '../numerics/base/inputError.ts';
import { norm } from '../numerics/linalg/vectors.ts';
import type { RandomStream } from '../numerics/random/stream.ts';
import { WorkerPool } from '../numerics/threads/workerPool.ts';
import { matrixOutput, type Precision, rounded } from './contract/matrixFile.ts';
import { choice, flag, number, type OptionsOf, whole } from './contract/options.ts';
import { tableFlags, tableReading } from './contract/readerFlags.ts';
import { fileArgument, inputFile } from './contract/sourceFile.ts';
import type { Answer, Course, Tool } from './contract/tool.ts';
import { type AnyEmbedResult, anyEmbedResult, embedSummary, embedWords } from './embedding/anyResult.ts';
import { appliedResultOf, readSavedMatrix, type SavedMatrix } from './embedding/appliedResult.ts';
import { embeddingFiles, inverseOf } from './embedding/embeddingFiles.ts';
import { distancesKept, embedResultOf } from './embedding/embedResult.ts';
import { embeddingSearch, type Goal, type Improvement, type Searched } from './embedding/embedRun.ts';
import { measureHeldOut, splitPoints } from './embedding/heldOut.ts';
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
  apply: inputFile(
    'file',
    'instead of a search: embed the points by this saved matrix, and measure it on them',
  ),
  holdout: number(
    'SHARE',
    'search without this share of the points, and measure the pairs that it never saw',
    { above: 0, below: 1 },
    undefined,
  ),
  exact: flag('measure every pair, also of so many points that it takes longer than the budget'),
  out: matrixOutput('write the matrix'),
  embedded: matrixOutput('write the embedded points'),
  pseudoInverse: matrixOutput('write the matrix that leads back'),
  float32: flag('round the matrix to float32 before it is measured, and write float32'),
  ...tableFlags,
};

interface Input {
  readonly points: PointSet;
  readonly task: Goal | SavedMatrix;
  readonly precision: Precision;
  /** What the reader skipped, dropped or assumed. */
  readonly notes: readonly string[];
}

type Options = OptionsOf<typeof options>;

/** Computes a matrix that keeps all pairwise distances of points as well as it can. */
export const embed: Tool<Input, typeof options, AnyEmbedResult> = {
  name: 'embed',
  says: 'Computes a matrix that keeps all pairwise distances of your points as well as it can.',
  notes: [
    'The embedding of a point x is matrix times x. Distortion is max ||M(x−y)|²/|x−y|² − 1| over every pair.',
    'Two methods: --method search, the default, looks at the distortion itself and takes any --k; --method theorem runs the descent of Theorem 5.5 from a random projection and certifies that its variance vanished.',
    'Ctrl-C ends the search and keeps the best matrix so far; again, it ends the program.',
    'Example:',
    '  npm run -s embed -- fixtures/points/cluster.csv --k 3 --seconds 2 --out matrix.npy',
    '  npm run -s embed -- others.csv --apply matrix.npy --embedded embedded.npy',
  ],
  options,
  formats: tableFormatList,
  seconds: 20,
  step: 'in rounds of the descent',
  read: async (given) => {
    const { file, apply, float32, ...flags } = given;
    const goal = apply === undefined ? goalOf(given) : undefined;
    const table = await readTable(file.source, file.read(), tableReading(flags));
    const points = pointsFromTable(table);
    const precision = float32 ? 'float32' : 'float64';
    if (goal !== undefined) return { points, task: goal, precision, notes: table.notes };
    checkAlone(given);
    const saved = await readSavedMatrix(apply ?? file, points.dimension);
    const values = rounded(saved.source, saved.values, precision);
    return { points, task: { ...saved, values }, precision, notes: table.notes };
  },
  run: async (stream, input, given, course) => {
    const { points, task, precision, notes } = input;
    if (!('source' in task)) return searched(stream, input, task, given, course);
    const inverse = given.pseudoInverse === undefined ? undefined : inverseOf(points, task);
    return {
      result: appliedResultOf(points, task, inverse?.result ?? null, notes),
      outputs: embeddingFiles(points, task, inverse, precision),
      charts: () => [
        distancesKept(points, task, gaussianProjection(stream.fork('chart'), task.rows, points.dimension)),
      ],
    };
  },
  result: anyEmbedResult,
  words: embedWords,
  exhibit: (result) => ({ summary: embedSummary(result), charts: [] }),
  subject: ({ file }) => file.source,
};

async function searched(
  stream: RandomStream,
  { points, precision, notes }: Input,
  goal: Goal,
  { holdout, pseudoInverse, exact }: Options,
  { budget, threads, seed, signal, progress }: Course,
): Promise<Answer<AnyEmbedResult>> {
  const improvements: Improvement[] = [];
  const split = holdout === undefined ? undefined : splitPoints(stream.fork('holdout'), points, holdout);
  const seen = split?.seen ?? points;
  const pool = new WorkerPool(1);
  try {
    const { embedding, theorem, baselines, seconds } = await pool.run(
      embeddingSearch,
      { points: seen, goal, budget, threads, seed, exact },
      {
        signal,
        progress: (now) => {
          improvements.push(now);
          progress(`distortion ${now.distortion.toFixed(6)}  ${now.seconds.toFixed(1)} s`);
        },
      },
    );
    const held = precision === 'float32' ? remeasured(embedding, seen) : embedding;
    const { matrix } = held;
    const inverse = pseudoInverse === undefined ? undefined : inverseOf(points, matrix);
    const found = {
      points: seen,
      embedding: held,
      theorem,
      baselines,
      heldOut: split === undefined ? null : measureHeldOut(stream.fork('axes'), split, matrix),
      inverse: inverse?.result ?? null,
      precision,
      improvements,
      interrupted: signal.aborted,
      seconds,
      seed,
      notes,
    };
    const gaussian = () => gaussianProjection(stream.fork('chart'), matrix.rows, points.dimension);
    return {
      result: embedResultOf(found),
      outputs: embeddingFiles(points, matrix, inverse, precision),
      charts: () => [distancesKept(points, matrix, gaussian())],
    };
  } finally {
    await pool.close();
  }
}

/** Pairs of points up to which a matrix is measured again. */
const mostMeasured = 2 ** 25;

/**
 * An embedding whose matrix is rounded to float32, measured again over every pair; of more points, or a sample of pairs,
 * the distortion is raised by what the rounding can do: |M'u|² ≤ (|Mu| + 2⁻²⁴‖M‖)².
 */
function remeasured(embedding: Searched['embedding'], points: PointSet): Searched['embedding'] {
  const matrix = {
    ...embedding.matrix,
    values: rounded('--float32', embedding.matrix.values, 'float32'),
  };
  if (embedding.sample !== undefined || pairCount(points.pointCount) > mostMeasured) {
    const change = 2 ** -24 * norm(embedding.matrix.values);
    const { least, most } = embedding.ratios;
    const wider = {
      ...embedding.ratios,
      least: Math.max(0, Math.sqrt(least) - change) ** 2,
      most: (Math.sqrt(most) + change) ** 2,
    };
    return { ...embedding, matrix, ratios: wider, distortion: Math.max(wider.most - 1, 1 - wider.least) };
  }
  const ratios = ratioRange(pointFrame(points), matrix.values, matrix.rows);
  const distortion = ratios.most >= ratios.least ? Math.max(ratios.most - 1, 1 - ratios.least) : 0;
  return { ...embedding, matrix, ratios, distortion };
}

/** Refuses what asks for a search beside a saved matrix. */
function checkAlone({ k, distortion, method, holdout }: Options): void {
  const others = { k, distortion, holdout, method: method === 'search' ? undefined : method };
  const other = Object.entries(others).find(([, value]) => value !== undefined);
  if (other === undefined) return;
  throw new InputError({ source: '--apply', expected: 'no search beside it', got: `--${other[0]}` });
}

function goalOf({ k, distortion, method, float32 }: Options): Goal {
  if (method === 'theorem' && float32) {
    const expected = '--method search beside it';
    throw new InputError({ source: '--float32', expected, got: 'theorem, which certifies a float64 matrix' });
  }
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
