import {
  isLeftTransposed,
  type MatrixView,
  multiplyInto,
  rowMajor,
} from '../../../numerics/linalg/matrixView.ts';
import { simdLeastSize, simdProducts } from '../../../numerics/linalg/simdProducts.ts';
import type { LabelledNodes, LabelNoise } from '../risk/labelledNodes.ts';
import type { Activation } from './activations.ts';
import type { Loss } from './losses.ts';
import type { NetworkLayout } from './networkLayout.ts';
import { bindInto, type ParameterViews, parameterViews } from './parameterViews.ts';

/** What a risk averages: a network, its loss and the labelled nodes. */
export interface NetworkProblem {
  readonly layout: NetworkLayout;
  readonly activation: Activation;
  readonly loss: Loss;
  readonly nodes: LabelledNodes;
  readonly noise: LabelNoise;
}

/**
 * Workspace of one batch of nodes: what forward and backward passes leave for each other.
 *
 * Rows are nodes of the batch, columns units. After `backwardInto`, `slope` holds ∂(weighted loss)/∂z and
 * `curvature` holds ∂(weighted loss)/∂h ⊙ σ''(z), which is what second derivatives need.
 */
export interface NetworkPass {
  readonly problem: NetworkProblem;
  /** Most nodes a batch holds. */
  readonly batch: number;
  /** Products of this pass: by vector instructions where they are large. */
  readonly multiplyInto: typeof multiplyInto;
  readonly parameters: ParameterViews;
  readonly gradient: ParameterViews;
  /** Input coordinates of the current batch, laid over the nodes. */
  readonly irrelevant: MatrixView;
  readonly relevant: MatrixView;
  readonly sums: MatrixView;
  readonly hidden: readonly MatrixView[];
  readonly first: readonly MatrixView[];
  readonly curvature: readonly MatrixView[];
  readonly slope: readonly MatrixView[];
  readonly predictions: Float64Array;
  /** ∂(weighted loss)/∂p and its derivative, per node of the batch. */
  readonly lossSlope: Float64Array;
  readonly lossCurvature: Float64Array;
  /** First node of the batch. */
  start: number;
}

/** About 512 kB a layer: a batch that stays in a core's cache while it goes through the layers and back. */
const batchNumbers = 65536;

/** Plain blocked products where all are small; else each by what is faster for its size. */
function productsFor(batch: number, layout: NetworkLayout): typeof multiplyInto {
  if (Math.min(batch, Math.max(...layout.widths)) < simdLeastSize) return multiplyInto;
  const simd = simdProducts();
  return (out, a, b, form, mode) => {
    const inner = isLeftTransposed(form) ? a.rows : a.columns;
    const large = Math.min(out.rows, out.columns, inner) >= simdLeastSize;
    const product = large ? simd.multiplyInto : multiplyInto;
    return product(out, a, b, form, mode);
  };
}

/** Allocates the workspace of a problem. Cost: five arrays of batch × width per hidden layer. */
export function networkPass(problem: NetworkProblem): NetworkPass {
  const { layout, nodes } = problem;
  const widest = Math.max(...layout.widths);
  const batch = Math.min(nodes.count, Math.max(16, Math.floor(batchNumbers / widest)));
  const perLayer = () => layout.widths.map((h) => rowMajor(new Float64Array(batch * h), 0, batch, h));
  const k = layout.relevantDimension;
  return {
    problem,
    batch,
    multiplyInto: productsFor(batch, layout),
    parameters: parameterViews(layout),
    gradient: parameterViews(layout),
    irrelevant: rowMajor(nodes.irrelevant, 0, batch, layout.inputDimension - k),
    relevant: rowMajor(nodes.relevant, 0, batch, k),
    sums: rowMajor(new Float64Array(batch * widest), 0, batch, widest),
    hidden: perLayer(),
    first: perLayer(),
    curvature: perLayer(),
    slope: perLayer(),
    predictions: new Float64Array(batch),
    lossSlope: new Float64Array(batch),
    lossCurvature: new Float64Array(batch),
    start: 0,
  };
}

/** Points the pass at `count` nodes from `start`. */
export function selectBatchInto(pass: NetworkPass, start: number, count: number): NetworkPass {
  pass.start = start;
  pass.irrelevant.offset = start * pass.irrelevant.columns;
  pass.relevant.offset = start * pass.relevant.columns;
  pass.irrelevant.rows = count;
  pass.relevant.rows = count;
  for (let l = 0; l < pass.hidden.length; l++) {
    pass.hidden[l].rows = count;
    pass.first[l].rows = count;
    pass.curvature[l].rows = count;
    pass.slope[l].rows = count;
  }
  return pass;
}

/** Sets every row of a row-major view to the `columns` numbers of `source` from `offset`. */
export function fillRowsInto(out: MatrixView, source: Float64Array, offset: number): MatrixView {
  const data = out.data;
  const columns = out.columns;
  for (let n = 0, r = 0; n < out.rows; n++) {
    for (let i = 0; i < columns; i++, r++) data[r] = source[offset + i];
  }
  return out;
}

/**
 * Writes z₁ = X⊥W⊥ᵀ + X∥W∥ᵀ + b of the batch into `out` (rows × h₁).
 *
 * Used with parameters for the forward pass and with a direction for its tangent.
 */
export function firstSumsInto(out: MatrixView, pass: NetworkPass, parameters: ParameterViews): MatrixView {
  fillRowsInto(out, parameters.data, parameters.shiftStarts[0]);
  pass.multiplyInto(out, pass.irrelevant, parameters.weights, 'ABᵀ', 'add');
  if (pass.relevant.columns > 0) pass.multiplyInto(out, pass.relevant, parameters.relevant, 'ABᵀ', 'add');
  return out;
}

