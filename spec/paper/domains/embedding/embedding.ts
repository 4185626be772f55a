import { ratioRange } from '../../../../src/applications/embedding/points/extremePairs.ts';
import { pointFrame } from '../../../../src/applications/embedding/points/pairBlocks.ts';
import type { PointSet } from '../../../../src/applications/embedding/points/points.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { type Domain, integer, map, oneOf, record, streams } from '../../../../src/papers/claims/domain.ts';

type Family = (stream: RandomStream, n: number, d: number) => Float64Array;

/** The kinds of point sets that the claims run over, each filling n·d coordinates. */
const families = {
  random: (stream, n, d) => fill(n * d, () => stream.gaussian()),
  clustered: (stream, n, d) => {
    const values = fill(n * d, () => 0.01 * stream.gaussian());
    const centres = fill(3 * d, () => 10 * stream.gaussian());
    for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) values[i * d + c] += centres[(i % 3) * d + c];
    return values;
  },
  collinear: (stream, n, d) => {
    const direction = fill(d, () => stream.gaussian());
    const places = fill(n, () => 100 * stream.gaussian());
    return fill(n * d, (at) => places[Math.floor(at / d)] * direction[at % d]);
  },
  duplicated: (stream, n, d) => {
    const distinct = fill(Math.ceil(n / 2) * d, () => stream.gaussian());
    return fill(n * d, (at) => distinct[at % distinct.length]);
  },
  'high-dimensional': (stream, n, d) => fill(n * d, () => stream.uniform()),
  'integer-valued': (stream, n, d) => fill(n * d, () => stream.integer(-3, 3)),
  simplex: (_, n, d) => fill(n * d, (at) => (at % d === Math.floor(at / d) % d ? 1 : 0)),
} satisfies Record<string, Family>;

const familyNames = Object.keys(families) as [keyof typeof families, ...(keyof typeof families)[]];

function fill(length: number, entry: (at: number) => number): Float64Array {
  return Float64Array.from({ length }, (_, at) => entry(at));
}

export interface PointInstance {
  readonly family: string;
  readonly points: PointSet;
}

/** Point sets of every family with at least two different points; high-dimensional ones have 40 coordinates. */
export function pointSets(most: number, least = 3): Domain<PointInstance> {
  const fields = {
    family: oneOf(...familyNames),
    n: integer(least, most),
    d: integer(2, 12),
    stream: streams(),
  };
  return map(record(fields), ({ family, n, d, stream }) => {
    const dimension = family === 'high-dimensional' ? 40 : family === 'simplex' ? Math.max(n, d) : d;
    const values = families[family](stream.fork('points'), n, dimension);
    // Drawn integers may all coincide: the first point is then moved.
    if (values.every((value, at) => value === values[at % dimension])) values[0] += 1;
    return { family, points: { values, pointCount: n, dimension } };
  });
}

/** The worst distortion of a matrix over every pair, at the scale it has. */
export function worstDistortion(points: PointSet, matrix: Float64Array): number {
  const { least, most } = ratioRange(pointFrame(points), matrix, matrix.length / points.dimension);
  return most >= least ? Math.max(most - 1, 1 - least) : 0;
}

/** A matrix at the scale at which the two ends of its ratios are equally far from 1. */
export function atBestScale(points: PointSet, matrix: Float64Array): Float64Array {
  const { least, most } = ratioRange(pointFrame(points), matrix, matrix.length / points.dimension);
  const scale = Math.sqrt(2 / (least + most));
  return matrix.map((entry) => scale * entry);
}

/** The vertices of a regular simplex: the unit vectors. */
export function simplex(pointCount: number): PointSet {
  const values = new Float64Array(pointCount * pointCount);
  for (let i = 0; i < pointCount; i++) values[i * pointCount + i] = 1;
  return { values, pointCount, dimension: pointCount };
}

/** The vertices of a regular simplex, and 0. */
export function simplexWithOrigin(pointCount: number): PointSet {
  const values = new Float64Array((pointCount + 1) * pointCount);
  values.set(simplex(pointCount).values);
  return { values, pointCount: pointCount + 1, dimension: pointCount };
}
