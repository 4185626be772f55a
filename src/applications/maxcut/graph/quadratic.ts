import { checkInteger, checkLength } from '../../../numerics/base/checks.ts';
import { compensatedSum } from '../../../numerics/linalg/compensatedSum.ts';
import type { Sides } from './cut.ts';
import { type Graph, graphFromEdges, graphLimits } from './graph.ts';

/**
 * A quadratic function of n variables, to be optimized without constraints:
 *
 *     E(x) = offset + Σ linear[i] x_i + Σ values[k] x_{sources[k]} x_{targets[k]}
 */
export interface QuadraticProblem {
  /** binary: x ∈ {0, 1}; spin: x ∈ {−1, 1}. */
  readonly variables: 'binary' | 'spin';
  readonly sense: 'minimize' | 'maximize';
  readonly offset: number;
  /** n coefficients. */
  readonly linear: Float64Array;
  /** Products of two different variables, each pair at most once. */
  readonly sources: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** The graph whose maximum cuts are the best assignments of a quadratic problem, and the way back. */
export interface QuadraticReduction {
  /** n + 1 vertices: vertex i is variable i, the last one stands for the value 1. */
  readonly graph: Graph;
  /** The assignment that a cut stands for: n values, 0 and 1 or −1 and 1. */
  readonly assignment: (sides: Sides) => Int8Array;
  /**
   * A bound on E over all assignments, from an upper bound on every cut: a lower one where E is minimized, an upper
   * one where it is maximized.
   */
  readonly bound: (cutBound: number) => number;
  /** A cut of at least this stands for an assignment at least as good as the energy, up to the rounding of `bound`. */
  readonly cutFor: (energy: number) => number;
}

/**
 * Reduces a quadratic problem to MAXCUT by one extra vertex, whose side stands for 1.
 *
 * With s_i ∈ {−1, 1}, x_i = s_i or (1 + s_i)/2, and c_ij the coefficients of s_i s_j, those of s_i being c_i0,
 *
 *     E(x) = E(1, …, 1) − 2 Σ_{ij cut} c_ij
 *
 * so to minimize E is to maximize the cut with weights c, and to maximize E is to maximize it with −c. For binary
 * variables the weights are 4c, which are whole numbers where the coefficients are.
 *
 * Guarantee: exact where all coefficients are whole and their absolute sum is below 2⁵⁰; otherwise `bound` allows for
 * every rounding, of the weights too.
 *
 * @throws RangeError for too many variables, or products that a simple graph cannot have as edges
 * Source: P. L. Hammer, "Some network flow problems solved with pseudo-Boolean programming", Oper. Res. 13 (1965)
 * 388–399; C. De Simone, "The cut polytope and the Boolean quadric polytope", Discrete Math. 79 (1990) 71–75.
 * Cost: O(n + m).
 */
export function reduceQuadratic(problem: QuadraticProblem): QuadraticReduction {
  const { variables, sense, offset, linear, sources, targets, values } = problem;
  const n = linear.length;
  checkInteger('variables', n, 0, graphLimits.vertices - 1);
  checkLength('targets', targets, sources.length);
  checkLength('values', values, sources.length);
  const isBinary = variables === 'binary';
  const sign = sense === 'minimize' ? 1 : -1;
  const fields = isBinary ? binaryFields(problem) : linear;
  const edges = {
    sources: Array.from(sources),
    targets: Array.from(targets),
    weights: Array.from(values, (b) => sign * b),
  };
  for (let i = 0; i < n; i++) {
    if (fields[i] === 0) continue;
    edges.sources.push(i);
    edges.targets.push(n);
    edges.weights.push(sign * fields[i]);
  }
  const graph = graphFromEdges(n + 1, edges);
  const cutScale = isBinary ? 0.5 : 2;
  const atOnes = compensatedSum([offset].concat(Array.from(linear), Array.from(values)));
  const slack = roundingOf(problem);
  return {
    graph,
    assignment: (sides) => {
      checkLength('sides', sides, n + 1);
      const other = isBinary ? 0 : -1;
      return Int8Array.from({ length: n }, (_, i) => (sides[i] === sides[n] ? 1 : other));
    },
    bound: (cutBound) => atOnes - sign * cutScale * cutBound - sign * slack,
    cutFor: (energy) => (sign * (atOnes - energy) - slack) / cutScale,
  };
}

/** 4 c_i0 = 2 linear[i] + Σ_j values[ij], each summed with its rounding errors. */
function binaryFields({ linear, sources, targets, values }: QuadraticProblem): Float64Array {
  const fields = linear.map((a) => 2 * a);
  const errors = new Float64Array(linear.length);
  const add = (i: number, term: number) => {
    const sum = fields[i] + term;
    errors[i] += Math.abs(fields[i]) >= Math.abs(term) ? fields[i] - sum + term : term - sum + fields[i];
    fields[i] = sum;
  };
  for (let k = 0; k < sources.length; k++) {
    add(sources[k], values[k]);
    add(targets[k], values[k]);
  }
  return fields.map((field, i) => field + errors[i]);
}

/**
 * What rounding can take from a bound: nothing where every partial sum is a whole number that float64 holds.
 *
 * Otherwise, with T = |offset| + Σ|linear| + Σ|values| and u = 2⁻⁵³: the weights come out within 4uT in all, which
 * count half; E(1, …, 1) within 2uT; its difference from a multiple of a bound of at most 4T within 5uT.
 */
function roundingOf({ offset, linear, values }: QuadraticProblem): number {
  let total = Math.abs(offset);
  let isWhole = Number.isInteger(offset);
  const look = (coefficient: number) => {
    total += Math.abs(coefficient);
    if (!Number.isInteger(coefficient)) isWhole = false;
  };
  for (const a of linear) look(a);
  for (let k = 0; k < values.length; k++) look(values[k]);
  return isWhole && total < 2 ** 50 ? 0 : total * 2 ** -49;
}

/**
 * The value of a quadratic function, summed with Neumaier's correction.
 *
 * Guarantee: exact where all coefficients are whole and their absolute sum is below 2⁵³.
 *
 * @param assignment n values of the kind of the problem's variables
 */
export function quadraticEnergy(problem: QuadraticProblem, assignment: ArrayLike<number>): number {
  const { offset, linear, sources, targets, values } = problem;
  checkLength('assignment', assignment, linear.length);
  const terms = [offset];
  for (let i = 0; i < linear.length; i++) terms.push(linear[i] * assignment[i]);
  for (let k = 0; k < values.length; k++) {
    terms.push(values[k] * assignment[sources[k]] * assignment[targets[k]]);
  }
  return compensatedSum(terms);
}
