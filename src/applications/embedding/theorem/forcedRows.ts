import { checkAbove, checkInteger, checkWithin } from '../../../numerics/base/checks.ts';

/**
 * Rows below which no map, linear or not, keeps all distances among the vertices of a regular simplex and its origin
 * 0, e_1, …, e_n.
 *
 *     k ≥ max_p min{ k : C(k + p − 1, p) ≥ n/(1 + (n − 1) δ^{2p}) },  δ = 2ε/(1 − ε)
 *
 * Proof: the images of the e_i, seen from that of 0 and at length 1, have products of at most δ. The p-th powers of the
 * entries of their Gram matrix are those of a matrix of rank at most C(k + p − 1, p), with 1 on the diagonal and at most
 * δ^p beside it; and (tr B)² ≤ rank B·‖B‖_F².
 *
 * With p = ln n/(2 ln 1/δ) that is of order ε⁻² ln n / ln(1/ε); the first power alone gives no more than δ⁻².
 *
 * Guarantee: rounding makes the bound smaller, never larger, while n is below 1e15.
 *
 * @param pointCount n ≥ 2, the origin not counted
 * @param distortion ε in (0, 1]; from ⅓ on δ ≥ 1 and only k ≥ 1 is left
 * @param most the highest power
 * @throws RangeError outside these
 * Source: N. Alon, Problems and results in extremal combinatorics I (2003), section 9.
 * Cost: most² logarithms times the logarithm of the bound.
 */
export function forcedRows(pointCount: number, distortion: number, most = 60): number {
  checkWithin('pointCount', pointCount, 2, 1e15);
  checkAbove('distortion', distortion, 0);
  checkWithin('distortion', distortion, 0, 1);
  checkInteger('most', most, 1);
  const product = (2 * distortion) / (1 - distortion);
  if (!(product < 1)) return 1;
  let forced = 1;
  for (let p = 1; p <= most; p++) {
    const rank = pointCount / (1 + (pointCount - 1) * product ** (2 * p));
    const least = Math.log(rank) - 1e-12;
    let works = forced;
    while (logMonomials(works, p) < least) works *= 2;
    let fails = forced - 1;
    while (works - fails > 1) {
      const middle = Math.floor((fails + works) / 2);
      if (logMonomials(middle, p) < least) fails = middle;
      else works = middle;
    }
    forced = works;
  }
  return forced;
}

/** ln C(k + p − 1, p): monomials of degree p in k variables. */
function logMonomials(k: number, p: number): number {
  let total = 0;
  for (let i = 1; i <= p; i++) total += Math.log((k - 1 + i) / i);
  return total;
}
