import type { NodeSet } from '../../../lemma/nodeExpectation.ts';
import type { ExpectationError, RandomizedObjective } from '../../../lemma/randomizedObjective.ts';
import { checkInteger, checkLength, checkWithin } from '../../../numerics/base/checks.ts';
import type { Activation } from '../model/activations.ts';
import type { Loss } from '../model/losses.ts';
import { type BlockName, type NetworkLayout, networkLayout } from '../model/networkLayout.ts';
import { addGradientInto, batchLoss, networkPass } from '../model/networkPass.ts';
import { hessianVectorInto, type NetworkTangent, networkTangent } from '../model/networkTangent.ts';
import { passMemory } from '../model/passMemory.ts';
import { refinementError, shiftHessianOver, standardErrors } from './expectationErrors.ts';
import { type LabelNoise, labelNodes, noiseless } from './labelledNodes.ts';

/** What a network's risk is made of. */
export interface NetworkRiskOptions {
  /** d, at least 1. */
  readonly inputDimension: number;
  /** k, in [0, d − 1]: the teacher sees the first k rotated coordinates. With k = 0 the label is a constant. */
  readonly relevantDimension: number;
  /** Width of each hidden layer, first to last. */
  readonly widths: readonly number[];
  readonly activation: Activation;
  readonly loss: Loss;
  /** The label before noise: reads k numbers of its first argument from the offset in its second. */
  readonly teacher: (relevant: Float64Array, offset: number) => number;
  /** @defaultValue none */
  readonly noise?: LabelNoise;
  /** λ ≥ 0, the factor of ‖W⊥‖². */
  readonly regularization: number;
  /** Factor of ‖W∥‖². @defaultValue λ */
  readonly relevantRegularization?: number;
  /**
   * Factor of the squared norm of everything behind the first layer's sums (deeper weights and shifts, output).
   * It is constant in W⊥ and b, so the lemma does not see it; it keeps minimisers at finite distance.
   * @defaultValue 0, as in the paper
   */
  readonly deeperRegularization?: number;
  /** Blocks held at their values: their gradient and Hessian rows are zero. @defaultValue none */
  readonly frozen?: readonly BlockName[];
  /** The distribution of x in rotated coordinates (relevant first), or a rule for it. */
  readonly nodes: NodeSet;
  /**
   * A finer rule for the same distribution: the error of the expectation is then estimated by the difference.
   * Without it the nodes are taken as an independent sample with equal weights, and the error is its standard
   * error.
   */
  readonly refinedNodes?: NodeSet;
  /**
   * Beside `refinedNodes`, a rule whose error has the other sign. Errors of Gauss–Hermite rules alternate with the
   * number of nodes, so that n and 2n nodes, both even, can agree where both are wrong; n + 1 then do not.
   */
  readonly alternateNodes?: NodeSet;
  /** K of Definition 2.2, where one is known for these options. */
  readonly hessianLipschitz?: number;
}

/** The regularised population risk of a network, in the lemma's coordinates. */
export interface NetworkRisk extends RandomizedObjective {
  readonly layout: NetworkLayout;
  /** E[ℓ(p, y)] without the regularisation. */
  loss(x: Float64Array): number;
  /**
   * ∇²_b f, exact for the nodes: h₁ × h₁, row-major, symmetric up to rounding. Zero when b is frozen.
   *
   * Cost: per unit of the first layer, two products per deeper layer: a quarter of h₁ Hessian–vector products.
   */
  readonly shiftHessianInto: (out: Float64Array, x: Float64Array) => Float64Array;
  /** E ∇²_z ℓ, z the first layer's sums: `shiftHessianInto` whether or not b is frozen. */
  sumHessianInto(out: Float64Array, x: Float64Array): Float64Array;
  /** Predictions p at every node. `out` has one entry per node. */
  predictionsInto(out: Float64Array, x: Float64Array): Float64Array;
}

/**
 * Builds the regularised risk of a dense network of any depth as the lemma's objective.
 *
 *     f(W⊥, b; θ) = E ℓ(p(x), y) + λ‖W⊥‖² + λ∥‖W∥‖² + λ'‖(W₂, b₂, …, a, c)‖²,  z₁ = W⊥x⊥ + W∥x∥ + b
 *
 * W⊥ is the lemma's W, b its shift, everything else its rest. The expectation is a weighted sum over `nodes`,
 * and value, gradient and Hessian–vector product are exact for that sum; how far it is from the expectation is
 * what `expectationErrorAt` says.
 *
 * @throws RangeError for sizes that do not fit, negative regularisation, or labels other than ±1 for a loss that
 * needs them
 * Source: Tsikouras et al., arXiv 2510.19382v2, section 4; the Hessian product is forward over reverse
 * (Pearlmutter 1994, Fast exact multiplication by the Hessian). Notation: regularization ↔ λ,
 * relevantDimension ↔ k.
 * Cost: a gradient is three products per layer and node, a Hessian–vector product eight.
 */
