import type { ExpectationError } from '../../../lemma/randomizedObjective.ts';
import {
  addGradientInto,
  backwardInto,
  forwardInto,
  type NetworkPass,
  selectBatchInto,
} from '../model/networkPass.ts';
import { type NetworkTangent, shiftHessianInto } from '../model/networkTangent.ts';

/** ∇²_b of the expectation into `out` over all nodes; returns Σ_n ‖share of node n‖². */
export function shiftHessianOver(out: Float64Array, tangent: NetworkTangent, x: Float64Array): number {
  const { pass } = tangent;
  const { count } = pass.problem.nodes;
  out.fill(0);
  let spread = 0;
  for (let n = 0; n < count; n += pass.batch) {
    selectBatchInto(pass, n, Math.min(pass.batch, count - n));
    backwardInto(forwardInto(pass, x));
    spread += shiftHessianInto(out, tangent);
  }
  return spread;
}

/** The W⊥ block of ∇E[ℓ] (no regularisation), and Σ_n ‖share of node n‖². */
function weightGradientOver(pass: NetworkPass, x: Float64Array): { gradient: Float64Array; spread: number } {
  const { layout, nodes } = pass.problem;
  const full = new Float64Array(layout.dimension);
  const h = layout.weights.rows;
  const columns = layout.weights.columns;
  let spread = 0;
  for (let n = 0; n < nodes.count; n += pass.batch) {
    const rows = Math.min(pass.batch, nodes.count - n);
    selectBatchInto(pass, n, rows);
    addGradientInto(full, backwardInto(forwardInto(pass, x)));
    // A node's share is the outer product of its slope and its input.
    const slope = pass.slope[0].data;
    for (let i = 0; i < rows; i++) {
      let slopeSquared = 0;
      let inputSquared = 0;
      for (let j = 0; j < h; j++) slopeSquared += slope[i * h + j] ** 2;
      for (let j = 0; j < columns; j++) inputSquared += nodes.irrelevant[(n + i) * columns + j] ** 2;
      spread += slopeSquared * inputSquared;
    }
  }
  return { gradient: full.slice(0, layout.shift.start), spread };
}

/**
 * Standard errors in Frobenius norm of the two averages, for an equally weighted independent sample:
 * with shares s_n of N nodes, (Σ‖s_n‖² − ‖Σ s_n‖²/N)·N/(N − 1). The Frobenius norm bounds the spectral one.
 */
export function standardErrors(tangent: NetworkTangent, x: Float64Array): ExpectationError {
  const { layout, nodes } = tangent.pass.problem;
  const N = nodes.count;
  const of = (mean: Float64Array, spread: number) =>
    N > 1 ? Math.sqrt(Math.max(0, ((spread - squaredNorm(mean) / N) * N) / (N - 1))) : Infinity;
  const { gradient, spread } = weightGradientOver(tangent.pass, x);
  const hessian = new Float64Array(layout.shift.rows ** 2);
  const hessianSpread = shiftHessianOver(hessian, tangent, x);
  return {
    weightGradient: of(gradient, spread),
    shiftHessian: of(hessian, hessianSpread),
    method: 'sample',
  };
}

/**
 * Differences of the two derivatives between the rule and others, in Frobenius norm: of several, the root of the sum
 * of squares. Where the errors of two others have opposite signs, one of the differences is at least the rule's own
 * error.
 */
export function refinementError(
  rule: NetworkTangent,
  others: readonly NetworkTangent[],
  x: Float64Array,
): ExpectationError {
  const own = derivativesOver(rule, x);
  let gradient = 0;
  let hessian = 0;
  for (const other of others) {
    const its = derivativesOver(other, x);
    gradient = Math.hypot(gradient, distance(own.gradient, its.gradient));
    hessian = Math.hypot(hessian, distance(own.hessian, its.hessian));
  }
  return { weightGradient: gradient, shiftHessian: hessian, method: 'quadrature' };
}

function derivativesOver(tangent: NetworkTangent, x: Float64Array) {
  const h = tangent.pass.problem.layout.shift.rows;
  const hessian = new Float64Array(h * h);
  shiftHessianOver(hessian, tangent, x);
  return { gradient: weightGradientOver(tangent.pass, x).gradient, hessian };
}

function squaredNorm(a: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * a[i];
  return total;
}

function distance(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i] - b[i]) ** 2;
  return Math.sqrt(total);
}
