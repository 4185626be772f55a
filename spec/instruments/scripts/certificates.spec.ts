import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dyadic, isSemidefinite, times } from '../../../scripts/recheck/exact.ts';
import { recheckCertificates } from '../../../scripts/recheck/recheckCertificates.ts';
import { symmetricEigen } from '../../../src/numerics/linalg/symmetricEigen.ts';
import { gaussianInto } from '../../../src/numerics/random/fills.ts';
import type { Certificate } from '../../../src/papers/claims/exhibit.ts';
import { encodeNumbers } from '../../../src/papers/claims/numbers.ts';
import { rootStream } from '../../../src/papers/claims/rootStream.ts';
import { embeddingCertificates } from '../../paper/domains/embedding/embeddingCertificates.ts';
import { lemmaCertificates } from '../../paper/domains/lemma/lemmaCertificates.ts';
import { cutCertificates } from '../../paper/domains/maxcut/cutCertificates.ts';
import { networkCertificates } from '../../paper/domains/networks/networkCertificates.ts';

const stream = rootStream('certificates');
const kinds = ['cut', 'stationary-cut', 'weights', 'embedding'];
const claims = [
  'maxcut.certificate',
  'embedding.derandomized',
  'lemma.pointwise',
  'network.structure-discovery',
];
const all = [
  ...cutCertificates(stream.fork('cuts')),
  ...embeddingCertificates(stream.fork('embeddings')),
  ...lemmaCertificates(stream.fork('points')),
  ...networkCertificates(stream.fork('networks')),
];

/** As they come out of an evidence file. */
function check(certificates: readonly Certificate[]): readonly string[] {
  return recheckCertificates(JSON.parse(encodeNumbers(certificates)), claims).problems;
}

function ofKind(kind: string): Certificate {
  const found = all.find((each) => each.kind === kind);
  if (found === undefined) throw new TypeError(`${kind}: expected a certificate`);
  return found;
}

type Change = (value: number) => number;

/** The certificate with one number, or one entry of an array, changed. */
function changed(kind: string, name: string, change: Change, at?: number): Certificate {
  const { numbers, arrays, ...rest } = ofKind(kind);
  return at === undefined
    ? { ...rest, arrays, numbers: { ...numbers, [name]: change(numbers[name] ?? Number.NaN) } }
    : {
        ...rest,
        numbers,
        arrays: { ...arrays, [name]: (arrays[name] ?? []).with(at, change(arrays[name]?.[at] ?? 0)) },
      };
}

/** The cycle of five vertices, its optimal vectors in the plane, and the proof that no cut is over its relaxation. */
function fiveCycle(): Certificate {
  const angle = 0.8 * Math.PI;
  const five = [0, 1, 2, 3, 4];
  const relaxation = (5 * (1 - Math.cos(angle))) / 2;
  const multiplier = -2 * Math.cos(angle) + 1e-12;
  return {
    id: 'maxcut.certificate.five',
    kind: 'cut',
    says: 'a cycle',
    numbers: { vertexCount: 5, edgeCount: 5, rank: 2, cut: 4, bound: relaxation + 1e-9, loss: 0 },
    arrays: {
      sources: five,
      targets: five.map((v) => (v + 1) % 5),
      weights: five.map(() => 1),
      sides: [1, -1, 1, -1, 1],
      multipliers: five.map(() => multiplier),
      vectors: five.flatMap((v) => [Math.cos(angle * v), Math.sin(angle * v)]),
    },
  };
}

