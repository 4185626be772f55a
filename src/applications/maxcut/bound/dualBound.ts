import { checkInteger, checkWithin } from '../../../numerics/base/checks.ts';
import { chebyshevLowestBound, ritzEnds } from '../../../numerics/linalg/chebyshevBound.ts';
import { type FactorizationLimits, showSemidefinite } from '../../../numerics/linalg/definiteness.ts';
import { lanczosExtremes, type SymmetricMultiply } from '../../../numerics/linalg/lanczos.ts';
import { probableSpectrum } from '../../../numerics/linalg/lanczosRelativeError.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { Graph } from '../graph/graph.ts';
import type { SemidefiniteSolution } from './semidefinite.ts';

/** What a dual bound is computed with. */
export interface DualBoundOptions {
  /** Most multiplications for the proof by factorisation; default 1.5e9, some two seconds; 0: none is tried. */
  readonly operations?: number;
  /** Probability in (0, 1) with which a Lanczos bound may be wrong; default 1e-6. Proofs never are. */
  readonly failureProbability?: number;
  /** Most products with a graph of more than 20,000 vertices, at least 8; default 350. */
  readonly products?: number;
  /** Asked now and then during a factorisation; true gives it up. */
  readonly shouldStop?: () => boolean;
}

/** An upper bound on the relaxation, hence on every cut. */
export interface DualBound {
  readonly value: number;
  /**
   * - `factorization`: proven, rounding included, by a Cholesky factorisation of the dual slack matrix.
   * - `lanczos`: holds with probability at least 1 − failureProbability over the random start.
   * - `degree`: proven, from Gershgorin's circles alone; where the other two said nothing better.
   * - `branch`: proven, the maximum over all cuts, by branch and bound on proven bounds.
   * - `exhaustive`: proven, the maximum over all cuts that exact reduction left.
   */
  readonly method: 'factorization' | 'lanczos' | 'degree' | 'branch' | 'exhaustive';
  /** 0 where the bound is proven. */
  readonly failureProbability: number;
}

/** Steps of Lanczos for an estimate of the shift, and for a bound. */
const estimateSteps = 90;
const boundSteps = 260;

/** Larger graphs are not factorised, nor given to a Lanczos that keeps its vectors. */
const mostFactorized = { vertices: 20_000, edges: 500_000 } as const;

/** Up to so many vertices Lanczos' own bound is used, whose vectors take n·260 numbers and n·260² operations. */
const mostReorthogonalized = 2000;

/**
 * Bounds every cut from above by a dual feasible point of the relaxation, made from its multipliers.
 *
 *     max Σ w_ij (1 − v_i·v_j)/2 ≤ Σw/2 + (Σ_i λ_i + n·s)/4   whenever   W + Diag(λ) + s·I ⪰ 0
 *
 * (Equivalently n/4 · λ_max(L + Diag u) with Σu = 0, after moving the diagonal.) The smallest such s is estimated
 * by Lanczos, then either proven by factorisation or bounded by the random start's guarantee: Lanczos' own, or for more
 * than 2000 vertices that of a Chebyshev polynomial, which keeps three vectors.
 *
 * Guarantee: as `method` says; the value includes the rounding of its own summation. Never below any cut.
 *
 * @param stream source of Lanczos' start
 * @throws RangeError for operations < 0 or a failure probability outside (0, 1)
 * Source: C. Delorme and S. Poljak, Math. Programming 62 (1993) 557–574; Kuczyński and Woźniakowski (1992).
 * Cost: 90 to 350 products with the graph, and at most a few factorisations within `operations`.
 */
export function dualBound(
  stream: RandomStream,
  graph: Graph,
  solution: Pick<SemidefiniteSolution, 'multipliers'>,
  options: DualBoundOptions = {},
): DualBound {
  const { operations = 1.5e9, failureProbability = 1e-6, shouldStop = () => false } = options;
  checkWithin('operations', operations, 0, Number.MAX_VALUE);
  checkWithin('failureProbability', failureProbability, Number.MIN_VALUE, 1 - Number.EPSILON);
  const degree = degreeBound(graph);
  const n = graph.vertexCount;
  if (graph.edgeCount === 0) return degree;
  const probable = (): DualBound => {
    const value = chebyshevBound(stream, graph, solution.multipliers, { failureProbability, ...options });
    return value < degree.value ? { value, method: 'lanczos', failureProbability } : degree;
  };
  const isLarge = n > mostFactorized.vertices || graph.edgeCount > mostFactorized.edges;
  if (isLarge || (operations === 0 && n > mostReorthogonalized)) return probable();
  const estimate = lowestEigenvalue(stream.fork('estimate'), graph, solution.multipliers, estimateSteps);
  if (estimate === undefined) return degree;
  const proven =
    operations === 0
      ? undefined
      : provenShift(graph, solution.multipliers, -estimate.ritz, estimate.residual, {
          operations,
          shouldStop,
        });
  if (proven !== undefined) {
    const value = boundFor(graph, solution.multipliers, proven);
    return value < degree.value ? { value, method: 'factorization', failureProbability: 0 } : degree;
  }
  if (n > mostReorthogonalized) return probable();
  const spectrum = lowestEigenvalue(stream.fork('bound'), graph, solution.multipliers, boundSteps);
  if (spectrum === undefined) return degree;
  const { lowest } = probableSpectrum(spectrum.ritz, spectrum.highest, n, spectrum.steps, failureProbability);
  const rounding = 8 * n * Number.EPSILON * (spectrum.highest - spectrum.ritz);
  const value = boundFor(graph, solution.multipliers, rounding - lowest);
  return value < degree.value ? { value, method: 'lanczos', failureProbability } : degree;
}

