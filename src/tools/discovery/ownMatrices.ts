import type { ReaderOptions } from '../../formats/readerOptions.ts';
import { readTable } from '../../formats/readTable.ts';
import type { NumberTable } from '../../formats/tables.ts';
import { InputError } from '../../numerics/base/inputError.ts';
import { WorkerPool } from '../../numerics/threads/workerPool.ts';
import type { SourceFile } from '../contract/sourceFile.ts';
import type { Answer } from '../contract/tool.ts';
import { formatFactors } from './compression.ts';
import { type StudyResult, study } from './discoverStudy.ts';

/** A sample of inputs and a matrix of weights, either of which may be missing. */
export interface Matrices {
  readonly data?: NumberTable;
  readonly weights?: NumberTable;
}

interface MatrixFiles {
  readonly data: SourceFile | undefined;
  readonly weights: SourceFile | undefined;
  /** Directions to keep of the weights. */
  readonly rank: number | undefined;
}

interface FactorFlags {
  readonly weights: SourceFile | undefined;
  readonly rank: number | undefined;
  readonly change: number | undefined;
  readonly out: string | undefined;
  readonly float32: boolean;
}

type StudyFlags = Pick<FactorFlags, 'rank' | 'change' | 'float32'> & {
  readonly teacher: number;
  readonly lambda: number;
};

/** Most units or inputs, the fewer of the two, that a matrix may have: its spectrum takes minutes. */
export const longestSide = 2048;

/** Refuses options about factors where there are no weights, and two that decide the same. */
export function checkFactors({ weights, rank, change, out, float32 }: FactorFlags): void {
  const given = { rank, change, out, float32: float32 || undefined };
  const lonely = Object.entries(given).find(([, value]) => value !== undefined);
  if (weights === undefined && lonely !== undefined) {
    throw new InputError({ source: `--${lonely[0]}`, expected: '--weights beside it', got: 'none' });
  }
  if (rank === undefined || change === undefined) return;
  throw new InputError({ source: 'options', expected: 'one of --rank and --change', got: 'both' });
}

/** Where both files are given, the name of an array and the transposition are those of the weights. */
export async function readMatrices(
  { data, weights, rank = 1 }: MatrixFiles,
  options: ReaderOptions,
): Promise<Matrices> {
  const { array: _, transpose: __, ...others } = options;
  const inputs = data && (await readMatrix(data, weights === undefined ? options : others));
  const matrix = weights && (await readMatrix(weights, options));
  if (weights && matrix && Math.min(matrix.rows, matrix.columns) > longestSide) {
    const expected = `a matrix whose shorter side is at most ${longestSide}`;
    throw new InputError({ source: weights.source, expected, got: `${matrix.rows} × ${matrix.columns}` });
  }
  if (data && inputs && inputs.rows < 2) {
    throw new InputError({ source: data.source, expected: 'at least 2 rows', got: `${inputs.rows}` });
  }
  if (inputs && matrix && weights && inputs.columns !== matrix.columns) {
    throw new InputError({
      source: weights.source,
      expected: `${inputs.columns} columns, as many as the inputs have`,
      got: `${matrix.columns}`,
    });
  }
  if (matrix && rank > Math.min(matrix.rows, matrix.columns)) {
    const expected = `at most the ${Math.min(matrix.rows, matrix.columns)} directions of the matrix`;
    throw new InputError({ source: '--rank', expected, got: `${rank}` });
  }
  return {
    ...(inputs === undefined ? {} : { data: inputs }),
    ...(matrix === undefined ? {} : { weights: matrix }),
  };
}

/** Sizes up to which norms of matrices stay finite. */
const largestEntry = 1e300;

async function readMatrix({ source, read }: SourceFile, options: ReaderOptions): Promise<NumberTable> {
  const table = await readTable(source, read(), options);
  const bad = table.values.findIndex((value) => !(Math.abs(value) <= largestEntry));
  if (bad < 0) return table;
  const place = `row ${Math.floor(bad / table.columns) + 1}, column ${(bad % table.columns) + 1}`;
  throw new InputError({
    source,
    expected: `numbers of at most ${largestEntry} in size`,
    got: `${table.values[bad]} in ${place}`,
  });
}

/** Studies matrices on a thread of its own; the factors are written where they are asked for. */
export async function studyMatrices(
  { data, weights }: Matrices,
  { teacher, lambda, rank, change = 0.01, float32 }: StudyFlags,
  signal: AbortSignal,
): Promise<Answer<StudyResult>> {
  const precision = float32 ? 'float32' : 'float64';
  const task = {
    ...(data === undefined ? {} : { data }),
    ...(weights === undefined ? {} : { weights }),
    directions: teacher,
    regularization: lambda,
    compression: { rank, change, precision },
  } as const;
  const pool = new WorkerPool(1);
  try {
    const { result, factors } = await pool.run(study, task, { signal });
    return {
      result,
      ...(factors === undefined
        ? {}
        : { outputs: { out: (file: string) => formatFactors(file, factors, precision) } }),
    };
  } finally {
    await pool.close();
  }
}
