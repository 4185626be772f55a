import {
  arrayOf,
  type Certificate,
  type Checked,
  countOf,
  exactly,
  Findings,
  numberOf,
} from './certificate.ts';
import { dyadic, inner, isSemidefinite, minus, notAbove, plus, sign, times, zero } from './exact.ts';

/**
 * Checks the end of a MAXCUT descent as a joint second-order stationary point, and its signs as a cut.
 *
 * - ‖g‖ ≤ ρ, for the gradient g over V and μ;
 * - H − `lowest`·I is positive semidefinite, for the Hessian H over V and μ, and `lowest` ≥ −√(Kρ);
 * - ‖V‖ ≤ `weightNorm` and (2λ − √(Kρ))·`weightNorm` ≤ ρ, which is Lemma 3.1 with 2λ > √(Kρ);
 * - the edges between the signs of μ weigh `cut`, up to the rounding of summing them.
 *
 * All are decided without rounding, square roots as squares. `point` and `gradient` are V (n·rank, row-major), then μ;
 * of `hessian` the symmetric half counts.
 */
export function checkStationaryCut(certificate: Certificate): Checked {
  const n = countOf(certificate, 'vertexCount', 1, 100);
  const rank = countOf(certificate, 'rank', 1, 100);
  const m = countOf(certificate, 'edgeCount', 0, 10_000);
  const size = n * (rank + 1);
  const point = exactly(certificate, 'point', size);
  const gradient = exactly(certificate, 'gradient', size);
  const hessian = exactly(certificate, 'hessian', size * size);
  const ends = ['sources', 'targets'].map((name) => arrayOf(certificate, name, m));
  const [sources, targets] = ends;
  const weights = arrayOf(certificate, 'weights', m);
  const [rho, lambda, k, lowest, weightNorm] = [
    'gradientTolerance',
    'regularization',
    'hessianLipschitz',
    'lowest',
    'weightNorm',
  ].map((name) => dyadic(numberOf(certificate, name)));
  const findings = new Findings();
  const isVertex = (v: number): boolean => Number.isInteger(v) && v >= 0 && v < n;
  findings.expect(
    ends.every((list) => list.every(isVertex)),
    'an edge leads nowhere',
  );

  findings.expect(notAbove(inner(gradient, gradient), times(rho, rho)), '‖g‖ is more than ρ');
  const half = dyadic(0.5);
  const lowered = Array.from({ length: size * size }, (_, place) => {
    const [i, j] = [Math.floor(place / size), place % size];
    const entry = times(half, plus(hessian[i * size + j] ?? zero, hessian[j * size + i] ?? zero));
    return i === j ? minus(entry, lowest) : entry;
  });
  findings.expect(isSemidefinite(lowered, size), 'H has an eigenvalue below the stated one');
  const admitted = times(k, rho);
  findings.expect(
    sign(lowest) >= 0 || notAbove(times(lowest, lowest), admitted),
    'the lowest eigenvalue is below −√(Kρ)',
  );

  const vectors = point.slice(0, n * rank);
  findings.expect(
    notAbove(inner(vectors, vectors), times(weightNorm, weightNorm)),
    '‖V‖ is more than stated',
  );
  const twice = plus(lambda, lambda);
  findings.expect(!notAbove(times(twice, twice), admitted), '2λ is not above √(Kρ)');
  // (2λ − s)v ≤ ρ with s² = Kρ: 2λv − ρ ≤ sv.
  const excess = minus(times(twice, weightNorm), rho);
  const allowed = times(admitted, times(weightNorm, weightNorm));
  findings.expect(
    sign(excess) <= 0 || notAbove(times(excess, excess), allowed),
    '‖V‖ is more than ρ/(2λ − √(Kρ))',
  );

  const isUp = (v: number): boolean => sign(point[n * rank + v] ?? zero) >= 0;
  let cut = minus(zero, dyadic(numberOf(certificate, 'cut')));
  for (let e = 0; e < m; e++) {
    if (isUp(sources?.[e] ?? 0) !== isUp(targets?.[e] ?? 0)) cut = plus(cut, dyadic(weights[e] ?? 0));
  }
  const slack = 2 * (m + 1) * Number.EPSILON * weights.reduce((sum, w) => sum + Math.abs(w), 0);
  findings.expect(
    notAbove(times(cut, cut), times(dyadic(slack), dyadic(slack))),
    'the edges between the signs of μ do not weigh the stated cut',
  );
  return findings;
}
