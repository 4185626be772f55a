import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import type { NetworkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { lanczosExtremes } from '../../../../src/numerics/linalg/lanczos.ts';
import type {
  DescentOutcome,
  Optimizer,
  StationarityGoal,
} from '../../../../src/numerics/optimize/optimizer.ts';
import { perturbedDescent } from '../../../../src/numerics/optimize/perturbedDescent.ts';
import { trustRegion } from '../../../../src/numerics/optimize/trustRegion.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { type JointInstance, riskOf } from './jointNetworks.ts';

/** Where a method says it has reached, or why it gave up. */
export interface Reached {
  readonly outcome: DescentOutcome;
  readonly point: Float64Array;
}
export type Method = (stream: RandomStream) => Reached;

/** Runs an optimizer from a point, on the instance's risk by rules of so many nodes an axis. */
type Run = (risk: NetworkRisk, start: Float64Array, goal: StationarityGoal) => Reached;

/**
 * Descends until the point reached is stationary by finer rules too: where they say otherwise, with twice the nodes.
 *
 * A third of ρ and nine tenths of γ are asked for, since the certificate adds its errors to both.
 */
function refined(instance: JointInstance, run: Run): Reached {
  const { problem, goal } = instance;
  const stricter = {
    gradientTolerance: goal.gradientTolerance / 3,
    curvatureTolerance: 0.9 * goal.curvatureTolerance,
  };
  let from = instance.start;
  for (let nodesPerAxis = problem.nodesPerAxis; nodesPerAxis <= 64; nodesPerAxis *= 2) {
    const risk = riskOf({ ...problem, nodesPerAxis });
    const end = run(risk, from, stricter);
    if (end.outcome !== 'reached') return end;
    const { weightGradient, shiftHessian } = risk.expectationErrorAt(end.point);
    if (weightGradient <= goal.gradientTolerance / 3 && shiftHessian <= goal.curvatureTolerance / 20)
      return end;
    from = end.point;
  }
  return { outcome: 'step-limit', point: from };
}

/** An optimizer, with finer rules where they are needed. */
export function methodOf(instance: JointInstance, optimizer: Optimizer): Method {
  return (stream) => refined(instance, (risk, start, goal) => optimizer.minimize(stream, risk, start, goal));
}

/**
 * A trust region, with finer rules where they are needed, from up to five starts.
 *
 * About one descent in fifty creeps along a curved valley for thousands of steps; the next start is then tried.
 */
export function trustedMethod(instance: JointInstance): Method {
  const optimizer = trustRegion({ stepLimit: 300 });
  return (stream) => {
    let end = methodOf(instance, optimizer)(stream);
    for (let again = 1; again < 5 && end.outcome !== 'reached'; again++) {
      const start = initialParameters(instance.stream.fork(`start ${again}`), instance.risk.layout);
      end = methodOf({ ...instance, start }, optimizer)(stream.fork(again));
    }
    return end;
  };
}

/** The start with every weight along ignored inputs set to zero. */
export function withoutIrrelevant({ risk, start }: JointInstance): Float64Array {
  return start.slice().fill(0, 0, risk.layout.shift.start);
}

/**
 * Perturbed gradient descent as published, with constants for practice: ℓ half as much again as the largest eigenvalue
 * at the start, K with √(Kρ) = γ, and δ so large that χ = 12.
 *
 * Whether the point is second-order stationary is for the certificate to say.
 */
export function perturbedMethod(instance: JointInstance, stepLimit = 1_000_000): Method {
  return (stream) =>
    refined(instance, (risk, start, { gradientTolerance, curvatureTolerance }) => {
      const highest = largestCurvature(stream.fork('curvature'), risk, start);
      // Kicks wait for ‖∇f‖ ≤ ρ/χ²: with χ = 12, for a gradient as small as is asked for where ρ is 144 times that.
      const accuracy = 144 * gradientTolerance;
      return perturbedDescent({
        gradientLipschitz: Math.max(1.5 * highest, curvatureTolerance),
        hessianLipschitz: curvatureTolerance ** 2 / accuracy,
        valueGap: 1e-9,
        failureProbability: 0.99,
        accuracy,
        stepLimit,
      }).minimize(stream.fork('descent'), risk, start, { gradientTolerance, curvatureTolerance });
    });
}

function largestCurvature(stream: RandomStream, risk: NetworkRisk, x: Float64Array): number {
  const found = lanczosExtremes(stream, (out, v) => risk.hessianVectorInto(out, x, v), risk.dimension, {
    steps: 40,
  });
  return found.outcome === 'non-finite' ? Number.MAX_VALUE : Math.abs(found.highest.value);
}
