import { randomStream } from '../../../src/numerics/random/stream.ts';
import { mostPoints, type PointsTask } from '../../worker/pointsTask.ts';

/** Most coordinates a point may have here. */
const mostCoordinates = 60;

/** Pasted points, or in one line why they are none. */
export type PastedPoints =
  | Pick<PointsTask, 'values' | 'pointCount' | 'dimension'>
  | { readonly problem: string };

/** Reads one point a line, its coordinates apart by commas, semicolons or blanks. */
export function readPoints(text: string): PastedPoints {
  const rows = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/[\s,;]+/).map(Number));
  const [first] = rows;
  if (first === undefined || rows.length < 2) return { problem: 'Expected two points or more, one a line.' };
  if (rows.length > mostPoints)
    return { problem: `Expected at most ${mostPoints} points, got ${rows.length}.` };
  const dimension = first.length;
  if (dimension > mostCoordinates)
    return { problem: `Expected at most ${mostCoordinates} coordinates, got ${dimension}.` };
  const odd = rows.findIndex((row) => row.length !== dimension || row.some((x) => !Number.isFinite(x)));
  if (odd >= 0) return { problem: `Point ${odd + 1}: expected ${dimension} numbers.` };
  return { values: Float64Array.from(rows.flat()), pointCount: rows.length, dimension };
}

/** Points to begin with. */
export const pointSamples: Readonly<Record<string, { readonly name: string; readonly text: () => string }>> =
  {
    simplex: {
      name: 'the corners of a simplex, 16 in 16 dimensions',
      text: () => lines(16, 16, (i, j) => (i === j ? '1' : '0')),
    },
    gaussian: {
      name: '12 Gaussian points in 30 dimensions',
      text: () => {
        const stream = randomStream('points');
        return lines(12, 30, () => stream.gaussian().toFixed(3));
      },
    },
    cube: {
      name: '20 corners of a cube in 24 dimensions',
      text: () => {
        const stream = randomStream('corners');
        return lines(20, 24, () => String(stream.integer(0, 1)));
      },
    },
  };

/** The sample that is shown first. */
export const firstPoints = 'gaussian';

function lines(count: number, dimension: number, entry: (i: number, j: number) => string): string {
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: dimension }, (_, j) => entry(i, j)).join(' '),
  ).join('\n');
}
