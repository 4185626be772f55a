import { lanczosExtremes, type SymmetricMultiply } from '../linalg/lanczos.ts';
import { dot } from '../linalg/vectors.ts';
import type { RandomStream } from '../random/stream.ts';
import type { DescentState, Iteration } from './descentDriver.ts';

/**
 * Makes the last word of a second-order method at a point of small gradient: ends there, or leaves along a
 * direction of negative curvature.
 *
 * The direction v is the lowest Ritz vector of ∇²f, its sign such that v·∇f ≤ 0 (drawn where it is 0). If
 * λ = vᵀ∇²f v ≥ −curvatureTolerance, the answer is `reached`. Otherwise the step is the longest t of
 * length, length/2, length/4, … with
 *
 *     f(x + tv) ≤ f(x) − ¼ t² |λ|.
 *
 * Guarantee: a step lowers f by at least ¼ |λ| min(length, ¾|λ|/ρ)², ρ the Hessian-Lipschitz constant, which it
 * need not know. `reached` trusts Lanczos: it is a reason to stop, not a certificate.
 *
 * @param stream source of Lanczos' starts and of signs
 * @param krylovSteps most Hessian products a test, at least 1
 * @param length first length tried, above 0
 * @returns the function that makes the test and the step; `breakdown` where the decrease drowns in rounding
 *
 * Source: C. Royer and S. Wright, Complexity analysis of second-order line-search algorithms for smooth nonconvex
 * optimization (2018, arXiv 1706.03131), Algorithm 1, its negative-curvature branch.
 */
export function negativeCurvatureStep(
  stream: RandomStream,
  state: DescentState,
  krylovSteps: number,
  length: number,
): () => Iteration {
  const { dimension, goal } = state;
  const multiplyInto: SymmetricMultiply = (out, direction) => state.hessianVectorInto(out, direction);
  const options = {
    steps: krylovSteps,
    tolerance: goal.curvatureTolerance / 10,
    relativeTolerance: 0.01,
    ends: 'lowest',
  } as const;
  return () => {
    const found = lanczosExtremes(stream, multiplyInto, dimension, options);
    if (found.outcome === 'non-finite') return 'non-finite';
    const { value: lambda, vector } = found.lowest;
    // A zero eigenvalue comes out of Lanczos as rounding of this size, with either sign.
    const rounding =
      8 * dimension * Number.EPSILON * Math.max(Math.abs(lambda), Math.abs(found.highest.value));
    if (lambda >= -goal.curvatureTolerance - rounding) return 'reached';
    const slope = dot(state.gradient, vector);
    const sign = slope === 0 ? (stream.uniform() < 0.5 ? 1 : -1) : -Math.sign(slope);
    for (let t = length; t > 0; t /= 2) {
      const wanted = (t * t * Math.abs(lambda)) / 4;
      if (state.value - wanted === state.value) return 'breakdown';
      state.propose(sign * t, vector);
      if (state.candidateValue() <= state.value - wanted) return state.advance() ? 'moved' : 'non-finite';
    }
    return 'breakdown';
  };
}
