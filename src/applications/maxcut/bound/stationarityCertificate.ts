import { checkLength } from '../../../numerics/base/checks.ts';
import { norm } from '../../../numerics/linalg/vectors.ts';
import { certify } from '../../../numerics/optimize/certify/certificate.ts';
import type { StationarityGoal } from '../../../numerics/optimize/optimizer.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { normalDensity } from '../../../numerics/statistics/normal.ts';
import type { SmoothedCutObjective } from '../sampler/smoothedCut.ts';
import { smoothedCutWorkspace, standardizeInto } from '../sampler/smoothedCutShape.ts';
import { weightSquare } from '../sampler/smoothedDescent.ts';
import { largestDegree } from '../sampler/smoothingBounds.ts';
import { gershgorinBound } from './jointHessian.ts';

/** What is verified of a point as a joint second-order stationary point of a smoothed cut. */
export interface StationarityCertificate {
  /** ‖∇f‖ over V and μ, its rounding added. */
  readonly gradientNorm: number;
  /** λ_min of the full Hessian over V and μ is at least this; −∞ where nothing is known. */
  readonly lowestCurvature: number;
  /** `dense` eigenvalues, `gershgorin` circles (both proven), or `lanczos` with the failure probability below. */
  readonly method: 'dense' | 'gershgorin' | 'lanczos';
  readonly failureProbability: number;
  /** ‖V‖_F. */
  readonly weightNorm: number;
}

/** Largest dimension for which the whole Hessian is formed. */
const denseLimit = 160;

/**
 * Measures joint second-order stationarity: the full gradient, and the lowest eigenvalue of the full Hessian from
 * below.
 *
 * Up to 160 dimensions from dense eigenvalues; beyond by Gershgorin's circles, which need no eigenvalue; and only
 * where these miss the goal by Lanczos with a failure probability of 10⁻⁹.
 *
 * Guarantee: ‖∇f‖ ≤ gradientNorm and λ_min(∇²f) ≥ lowestCurvature, the rounding of gradient and Hessian added.
 *
 * @param stream source of Lanczos' start; unused otherwise
 * @param point V then μ; not written to
 * @param goal the curvature that is enough
 * Source: arXiv 2510.19382, Definition 2.2.
 * Cost: as `certify` up to 160 dimensions, O(m·k²) beyond.
 */
export function certifyStationary(
  stream: RandomStream,
  objective: SmoothedCutObjective,
  point: Float64Array,
  goal: StationarityGoal,
): StationarityCertificate {
  checkLength('point', point, objective.dimension);
  const { dimension } = objective;
  const gradient = objective.gradientInto(new Float64Array(dimension), point);
  const { weightGradient, shiftGradient, jointHessian } = roundingAt(objective, point);
  const common = {
    gradientNorm: norm(gradient) + weightGradient + shiftGradient,
    weightNorm: Math.sqrt(weightSquare(objective, point)),
    failureProbability: 0,
  };
  if (dimension > denseLimit) {
    const lowestCurvature = gershgorinBound(objective, point) - jointHessian;
    if (lowestCurvature >= -goal.curvatureTolerance)
      return { ...common, lowestCurvature, method: 'gershgorin' };
  }
  const failureProbability = 1e-9;
  const measured = certify(stream, objective, point, { denseLimit, krylovSteps: 100, failureProbability });
  if (measured.outcome !== 'measured')
    return { ...common, lowestCurvature: Number.NEGATIVE_INFINITY, method: 'dense' };
  const lowestCurvature = measured.curvature.atLeast - jointHessian;
  return measured.curvature.rigorous
    ? { ...common, lowestCurvature, method: 'dense' }
    : { ...common, lowestCurvature, method: 'lanczos', failureProbability };
}

/**
 * Rounding of the closed form's derivatives at a point, in 2-norms.
 *
 * An edge's terms carry about 64 + 4k operations, amplified as in `expectationErrorAt`; entry i of ∇_μ f adds up
 * terms of at most |w_ij| φ(h_i)/s_i. A row of the full Hessian has 2(k + 1) entries an edge, each of which sums at
 * most 8 products of the size of those in ∇²_μ f, since (1 + h²)²φ(h) stays below 1.
 */
function roundingAt(objective: SmoothedCutObjective, point: Float64Array) {
  const { graph, rank, smoothing } = objective;
  const { vertexCount: n, offsets, weights } = graph;
  const { weightGradient, shiftHessian } = objective.expectationErrorAt(point);
  const work = smoothedCutWorkspace(n);
  standardizeInto(work, objective, point);
  let square = 0;
  for (let i = 0; i < n; i++) {
    let degree = 0;
    for (let p = offsets[i]; p < offsets[i + 1]; p++) degree += Math.abs(weights[p]);
    square += ((degree * normalDensity(work.standard[i])) / work.scale[i]) ** 2;
  }
  // expectationErrorAt's ∇²_μ f error is (64 + 4k)ε · 4 d_max/τ² · amplification.
  const largest = largestDegree(graph);
  const perUnit = largest === 0 ? 0 : (shiftHessian * smoothing ** 2) / (4 * largest);
  return {
    weightGradient,
    shiftGradient: perUnit * Math.sqrt(square),
    jointHessian: 16 * (rank + 1) * shiftHessian,
  };
}
