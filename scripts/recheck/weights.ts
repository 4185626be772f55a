import { type Certificate, type Checked, countOf, exactly, Findings, numberOf } from './certificate.ts';
import {
  type Dyadic,
  dyadic,
  inner,
  isSemidefinite,
  minus,
  notAbove,
  plus,
  sign,
  times,
  zero,
} from './exact.ts';

/**
 * Checks the derandomization lemma at one point, from the blocks it speaks of.
 *
 *     G = (H + 2λI)·W,    H + γI ⪰ 0,    so    (2λ − γ)·‖W‖ ≤ ‖G‖
 *
 * - H + `deficit`·I is positive semidefinite;
 * - ‖G − (H + 2λI)W‖ ≤ `identityError`, what quadrature and rounding may make of Stein's identity;
 * - (2λ − `deficit`)·‖W‖ ≤ ‖G‖ + `identityError`, which follows from the two;
 * - ‖W‖ ≤ `bound`, and `bound` is what the lemma gives: (2λ − `deficit`)·`bound` ≤ ‖G‖ + `identityError`, but for
 *   the roundings of working it out.
 *
 * All are decided without rounding, norms as squares.
 *
 * `weights` and `gradient` are rows·columns, row-major; `hessian` is rows·rows, of which the symmetric half counts.
 */
export function checkWeights(certificate: Certificate): Checked {
  const rows = countOf(certificate, 'rows', 1, 200);
  const columns = countOf(certificate, 'columns', 1, 1000);
  const weights = exactly(certificate, 'weights', rows * columns);
  const gradient = exactly(certificate, 'gradient', rows * columns);
  const hessian = exactly(certificate, 'hessian', rows * rows);
  const twice = times(dyadic(2), dyadic(numberOf(certificate, 'regularization')));
  const deficit = dyadic(numberOf(certificate, 'deficit'));
  const error = dyadic(numberOf(certificate, 'identityError'));
  const bound = numberOf(certificate, 'bound');
  const half = dyadic(0.5);
  const at = (i: number, j: number): Dyadic =>
    times(half, plus(hessian[i * rows + j] ?? zero, hessian[j * rows + i] ?? zero));
  const findings = new Findings();

  const raised = Array.from({ length: rows * rows }, (_, place) => {
    const [i, j] = [Math.floor(place / rows), place % rows];
    return i === j ? plus(at(i, j), deficit) : at(i, j);
  });
  findings.expect(isSemidefinite(raised, rows), 'H + γI is not semidefinite');

  let residual = zero;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let side = times(twice, weights[i * columns + j] ?? zero);
      for (let l = 0; l < rows; l++) side = plus(side, times(at(i, l), weights[l * columns + j] ?? zero));
      const off = minus(gradient[i * columns + j] ?? zero, side);
      residual = plus(residual, times(off, off));
    }
  }
  findings.expect(notAbove(residual, times(error, error)), 'G is not (H + 2λI)W within the stated error');

  const squaredNorm = inner(weights, weights);
  const slope = minus(twice, deficit);
  if (notAbove(slope, zero)) throw new RangeError('expected 2λ > γ; otherwise the lemma says nothing');
  const size = inner(gradient, gradient);
  const squaredBound = times(dyadic(bound), dyadic(bound));
  const scaled = (square: Dyadic): Dyadic => times(times(slope, slope), square);
  findings.expect(isWithin(scaled(squaredNorm), size, error), '(2λ − γ)·‖W‖ is more than ‖G‖');
  findings.expect(notAbove(squaredNorm, squaredBound), `‖W‖ is more than the bound ${bound}`);
  const unrounded = dyadic(1 - 64 * rows * columns * Number.EPSILON);
  findings.expect(
    isWithin(times(unrounded, scaled(squaredBound)), size, error),
    `the bound ${bound} is more than ‖G‖/(2λ − γ)`,
  );
  return findings;
}

/** Whether √left ≤ √size + error: left − size − error² ≤ 2·error·√size, where that is positive compared as squares. */
function isWithin(left: Dyadic, size: Dyadic, error: Dyadic): boolean {
  const excess = minus(minus(left, size), times(error, error));
  if (sign(excess) <= 0) return true;
  return notAbove(times(excess, excess), times(dyadic(4), times(times(error, error), size)));
}