/** Forward pass of the selected batch at the parameters: hidden values, derivatives, predictions. */
export function forwardInto(pass: NetworkPass, x: Float64Array): NetworkPass {
  const { layout, activation } = pass.problem;
  const parameters = bindInto(pass.parameters, x);
  const depth = layout.widths.length;
  const rows = pass.irrelevant.rows;
  for (let l = 0; l < depth; l++) {
    // The slope's array is free until the backward pass: it holds z for a moment.
    const z = pass.slope[l];
    if (l === 0) firstSumsInto(z, pass, parameters);
    else {
      fillRowsInto(z, x, parameters.shiftStarts[l]);
      pass.multiplyInto(z, pass.hidden[l - 1], parameters.deeper[l], 'ABᵀ', 'add');
    }
    activation.jetsInto(
      pass.hidden[l].data,
      pass.first[l].data,
      pass.curvature[l].data,
      z.data,
      rows * layout.widths[l],
    );
  }
  const top = pass.hidden[depth - 1];
  const a = layout.outputWeights.start;
  const shift = x[layout.outputShift.start];
  for (let n = 0, r = 0; n < rows; n++) {
    let sum = shift;
    for (let i = 0; i < top.columns; i++, r++) sum += x[a + i] * top.data[r];
    pass.predictions[n] = sum;
  }
  return pass;
}

/** The batch's share of E[ℓ(p, y)] after `forwardInto`. */
export function batchLoss(pass: NetworkPass): number {
  const { loss, nodes, noise } = pass.problem;
  let total = 0;
  for (let n = 0; n < pass.irrelevant.rows; n++) {
    const y = nodes.labels[pass.start + n];
    let value = 0;
    for (let j = 0; j < noise.weights.length; j++) {
      value += noise.weights[j] * loss.value(pass.predictions[n], noise.scales[j] * y + noise.offsets[j]);
    }
    total += nodes.weights[pass.start + n] * value;
  }
  return total;
}

/**
 * Backward pass of the selected batch after `forwardInto`: fills `slope`, `curvature`, `lossSlope` and
 * `lossCurvature`. The gradient itself is `addGradientInto`; second derivatives need only this.
 */
export function backwardInto(pass: NetworkPass): NetworkPass {
  const { layout, loss, nodes, noise } = pass.problem;
  const parameters = pass.parameters;
  const x = parameters.data;
  const rows = pass.irrelevant.rows;
  const depth = layout.widths.length;
  const a = layout.outputWeights.start;
  // Derivatives of the loss, averaged over the label noise.
  for (let n = 0; n < rows; n++) {
    const y = nodes.labels[pass.start + n];
    const p = pass.predictions[n];
    let g = 0;
    let q = 0;
    for (let j = 0; j < noise.weights.length; j++) {
      const label = noise.scales[j] * y + noise.offsets[j];
      g += noise.weights[j] * loss.first(p, label);
      q += noise.weights[j] * loss.second(p, label);
    }
    pass.lossSlope[n] = nodes.weights[pass.start + n] * g;
    pass.lossCurvature[n] = nodes.weights[pass.start + n] * q;
  }
  const top = pass.slope[depth - 1];
  for (let n = 0, r = 0; n < rows; n++) {
    for (let i = 0; i < top.columns; i++, r++) top.data[r] = pass.lossSlope[n] * x[a + i];
  }
  for (let l = depth - 1; l >= 0; l--) {
    const slope = pass.slope[l];
    throughActivationInto(slope.data, pass.curvature[l].data, pass.first[l].data, rows * slope.columns);
    if (l > 0) pass.multiplyInto(pass.slope[l - 1], slope, parameters.deeper[l], 'AB', 'set');
  }
  return pass;
}

/** Adds the batch's share of the gradient to `out`, after `backwardInto`. */
export function addGradientInto(out: Float64Array, pass: NetworkPass): Float64Array {
  const { layout } = pass.problem;
  const gradient = bindInto(pass.gradient, out);
  const depth = layout.widths.length;
  const a = layout.outputWeights.start;
  const c = layout.outputShift.start;
  const top = pass.hidden[depth - 1];
  for (let n = 0, r = 0; n < top.rows; n++) {
    const g = pass.lossSlope[n];
    out[c] += g;
    for (let i = 0; i < top.columns; i++, r++) out[a + i] += g * top.data[r];
  }
  for (let l = 0; l < depth; l++) {
    addColumnSumsInto(out, gradient.shiftStarts[l], pass.slope[l]);
    if (l > 0) pass.multiplyInto(gradient.deeper[l], pass.slope[l], pass.hidden[l - 1], 'AᵀB', 'add');
  }
  pass.multiplyInto(gradient.weights, pass.slope[0], pass.irrelevant, 'AᵀB', 'add');
  if (pass.relevant.columns > 0) {
    pass.multiplyInto(gradient.relevant, pass.slope[0], pass.relevant, 'AᵀB', 'add');
  }
  return out;
}

/** With e = ∂/∂h in `slope`: curvature ← e ⊙ σ'', slope ← e ⊙ σ'. */
function throughActivationInto(
  slope: Float64Array,
  curvature: Float64Array,
  first: Float64Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const e = slope[i];
    curvature[i] *= e;
    slope[i] = e * first[i];
  }
}

/** Adds the sum over rows of each column to `out` from `offset`. */
export function addColumnSumsInto(out: Float64Array, offset: number, matrix: MatrixView): Float64Array {
  const data = matrix.data;
  const columns = matrix.columns;
  for (let n = 0, r = 0; n < matrix.rows; n++) {
    for (let i = 0; i < columns; i++, r++) out[offset + i] += data[r];
  }
  return out;
}
