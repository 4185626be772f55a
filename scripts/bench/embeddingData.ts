import type { PointSet } from '../../src/applications/embedding/points/points.ts';
import type { RandomStream } from '../../src/numerics/random/stream.ts';

/**
 * Synthetic pictures: smooth random blobs on a square grid, clipped to [0, 1] and sparse like scanned digits, since no
 * image set is required to be present.
 *
 * @param side pixels along an edge; a point has side² coordinates
 */
export function syntheticImages(stream: RandomStream, pointCount: number, side: number): PointSet {
  const dimension = side * side;
  const values = new Float64Array(pointCount * dimension);
  for (let i = 0; i < pointCount; i++) {
    // A stroke: a random walk of blobs that keeps its direction for a while.
    let x = side * (0.3 + 0.4 * stream.uniform());
    let y = side * (0.3 + 0.4 * stream.uniform());
    let angle = 2 * Math.PI * stream.uniform();
    const strokes = stream.integer(8, 20);
    const width = 1 + stream.uniform();
    for (let stroke = 0; stroke < strokes; stroke++) {
      angle += 0.7 * stream.gaussian();
      x = Math.min(side - 4, Math.max(3, x + 1.6 * Math.cos(angle)));
      y = Math.min(side - 4, Math.max(3, y + 1.6 * Math.sin(angle)));
      for (let r = Math.max(0, Math.floor(y) - 4); r < Math.min(side, Math.floor(y) + 5); r++) {
        for (let c = Math.max(0, Math.floor(x) - 4); c < Math.min(side, Math.floor(x) + 5); c++) {
          const at = i * dimension + r * side + c;
          const ink = Math.exp(-((r - y) ** 2 + (c - x) ** 2) / (2 * width * width));
          values[at] = Math.min(1, values[at] + 0.6 * ink);
        }
      }
    }
    for (let at = i * dimension; at < (i + 1) * dimension; at++) {
      values[at] = values[at] < 0.05 ? 0 : Math.round(255 * values[at]) / 255;
    }
  }
  return { values, pointCount, dimension };
}

/** The paper's points: rows of uniform numbers, normalised to length 1. */
export function normalizedUniforms(stream: RandomStream, pointCount: number, dimension: number): PointSet {
  const values = Float64Array.from({ length: pointCount * dimension }, () => stream.uniform());
  for (let i = 0; i < pointCount; i++) {
    const row = values.subarray(i * dimension, (i + 1) * dimension);
    let squared = 0;
    for (let c = 0; c < dimension; c++) squared += row[c] * row[c];
    for (let c = 0; c < dimension; c++) row[c] /= Math.sqrt(squared);
  }
  return { values, pointCount, dimension };
}
