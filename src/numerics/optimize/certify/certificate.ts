import { checkInteger, checkLength, checkWithin } from '../../base/checks.ts';
import { lanczosExtremes } from '../../linalg/lanczos.ts';
import { probableSpectrum } from '../../linalg/lanczosRelativeError.ts';
import { norm } from '../../linalg/vectors.ts';
import type { RandomStream } from '../../random/stream.ts';
import type { Objective } from '../objective.ts';
import type { StationarityGoal } from '../optimizer.ts';
import { blockSpectrum } from './blockSpectrum.ts';

/** What is known of the lowest eigenvalue of a Hessian or of a diagonal block of it. */
export interface Curvature {
  /** The eigenvalue found: the computed λ_min (`dense`) or the lowest Ritz value (`ritz`). */
  readonly lowest: number;
  /** `dense`: λ_min is within this of `lowest`. `ritz`: some eigenvalue is; λ_min is at most lowest + error. */
  readonly error: number;
  readonly method: 'dense' | 'ritz';
  /** Whether λ_min ≥ lowest − error is proven, given the Hessian products. False for every Ritz value. */
  readonly rigorous: boolean;
  /** λ_min is at least this: surely if rigorous, with `probability` otherwise; −∞ where nothing is known. */
  readonly atLeast: number;
  /** 1 if rigorous; for `ritz` the probability over its start that `atLeast` holds. */
  readonly probability: number;
  /** The same in words, for reports. */
  readonly says: string;
}

/** Evidence about one point: the norm of its gradient and the lowest curvature, and how each is known. */
export interface Certificate {
  readonly outcome: 'measured';
  readonly value: number;
  readonly gradientNorm: number;
  readonly curvature: Curvature;
}

/** A value, gradient or Hessian product was not finite, or an eigenvalue iteration failed. */
export interface CertificateFailure {
  readonly outcome: 'non-finite' | 'breakdown';
}

export interface CertifyOptions {
  /** Largest dimension for which the whole Hessian is formed; default 300. */
  readonly denseLimit?: number;
  /** Krylov dimension beyond that; default 200. */
  readonly krylovSteps?: number;
  /** Beyond that, with this probability the lower bound may fail; default 10⁻⁶. */
  readonly failureProbability?: number;
}

/**
 * Measures how close a point is to second-order stationarity, and says how it knows.
 *
 * Up to `denseLimit` dimensions the Hessian is formed from its products and its lowest eigenvalue bounded from both
 * sides. Beyond, a Ritz value bounds it from above only; the bound from below then has a probability.
 *
 * Guarantee: see the fields of {@link Curvature}. All of it is relative to the objective's own derivatives, whose
 * agreement with f is what `checkDerivatives` measures.
 *
 * @param stream source of Lanczos' start; unused when dense
 * @param x dimension entries, not written to
 * @throws RangeError for a wrong length or an option outside its range
 *
 * Source: definition of an approximate second-order stationary point: Nesterov and Polyak (2006); Jin et al. 2017.
 * Cost: one value, one gradient, `dimension` or `krylovSteps` + 2 Hessian products.
 */
export function certify(
  stream: RandomStream,
  objective: Objective,
  x: Float64Array,
  options: CertifyOptions = {},
): Certificate | CertificateFailure {
  const { dimension } = objective;
  const { denseLimit = 300, krylovSteps = 200, failureProbability = 1e-6 } = options;
  checkLength('x', x, dimension);
  checkInteger('denseLimit', denseLimit, 0);
  checkInteger('krylovSteps', krylovSteps, 1);
  checkWithin('failureProbability', failureProbability, Number.MIN_VALUE, 1);
  const value = objective.value(x);
  const gradientNorm = norm(objective.gradientInto(new Float64Array(dimension), x));
  if (!Number.isFinite(value) || !Number.isFinite(gradientNorm)) return { outcome: 'non-finite' };
  const curvature =
    dimension <= denseLimit
      ? denseCurvature(objective, x)
      : ritzCurvature(stream, objective, x, krylovSteps, failureProbability);
  if ('outcome' in curvature) return curvature;
  return { outcome: 'measured', value, gradientNorm, curvature };
}

function denseCurvature(objective: Objective, x: Float64Array): Curvature | CertificateFailure {
  const spectrum = blockSpectrum(objective, x, 0, objective.dimension);
  if (spectrum.outcome !== 'decomposed') return spectrum;
  const { lowest, error } = spectrum;
  const says = `dense eigenvalues of ${objective.dimension} Hessian columns: λ_min = ${shown(lowest)} ± ${shown(error)}`;
  return { lowest, error, method: 'dense', rigorous: true, atLeast: lowest - error, probability: 1, says };
}

function ritzCurvature(
  stream: RandomStream,
  objective: Objective,
  x: Float64Array,
  krylovSteps: number,
  failureProbability: number,
): Curvature | CertificateFailure {
  const { dimension } = objective;
  // No tolerance: the probability below holds for a number of steps fixed in advance.
  const found = lanczosExtremes(
    stream,
    (out, direction) => objective.hessianVectorInto(out, x, direction),
    dimension,
    { steps: krylovSteps },
  );
  if (found.outcome === 'non-finite') return { outcome: 'non-finite' };
  const { value: lowest, residual: error } = found.lowest;
  const bounds = probableSpectrum(
    lowest,
    Math.max(lowest, found.highest.value),
    dimension,
    Math.min(krylovSteps, dimension),
    failureProbability,
  );
  const below = `λ_min ≥ ${shown(bounds.lowest)} with probability ${bounds.probability} over the start`;
  return {
    lowest,
    error,
    method: 'ritz',
    rigorous: false,
    atLeast: bounds.lowest,
    probability: bounds.probability,
    says: `Ritz value ${shown(lowest)} of ${found.steps} Lanczos steps: an upper bound only; ${below}`,
  };
}

function shown(x: number): string {
  return x.toExponential(3);
}

/**
 * Decides whether a certified point meets a goal.
 *
 * @returns `yes` if ‖∇f‖ and the bound from below pass; `no` if the gradient or a bound from above fails; `probably`
 * if it passes by a bound that is not rigorous; `unknown` where the bounds straddle the goal
 */
export function meetsGoal(
  certificate: Certificate,
  goal: StationarityGoal,
): 'yes' | 'no' | 'probably' | 'unknown' {
  const { curvature, gradientNorm } = certificate;
  const wanted = -goal.curvatureTolerance;
  if (gradientNorm > goal.gradientTolerance || curvature.lowest + curvature.error < wanted) return 'no';
  if (curvature.atLeast < wanted) return 'unknown';
  return curvature.rigorous ? 'yes' : 'probably';
}