describe('certificates', () => {
  test('of every kind are there and show what they say', () => {
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(kinds));
    // One of each here; `npm run recheck` asks all that a run has left.
    expect(check(kinds.map(ofKind))).toEqual([]);
    expect(encodeNumbers(all, 1).length).toBeLessThan(1e6);
  });

  const tampers: readonly (readonly [string, string, Change, number?])[] = [
    ['cut', 'cut', (cut) => cut + 1],
    ['cut', 'cut', (cut) => cut - 1],
    ['cut', 'bound', (bound) => bound - 0.01],
    ['cut', 'bound', () => 0],
    ['cut', 'loss', (loss) => loss - 1000],
    ['cut', 'vertexCount', (n) => n - 1],
    ['cut', 'rank', () => 0.5],
    ['cut', 'sides', (side) => -side, 3],
    ['cut', 'sides', () => 0, 3],
    ['cut', 'weights', () => 100, 0],
    ['cut', 'sources', () => -1, 0],
    ['cut', 'multipliers', (y) => y - 5, 0],
    ['cut', 'multipliers', (y) => y + 5, 0],
    ['cut', 'vectors', (v) => 2 * v + 1, 0],
    ['weights', 'bound', (bound) => bound / 2],
    ['weights', 'bound', (bound) => 2 * bound],
    ['weights', 'bound', () => Number.POSITIVE_INFINITY],
    ['weights', 'deficit', (deficit) => deficit + 10],
    ['weights', 'deficit', (deficit) => -deficit - 1000],
    ['weights', 'regularization', (lambda) => 1.001 * lambda],
    ['weights', 'identityError', (error) => error * 1e-9],
    ['weights', 'weights', (w) => w * 1.001 + 1e-20, 0],
    ['weights', 'gradient', (g) => g + 1e-20, 0],
    ['weights', 'hessian', (h) => h - 100, 0],
    ['stationary-cut', 'cut', (cut) => cut + 1],
    ['stationary-cut', 'lowest', (lowest) => lowest + 1],
    ['stationary-cut', 'lowest', (lowest) => lowest - 1],
    ['stationary-cut', 'gradientTolerance', () => 0],
    ['stationary-cut', 'regularization', (lambda) => lambda / 4],
    ['stationary-cut', 'hessianLipschitz', (k) => 100 * k],
    ['stationary-cut', 'weightNorm', () => 0],
    ['stationary-cut', 'weightNorm', () => 1],
    ['stationary-cut', 'hessian', (h) => h - 1, 0],
    ['stationary-cut', 'gradient', (g) => g + 1e-6, 0],
    ['stationary-cut', 'point', (v) => v + 1e-6, 0],
    ['stationary-cut', 'sources', (v) => v + 100, 0],
    ['stationary-cut', 'targets', () => -1, 0],
    ['embedding', 'distortion', () => 1e-3],
    ['embedding', 'rows', (rows) => rows + 1],
    ['embedding', 'rank', (rank) => rank + 1],
    ['embedding', 'rank', () => 1],
    ['embedding', 'matrix', (entry) => entry + 10, 0],
    ['embedding', 'points', () => Number.NaN, 0],
  ];
  test.for(tampers)('tampered with are found out: %s, %s', ([kind, name, change, at]) => {
    const certificate = changed(kind, name, change, at);
    const before = ofKind(kind);
    expect(encodeNumbers(certificate)).not.toBe(encodeNumbers(before));
    const problems = check([certificate]);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem.startsWith(`${certificate.id}: `)).toBe(true);
  });

  test('of the end of a descent have the weight of an edge between the signs, and need no other', () => {
    const { arrays, numbers } = ofKind('stationary-cut');
    const { sources = [], targets = [], weights = [], point = [] } = arrays;
    const shifts = point.slice(-(numbers.vertexCount ?? 0));
    const isUp = (v = 0) => (shifts[v] ?? 0) >= 0;
    const isCut = weights.map((_, e) => isUp(sources[e]) !== isUp(targets[e]));
    // One of each: the Hessian is factorised exactly each time.
    for (const cut of [true, false]) {
      const e = isCut.indexOf(cut);
      if (e < 0) continue;
      const doubled = changed('stationary-cut', 'weights', (weight) => 2 * weight, e);
      expect(check([doubled]).length > 0, `edge ${e}`).toBe(cut);
    }
    expect(isCut).toContain(true);
  });

  test('have arrays of exactly the sizes that their numbers say', () => {
    for (const kind of kinds) {
      const { arrays, ...rest } = ofKind(kind);
      expect(Object.keys(arrays).length).toBeGreaterThan(1);
      for (const [name, values] of Object.entries(arrays)) {
        for (const other of [values.slice(1), [...values, 0], [...values, ...values], []]) {
          if (other.length === values.length) continue;
          const problems = check([{ ...rest, arrays: { ...arrays, [name]: other } }]);
          expect(problems[0], `${kind}, ${name}`).toMatch(
            new RegExp(`expected \\d+ finite numbers ${name},`),
          );
        }
      }
    }
  });

  test('of a cut demand the ratio 0.8785… of Goemans and Williamson, no less and no more', () => {
    // min over −1 ≤ x < 1 of (2/π)·arccos(x)/(1 − x), on a grid that is fine near its minimum.
    let ratio = 1;
    for (let x = -0.8; x < -0.5; x += 1e-5) ratio = Math.min(ratio, (2 * Math.acos(x)) / (Math.PI * (1 - x)));
    const cut = fiveCycle();
    const relaxation = (5 * (1 - Math.cos(0.8 * Math.PI))) / 2;
    const promising = (share: number): readonly string[] =>
      check([{ ...cut, numbers: { ...cut.numbers, loss: share * relaxation - 4 } }]);
    expect(promising(ratio)).toEqual([]);
    expect(promising(ratio - 1e-4)[0]).toMatch(/less than promised/);
    expect(check([{ ...cut, numbers: { ...cut.numbers, loss: 0 } }])).toEqual([]);
  });

  test('that are of no known kind, of no claim, there twice, or empty are found out', () => {
    const cut = ofKind('cut');
    expect(check([{ ...cut, kind: 'toString' }])[0]).toMatch(/of no kind/);
    expect(check([{ ...cut, id: 'maxcut.certificates' }])[0]).toMatch(/belongs to no claim/);
    expect(check([cut, cut])[0]).toMatch(/second certificate/);
    expect(check([{ ...cut, arrays: {} }])[0]).toMatch(/none/);
    const still = ofKind('embedding');
    const points = (still.arrays.points ?? []).map(() => 1);
    expect(check([{ ...still, arrays: { ...still.arrays, points } }])[0]).toMatch(/coincide/);
  });

  test('of an embedding find a point that the matrix maps onto another one', () => {
    const still = ofKind('embedding');
    const [points, matrix] = [still.arrays.points.map(Number), still.arrays.matrix.map(Number)];
    const d = Number(still.numbers.dimension);
    // What the rows of the matrix do not see of the first axis.
    const rows: number[][] = [];
    const beyond = (vector: readonly number[]): number[] =>
      rows.reduce(
        (rest, row) => {
          const along = row.reduce((sum, entry, c) => sum + entry * rest[c], 0);
          return rest.map((entry, c) => entry - along * row[c]);
        },
        [...vector],
      );
    for (let r = 0; r < matrix.length; r += d) {
      const rest = beyond(matrix.slice(r, r + d));
      const length = Math.hypot(...rest);
      rows.push(rest.map((entry) => entry / length));
    }
    const unseen = beyond(Array.from({ length: d }, (_, c) => (c === 0 ? 1 : 0)));
    expect(Math.hypot(...unseen)).toBeGreaterThan(0.01);
    const moved = points.map((x, at) => (at < d ? points[d + at] + unseen[at] : x));
    const problems = check([{ ...still, arrays: { ...still.arrays, points: moved } }]);
    expect(problems.join()).toMatch(/points 0 and 1 come too close/);
  });

  test('of an embedding demand that the differences have the rank they state, and the matrix fewer rows', () => {
    const still = ofKind('embedding');
    const { pointCount, dimension, rows } = still.numbers;
    const stated = (rank: number) => check([{ ...still, numbers: { ...still.numbers, rank } }]);
    expect(stated(Number(rows))[0]).toMatch(/as many rows as an isometry/);
    expect(stated(Number(pointCount))[0]).toMatch(/lower rank/);
    const d = Number(dimension);
    const points = still.arrays.points.map((_, at) => Math.floor(at / d) * (1 + (at % d)));
    expect(check([{ ...still, arrays: { ...still.arrays, points } }]).join()).toMatch(/lower rank/);
  });

  test('are checked by code that knows nothing of the project', () => {
    for (const file of readdirSync('scripts/recheck')) {
      for (const [, from] of readFileSync(`scripts/recheck/${file}`, 'utf8').matchAll(/from '([^']+)'/g)) {
        expect(from).toMatch(/^(\.\/[a-zA-Z]+\.ts|node:[a-z_]+)$/);
      }
    }
  });
});

