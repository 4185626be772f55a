import { checkInteger } from '../base/checks.ts';

/** Nodes in (−1, 1), ascending, and their weights. */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Computes the Gauss–Legendre rule on [−1, 1].
 *
 * Guarantee: exact for polynomials of degree 2·count − 1, up to rounding.
 *
 * @param count number of nodes, in [1, 1000]
 * Source: Newton iteration on the three-term recurrence from Tricomi's guess (DLMF 18.9.1, 3.5.19).
 */
export function gaussLegendre(count: number): QuadratureRule {
  checkInteger('count', count, 1, 1000);
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = -Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 0;
    // Newton converges quadratically from this guess: eight steps are twice what rounding leaves visible.
    for (let step = 0; step < 8; step++) {
      let before = 1;
      let value = x;
      for (let degree = 2; degree <= count; degree++) {
        const next = ((2 * degree - 1) * x * value - (degree - 1) * before) / degree;
        before = value;
        value = next;
      }
      slope = (count * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
