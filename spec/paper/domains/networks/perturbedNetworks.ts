import { type Activation, erf, sine, tanh } from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { angular, logCosh } from '../../../../src/applications/networks/model/losses.ts';
import { irrelevantNorm } from '../../../../src/applications/networks/model/networkLayout.ts';
import { type SquashedRisk, squashedRisk } from '../../../../src/applications/networks/risk/squashedRisk.ts';
import { flipNoise } from '../../../../src/applications/networks/risk/teacher.ts';
import { lemmaBound } from '../../../../src/lemma/lemmaBound.ts';
import type { NodeSet } from '../../../../src/lemma/nodeExpectation.ts';
import { rounding } from '../../../../src/numerics/base/tolerance.ts';
import { gradientDescent } from '../../../../src/numerics/optimize/gradientDescent.ts';
import type { Optimizer, StationarityGoal } from '../../../../src/numerics/optimize/optimizer.ts';
import { perturbedDescent } from '../../../../src/numerics/optimize/perturbedDescent.ts';
import { perturbedDescentConstants } from '../../../../src/numerics/optimize/perturbedDescentConstants.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { atMost, type Comparison, tightness } from '../../../../src/papers/claims/comparison.ts';
import { type Domain, integer, map, record, streams } from '../../../../src/papers/claims/domain.ts';

/** A network with L and K over all of its parameters, all of them trained, and what Theorem 4.2 is told of it. */
export interface PerturbedNetwork {
  readonly stream: RandomStream;
  readonly risk: SquashedRisk;
  readonly start: Float64Array;
  /** ρ = λ²/K and √(Kρ) = λ, so that Δ = 2λ − √(Kρ) = λ. */
  readonly goal: StationarityGoal;
}

/** δ of Theorem 4.2. Steps grow with log 1/δ alone; so small, one failure among some twenty trials is already too many. */
export const failureProbability = 1e-9;

/** What makes a network of the theorem. */
interface Parts {
  readonly depth: number;
  readonly activation: Activation;
  readonly ignored: number;
  readonly regularization: number;
  readonly onSaddle: boolean;
}

/**
 * A start on a saddle, one unit a layer: labels are the angle π, which is −π as well, and every shift is 0.
 *
 * With an odd activation the risk is even in all shifts together, so that no gradient step moves them from 0. There
 * the prediction's mean is 0, the worst there is, and weights along ignored inputs spread it towards ±π: they stay,
 * where the Hessian in b has the eigenvalue −2λ. Away from 0 the shifts fit the label and the weights vanish.
 */
export function saddleNetworks(depth: number, activation: 'tanh' | 'erf' | 'sine'): Domain<PerturbedNetwork> {
  return map(record({ ignored: integer(1, 12), stream: streams() }), ({ ignored, stream }) =>
    perturbedNetwork(stream, {
      depth,
      ignored,
      activation: { tanh, erf, sine }[activation],
      regularization: 0.18 + 0.04 * stream.fork('regularization').uniform(),
      onSaddle: true,
    }),
  );
}

/** Random starts, with a teacher of one direction. */
export function randomNetworks(): Domain<PerturbedNetwork> {
  return map(record({ ignored: integer(1, 12), stream: streams() }), ({ ignored, stream }) =>
    perturbedNetwork(stream, {
      depth: 1,
      activation: sine,
      ignored,
      regularization: 0.2 + 0.1 * stream.fork('regularization').uniform(),
      onSaddle: false,
    }),
  );
}