/** Σ over edges of max(w, 0): no cut exceeds it, and neither does the relaxation. */
export function degreeBound(graph: Graph): DualBound {
  const value = (graph.totalWeight + graph.absoluteWeight) / 2;
  const rounding = graph.unit > 0 ? 0 : graph.edgeCount * Number.EPSILON * graph.absoluteWeight;
  return { value: value + rounding, method: 'degree', failureProbability: 0 };
}

function boundFor(graph: Graph, multipliers: Float64Array, shift: number): number {
  const n = graph.vertexCount;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += multipliers[i];
  const magnitude = graph.absoluteWeight + sum + n * Math.abs(shift);
  const rounding = (n + graph.edgeCount + 8) * Number.EPSILON * magnitude;
  return graph.totalWeight / 2 + (sum + n * shift) / 4 + rounding;
}

/** The bound of a large graph, from a quarter of the products for the ends of the spectrum and the rest to prove them. */
function chebyshevBound(
  stream: RandomStream,
  graph: Graph,
  multipliers: Float64Array,
  {
    failureProbability,
    products = estimateSteps + boundSteps,
  }: DualBoundOptions & { failureProbability: number },
): number {
  const n = graph.vertexCount;
  checkInteger('products', products, 8);
  const multiplyInto = slackProduct(graph, multipliers);
  const steps = Math.min(estimateSteps, products >> 2);
  const ends = ritzEnds(stream.fork('estimate'), multiplyInto, n, steps);
  if (ends === undefined || !(ends.highest > ends.lowest)) return Number.POSITIVE_INFINITY;
  const { lowest, highest } = ends;
  const degree = Math.min(boundSteps, products - steps);
  const least = chebyshevLowestBound(stream.fork('bound'), multiplyInto, n, {
    lowest,
    highest,
    degree,
    failureProbability,
  });
  return boundFor(graph, multipliers, 8 * n * Number.EPSILON * (highest - lowest) - least);
}

/** x ↦ (W + Diag(λ))·x. */
export function slackProduct(graph: Graph, multipliers: Float64Array): SymmetricMultiply {
  const { vertexCount: n, offsets, neighbours, weights } = graph;
  return (out, x) => {
    for (let i = 0; i < n; i++) {
      let sum = multipliers[i] * x[i];
      const end = offsets[i + 1];
      for (let p = offsets[i]; p < end; p++) sum += weights[p] * x[neighbours[p]];
      out[i] = sum;
    }
    return out;
  };
}

/** The extreme Ritz values of W + Diag(λ). */
function lowestEigenvalue(stream: RandomStream, graph: Graph, multipliers: Float64Array, steps: number) {
  const n = graph.vertexCount;
  const multiplyInto = slackProduct(graph, multipliers);
  const result = lanczosExtremes(stream, multiplyInto, n, { steps, ends: 'lowest' });
  if (result.outcome === 'non-finite') return undefined;
  return {
    ritz: result.lowest.value,
    residual: result.lowest.residual,
    highest: result.highest.value,
    steps: result.steps,
  };
}

/**
 * The smallest shift on a geometric ladder above −θ for which the slack matrix is proven semidefinite. The ladder
 * starts at the Ritz value's own residual, so a well-converged estimate costs next to nothing in the bound.
 */
function provenShift(
  graph: Graph,
  multipliers: Float64Array,
  shift: number,
  residual: number,
  limits: FactorizationLimits,
): number | undefined {
  const n = graph.vertexCount;
  const diagonal = new Float64Array(n);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, multipliers[i]);
  let margin = Math.max(residual / 8, 64 * n * Number.EPSILON * largest);
  for (let attempt = 0; attempt < 12; attempt++) {
    for (let i = 0; i < n; i++) diagonal[i] = multipliers[i] + (shift + margin);
    const verdict = showSemidefinite(graph, diagonal, limits.operations, limits.shouldStop);
    if (verdict === 'definite') return shift + margin;
    if (verdict === 'too-large') return undefined;
    margin *= 4;
  }
  return undefined;
}
