import { checkAbove, checkInteger, checkWithin } from '../base/checks.ts';

/** What Algorithm 2 of Jin et al. 2017 is told about f. */
export interface PerturbedDescentProblem {
  /** d. */
  readonly dimension: number;
  /** ℓ > 0: ‖∇f(x) − ∇f(y)‖ ≤ ℓ‖x − y‖. */
  readonly gradientLipschitz: number;
  /** ρ > 0: ‖∇²f(x) − ∇²f(y)‖ ≤ ρ‖x − y‖. */
  readonly hessianLipschitz: number;
  /** ε in (0, ℓ²/ρ]: asks for ‖∇f‖ ≤ ε and λ_min(∇²f) ≥ −√(ρε). */
  readonly accuracy: number;
  /** Δ_f > 0, at least f(x₀) − inf f. */
  readonly valueGap: number;
  /** δ in (0, 1). */
  readonly failureProbability: number;
  /** c in (0, 1]. */
  readonly constant: number;
}

/** The quantities Algorithm 2 derives; the last two are consequences. */
export interface PerturbedDescentConstants {
  /** χ = 3 max{ log(dℓΔ_f / (cε²δ)), 4 }. */
  readonly logFactor: number;
  /** η = c/ℓ. */
  readonly stepSize: number;
  /** r = (√c/χ²)·ε/ℓ. */
  readonly perturbationRadius: number;
  /** g_thres = (√c/χ²)·ε. */
  readonly gradientThreshold: number;
  /** f_thres = (c/χ³)·√(ε³/ρ). */
  readonly valueThreshold: number;
  /** t_thres = ⌈(χ/c²)·ℓ/√(ρε)⌉ steps. */
  readonly waitingSteps: number;
  /**
   * Steps after which the algorithm must have ended: each step outside a waiting period lowers f by at least
   * (η/2)·g_thres², each waiting period by at least f_thres or it is the last.
   */
  readonly iterationBound: number;
}

/**
 * Derives the constants of perturbed gradient descent.
 *
 * Guarantee: `iterationBound` holds for every outcome of the noise if ℓ and Δ_f are right and c ≤ 1. That the
 * returned point is second-order stationary has probability 1 − δ for c below an absolute constant that the
 * source does not give.
 *
 * @throws RangeError for a value outside its interval
 *
 * Source: C. Jin, R. Ge, P. Netrapalli, S. Kakade, M. Jordan, How to escape saddle points efficiently (ICML 2017,
 * arXiv 1703.00887), Algorithm 2 and Theorem 3.
 */
export function perturbedDescentConstants(problem: PerturbedDescentProblem): PerturbedDescentConstants {
  const { dimension, gradientLipschitz, hessianLipschitz, accuracy, valueGap, failureProbability } = problem;
  const c = problem.constant;
  checkInteger('dimension', dimension, 1);
  checkAbove('gradientLipschitz', gradientLipschitz, 0);
  checkAbove('hessianLipschitz', hessianLipschitz, 0);
  checkAbove('accuracy', accuracy, 0);
  checkWithin(
    'accuracy',
    accuracy,
    0,
    (1 + 4 * Number.EPSILON) * (gradientLipschitz ** 2 / hessianLipschitz),
  );
  checkAbove('valueGap', valueGap, 0);
  checkWithin('failureProbability', failureProbability, Number.MIN_VALUE, 1);
  checkWithin('constant', c, Number.MIN_VALUE, 1);
  const logArgument = (dimension * gradientLipschitz * valueGap) / (c * accuracy ** 2 * failureProbability);
  const chi = 3 * Math.max(Math.log(logArgument), 4);
  const stepSize = c / gradientLipschitz;
  const gradientThreshold = (Math.sqrt(c) / chi ** 2) * accuracy;
  const valueThreshold = (c / chi ** 3) * Math.sqrt(accuracy ** 3 / hessianLipschitz);
  const waitingSteps = Math.ceil(
    ((chi / c ** 2) * gradientLipschitz) / Math.sqrt(hessianLipschitz * accuracy),
  );
  const freeDecrease = (stepSize / 2) * gradientThreshold ** 2;
  const decreaseRate = Math.min(freeDecrease, valueThreshold / (waitingSteps + 1));
  return {
    logFactor: chi,
    stepSize,
    perturbationRadius: gradientThreshold / gradientLipschitz,
    gradientThreshold,
    valueThreshold,
    waitingSteps,
    iterationBound: Math.ceil(valueGap / decreaseRate) + waitingSteps + 1,
  };
}