/** The network of given parts. */
export function perturbedNetwork(stream: RandomStream, parts: Parts): PerturbedNetwork {
  const { depth, activation, ignored, regularization, onSaddle } = parts;
  const k = onSaddle ? 0 : 1;
  const weightBound = 1;
  const risk = squashedRisk({
    inputDimension: k + ignored,
    relevantDimension: k,
    widths: Array.from({ length: depth }, () => 1),
    activation,
    loss: onSaddle ? angular : logCosh,
    teacher: onSaddle ? () => Math.PI : (u, at) => Math.tanh(u[at]),
    ...(onSaddle ? { noise: flipNoise(0.5) } : {}),
    regularization,
    relevantPerAxis: 3,
    weightBound,
    nodesPerAxis: 8,
    arrange: mirrored,
  });
  const start = initialParameters(stream.fork('start'), risk.layout);
  if (onSaddle) {
    for (const { name, start: from, rows, columns } of risk.layout.blocks) {
      const spread = stream.fork(`spread ${name}`);
      for (let i = from; i < from + rows * columns; i++) {
        if (name.includes('shift')) start[i] = 0;
        // B sin(w/B) is largest at πB/2.
        else if (name !== 'weights')
          start[i] = ((weightBound * Math.PI) / 2) * (0.9 + 0.2 * spread.uniform());
      }
    }
  }
  const { hessianLipschitz } = risk.constants;
  const goal = {
    gradientTolerance: regularization ** 2 / hessianLipschitz,
    curvatureTolerance: regularization,
  };
  return { stream, risk, start, goal };
}

/**
 * The points of a rule in pairs x, −x, where it is symmetric: sums over it of odd terms are then exactly 0 in floating
 * point, and only noise leaves a saddle that symmetry makes.
 */
function mirrored(nodes: NodeSet, dimension: number): NodeSet {
  const count = nodes.weights.length;
  const points = new Float64Array(nodes.points.length);
  const weights = new Float64Array(count);
  for (let p = 0, at = 0; at < count; p++) {
    for (const q of p === count - 1 - p ? [p] : [p, count - 1 - p]) {
      points.set(nodes.points.subarray(q * dimension, (q + 1) * dimension), at * dimension);
      weights[at++] = nodes.weights[q];
    }
  }
  return { points, weights };
}

/** f(start) ≥ f(start) − inf f: every loss here is at least 0. */
function optionsOf({ risk, start }: PerturbedNetwork) {
  return { ...risk.constants, valueGap: risk.value(start), failureProbability };
}

/** Perturbed descent with the constants of Theorem 4.2 and c = 1, until it ends by itself. */
export function theoremDescent(network: PerturbedNetwork): Optimizer {
  return perturbedDescent(optionsOf(network));
}

/** The same gradient steps without noise, ending where the gradient is as small as perturbed descent wants it. */
export function unperturbedDescent({ risk }: PerturbedNetwork): Optimizer {
  return gradientDescent({ stepSize: 1 / risk.constants.gradientLipschitz, stepLimit: 20_000 });
}

/** The number of steps that the theorem allows: its bound with constants. */
export function stepsAllowed(network: PerturbedNetwork): number {
  return perturbedDescentConstants({
    ...optionsOf(network),
    dimension: network.risk.dimension,
    accuracy: network.goal.gradientTolerance,
    constant: 1,
  }).iterationBound;
}

/** One descent to its end: whether it ended, within the steps allowed, with ‖W⊥‖ below ρ/Δ; the worst of the three. */
export function descended(network: PerturbedNetwork, optimizer: Optimizer, stream: RandomStream): Comparison {
  const { risk, start, goal } = network;
  const { outcome, point, steps } = optimizer.minimize(stream, risk, start, goal);
  const norm = irrelevantNorm(risk.layout, point);
  const bound = lemmaBound(goal.gradientTolerance, goal.curvatureTolerance, risk.regularization);
  const numbers = { startNorm: irrelevantNorm(risk.layout, start), steps };
  const all = [
    atMost('descents that did not end by themselves', outcome === 'reached' ? 0 : 1, 0, rounding(0, 0)),
    atMost('norm of W⊥ against ρ/Δ', norm, bound, rounding(risk.dimension, norm), numbers),
    atMost('steps against those allowed', steps, stepsAllowed(network), rounding(0, 0), numbers),
  ];
  const failing = all.find(({ left, right, tolerance }) => left > right + tolerance.value);
  return failing ?? all.slice(1).reduce((worst, one) => (tightness(one) > tightness(worst) ? one : worst));
}