describe('semidefinite, decided without rounding', () => {
  const exact = (values: ArrayLike<number>) => Array.from(values, dyadic);

  test('agrees with eigenvalues wherever these are far from zero', () => {
    for (let i = 0; i < 60; i++) {
      const own = stream.fork(`matrix ${i}`);
      const n = own.integer(1, 9);
      const a = gaussianInto(new Float64Array(n * n), own);
      const symmetric = a.map((_, at) => a[at] + a[(at % n) * n + Math.floor(at / n)]);
      for (let v = 0; v < n; v++) symmetric[v * n + v] += own.uniform() * 4 * Math.sqrt(n);
      const spectrum = symmetricEigen(symmetric, n);
      if (spectrum.outcome !== 'decomposed') throw new TypeError('expected eigenvalues');
      const lowest = Math.min(...spectrum.values);
      if (Math.abs(lowest) > 1e-9) expect(isSemidefinite(exact(symmetric), n)).toBe(lowest > 0);
    }
  });

  test('tells a zero eigenvalue from one as small as doubles have', () => {
    const { MIN_VALUE } = Number;
    for (const scale of [1, MIN_VALUE, 2 ** 1000]) {
      const scaled = (...values: number[]) => exact(values).map((value) => times(value, dyadic(scale)));
      expect(isSemidefinite(scaled(1, 2, 2, 4), 2)).toBe(true);
      expect(isSemidefinite(scaled(1, 2, 2, 4 - 2 ** -50), 2)).toBe(false);
      expect(isSemidefinite(scaled(0, 0, 0, 1), 2)).toBe(true);
      expect(isSemidefinite(scaled(0, 1, 1, 1), 2)).toBe(false);
    }
    expect(isSemidefinite(exact([-MIN_VALUE]), 1)).toBe(false);
    expect(isSemidefinite(exact([0, MIN_VALUE, MIN_VALUE, 0]), 2)).toBe(false);
  });
});