export function networkRisk(options: NetworkRiskOptions): NetworkRisk {
  const { inputDimension, relevantDimension, loss, regularization } = options;
  const layout = networkLayout(inputDimension, relevantDimension, options.widths);
  const relevantRegularization = options.relevantRegularization ?? regularization;
  const deeperRegularization = options.deeperRegularization ?? 0;
  checkWithin('regularization', regularization, 0, Number.MAX_VALUE);
  checkWithin('relevantRegularization', relevantRegularization, 0, Number.MAX_VALUE);
  checkWithin('deeperRegularization', deeperRegularization, 0, Number.MAX_VALUE);
  const noise = options.noise ?? noiseless;
  const label = (nodes: NodeSet) =>
    labelNodes(nodes, inputDimension, relevantDimension, options.teacher, noise);
  const nodes = label(options.nodes);
  if (loss.binaryLabels) checkBinary(nodes.labels, noise);
  const frozen = layout.blocks.filter((block) => options.frozen?.includes(block.name) ?? false);
  const penalty = penaltyWeights(layout, regularization, relevantRegularization, deeperRegularization);
  const problem = { layout, activation: options.activation, loss, nodes, noise };
  const memory = passMemory(problem);
  const { passes, tangents, batches } = memory;
  const free = new Float64Array(layout.dimension);
  // The other rules' workspaces are large and often not needed: they are made at their first use.
  let others: readonly NetworkTangent[] | undefined;
  const otherTangents = (): readonly NetworkTangent[] => {
    others ??= [options.refinedNodes, options.alternateNodes]
      .filter((rule) => rule !== undefined)
      .map((rule) => networkTangent(networkPass({ ...problem, nodes: label(rule) })));
    return others;
  };

  function freezeInto(out: Float64Array): Float64Array {
    for (const block of frozen) out.fill(0, block.start, block.start + block.rows * block.columns);
    return out;
  }

  function lossAt(x: Float64Array): number {
    let total = 0;
    memory.moveTo(x);
    for (let i = 0; i < batches; i++) total += batchLoss(passes[memory.passOver(i, false)]);
    return total;
  }

  const objective: NetworkRisk = {
    layout,
    dimension: layout.dimension,
    weights: {
      kind: 'matrix',
      start: layout.weights.start,
      rows: layout.weights.rows,
      columns: layout.weights.columns,
    },
    shift: { start: layout.shift.start, length: layout.shift.rows },
    regularization,
    ...(options.hessianLipschitz === undefined ? {} : { hessianLipschitz: options.hessianLipschitz }),
    loss: lossAt,
    value(x) {
      let total = lossAt(x);
      for (let i = 0; i < x.length; i++) total += penalty[i] * x[i] * x[i];
      return total;
    },
    gradientInto(out, x) {
      for (let i = 0; i < x.length; i++) out[i] = 2 * penalty[i] * x[i];
      memory.moveTo(x);
      for (let i = 0; i < batches; i++) addGradientInto(out, passes[memory.passOver(i, true)]);
      return freezeInto(out);
    },
    hessianVectorInto(out, x, direction) {
      free.set(direction);
      freezeInto(free);
      for (let i = 0; i < x.length; i++) out[i] = 2 * penalty[i] * free[i];
      memory.moveTo(x);
      for (let i = 0; i < batches; i++) hessianVectorInto(out, tangents[memory.passOver(i, true)], free);
      return freezeInto(out);
    },
    shiftHessianInto(out, x) {
      return frozen.includes(layout.shift) ? out.fill(0) : objective.sumHessianInto(out, x);
    },
    sumHessianInto(out, x) {
      checkLength('out', out, layout.shift.rows ** 2);
      memory.forget();
      shiftHessianOver(out, tangents[0], x);
      return out;
    },
    predictionsInto(out, x) {
      checkInteger('out.length', out.length, nodes.count, nodes.count);
      memory.moveTo(x);
      for (let i = 0; i < batches; i++) {
        const pass = passes[memory.passOver(i, false)];
        const rows = pass.irrelevant.rows;
        for (let n = 0; n < rows; n++) out[pass.start + n] = pass.predictions[n];
      }
      return out;
    },
    expectationErrorAt(x): ExpectationError {
      memory.forget();
      return options.refinedNodes === undefined
        ? standardErrors(tangents[0], x)
        : refinementError(tangents[0], otherTangents(), x);
    },
  };
  return objective;
}

/** The factor of x_i² in the regularisation. */
function penaltyWeights(layout: NetworkLayout, irrelevant: number, relevant: number, deeper: number) {
  const penalty = new Float64Array(layout.dimension).fill(deeper);
  penalty.fill(irrelevant, 0, layout.shift.start);
  penalty.fill(0, layout.shift.start, layout.relevant.start);
  const end = layout.relevant.start + layout.relevant.rows * layout.relevant.columns;
  return penalty.fill(relevant, layout.relevant.start, end);
}

function checkBinary(labels: Float64Array, noise: LabelNoise): void {
  for (const label of labels) {
    for (let j = 0; j < noise.weights.length; j++) {
      const noisy = noise.scales[j] * label + noise.offsets[j];
      if (Math.abs(noisy) !== 1) throw new RangeError(`labels: expected -1 or 1 for this loss, got ${noisy}`);
    }
  }
}
