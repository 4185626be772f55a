import { describe, expect, test } from 'vitest';
import { lemmaCertificate } from '../../../src/lemma/lemmaCertificate.ts';
import { structuredCertificate } from '../../../src/lemma/structuredCertificate.ts';
import { structuredObjective } from '../../../src/lemma/structuredObjective.ts';
import { sharedEntries, spannedBy, type WeightStructure } from '../../../src/lemma/weightStructure.ts';
import { gaussianInto } from '../../../src/numerics/random/fills.ts';
import { randomStream } from '../../../src/numerics/random/stream.ts';
import {
  type StructureName,
  structuredProblem,
  structureMakers,
  tiedBiasProblem,
} from '../../paper/domains/lemma/structures.ts';

const root = randomStream('structures');
const names = Object.keys(structureMakers) as StructureName[];

const inner = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);

describe.each(names)('the structure %s', (name) => {
  test.each([0, 1, 2, 3])(
    'has an orthonormal basis: projecting undoes expanding, and keeps products (%i)',
    (i) => {
      const stream = root.fork(`${name} ${i}`);
      const structure = structureMakers[name](stream, stream.integer(2, 6), stream.integer(2, 6));
      const size = structure.rows * structure.columns;
      const s = gaussianInto(new Float64Array(structure.dimension), stream);
      const other = gaussianInto(new Float64Array(size), stream);
      const expanded = structure.expandInto(new Float64Array(size), s);
      const back = structure.projectInto(new Float64Array(structure.dimension), expanded);
      const projected = structure.projectInto(new Float64Array(structure.dimension), other);
      for (let p = 0; p < s.length; p++) expect(back[p]).toBeCloseTo(s[p], 12);
      expect(inner(expanded, other)).toBeCloseTo(inner(s, projected), 12);
      expect(inner(expanded, expanded)).toBeCloseTo(inner(s, s), 12);
    },
  );

  test('restricts gradients and Hessian products to the derivatives of the restricted value', () => {
    const stream = root.fork(`${name} derivatives`);
    const { objective, structure } = structuredProblem(stream, name);
    checkDerivatives(structuredObjective(objective, structure));
  });
});

test('a tied bias restricts derivatives too', () => {
  const { objective, structure, tiedShift } = tiedBiasProblem(root.fork('tied'));
  checkDerivatives(structuredObjective(objective, structure, tiedShift));
});

function checkDerivatives(f: ReturnType<typeof structuredObjective>): void {
  const y = gaussianInto(new Float64Array(f.dimension), root.fork('y'), 0.5);
  const along = gaussianInto(new Float64Array(f.dimension), root.fork('along'), 0.5);
  const h = 1e-5;
  const at = (t: number): Float64Array => y.map((value, i) => value + t * along[i]);
  const gradient = f.gradientInto(new Float64Array(f.dimension), y);
  const slope = (f.value(at(h)) - f.value(at(-h))) / (2 * h);
  const scale = 1 + Math.abs(slope);
  expect(Math.abs(slope - inner(gradient, along)) / scale).toBeLessThan(1e-7);
  const product = f.hessianVectorInto(new Float64Array(f.dimension), y, along);
  const [up, down] = [h, -h].map((t) => f.gradientInto(new Float64Array(f.dimension), at(t)));
  for (let i = 0; i < f.dimension; i++) {
    expect(Math.abs((up[i] - down[i]) / (2 * h) - product[i]) / (1 + Math.abs(product[i]))).toBeLessThan(
      1e-6,
    );
  }
}

test('the structure of all matrices gives the certificate of the unstructured lemma', () => {
  const { objective } = structuredProblem(root.fork('all'), 'Toeplitz');
  const { rows, columns } = objective.weights;
  const every: WeightStructure = sharedEntries(rows, columns, (i, j) => i * columns + j);
  const x = gaussianInto(new Float64Array(objective.dimension), root.fork('x'));
  const structured = structuredCertificate(objective, every, x);
  const plain = lemmaCertificate(objective, x);
  if (structured.outcome !== 'certified' || plain.outcome !== 'certified') throw new Error('not certified');
  expect(structured.weightNorm).toBeCloseTo(plain.weightNorm, 12);
  expect(structured.structuredGradientNorm).toBeCloseTo(plain.weightGradientNorm, 12);
  expect(structured.lowestShiftCurvature).toBe(plain.lowestShiftCurvature);
  expect(structured.curvatureDeficit).toBe(plain.curvatureDeficit);
  expect(structured.bound).toBeLessThan(Infinity);
  expect(structured.bound / plain.bound).toBeCloseTo(1, 12);
});

describe('a structure is refused', () => {
  test('where a group has no entry', () => {
    expect(() => sharedEntries(2, 2, () => 1)).toThrow(RangeError);
  });
  test('where every entry is zero', () => {
    expect(() => sharedEntries(2, 2, () => -1)).toThrow(RangeError);
  });
  test('where one spanning matrix depends on the others', () => {
    expect(() =>
      spannedBy(1, 3, [
        [1, 2, 3],
        [0, 1, 0],
        [2, 5, 6],
      ]),
    ).toThrow(/spanning\[2\]/);
  });
  test('where its shape is not that of W', () => {
    const { objective } = structuredProblem(root.fork('shape'), 'Toeplitz');
    expect(() =>
      structuredObjective(
        objective,
        sharedEntries(1, 1, () => 0),
      ),
    ).toThrow(RangeError);
  });
});
