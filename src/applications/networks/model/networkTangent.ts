import { type MatrixView, rowMajor } from '../../../numerics/linalg/matrixView.ts';
import { addColumnSumsInto, fillRowsInto, firstSumsInto, type NetworkPass } from './networkPass.ts';
import { bindInto, type ParameterViews, parameterViews } from './parameterViews.ts';

/** Workspace of the derivative of a pass along a direction. */
export interface NetworkTangent {
  readonly pass: NetworkPass;
  readonly direction: ParameterViews;
  readonly product: ParameterViews;
  /** ż, ḣ and the derivative of `slope`, per hidden layer. */
  readonly sums: readonly MatrixView[];
  readonly hidden: readonly MatrixView[];
  readonly slope: readonly MatrixView[];
}

/** Allocates the workspace. Cost: three arrays of batch × width per hidden layer. */
export function networkTangent(pass: NetworkPass): NetworkTangent {
  const { layout } = pass.problem;
  const perLayer = () =>
    layout.widths.map((h) => rowMajor(new Float64Array(pass.batch * h), 0, pass.batch, h));
  return {
    pass,
    direction: parameterViews(layout),
    product: parameterViews(layout),
    sums: perLayer(),
    hidden: perLayer(),
    slope: perLayer(),
  };
}

function sizeInto(tangent: NetworkTangent): void {
  const rows = tangent.pass.irrelevant.rows;
  for (let l = 0; l < tangent.sums.length; l++) {
    tangent.sums[l].rows = rows;
    tangent.hidden[l].rows = rows;
    tangent.slope[l].rows = rows;
  }
}

/**
 * Adds the batch's share of ∇²(risk)·direction to `out`, after `forwardInto` and `backwardInto` at the point.
 *
 * Forward over reverse: the derivative along the direction of every line of the two passes.
 *
 * Cost: per hidden layer after the first, six products of the layer's size.
 */
export function hessianVectorInto(
  out: Float64Array,
  tangent: NetworkTangent,
  direction: Float64Array,
): Float64Array {
  const { pass } = tangent;
  const { layout } = pass.problem;
  const parameters = pass.parameters;
  const v = bindInto(tangent.direction, direction);
  const product = bindInto(tangent.product, out);
  const x = parameters.data;
  const depth = layout.widths.length;
  const rows = pass.irrelevant.rows;
  const a = layout.outputWeights.start;
  const c = layout.outputShift.start;
  sizeInto(tangent);
  for (let l = 0; l < depth; l++) {
    const sums = tangent.sums[l];
    if (l === 0) firstSumsInto(sums, pass, v);
    else {
      fillRowsInto(sums, direction, v.shiftStarts[l]);
      pass.multiplyInto(sums, pass.hidden[l - 1], v.deeper[l], 'ABᵀ', 'add');
      pass.multiplyInto(sums, tangent.hidden[l - 1], parameters.deeper[l], 'ABᵀ', 'add');
    }
    scaledInto(tangent.hidden[l].data, sums.data, pass.first[l].data, rows * sums.columns);
  }
  // Output layer: ṗ, then the derivative of the loss's slope.
  const top = pass.hidden[depth - 1];
  const topTangent = tangent.hidden[depth - 1];
  for (let n = 0; n < rows; n++) {
    const r = n * top.columns;
    let change = direction[c];
    for (let i = 0; i < top.columns; i++) {
      change += x[a + i] * topTangent.data[r + i] + direction[a + i] * top.data[r + i];
    }
    const g = pass.lossSlope[n];
    const dg = pass.lossCurvature[n] * change;
    out[c] += dg;
    for (let i = 0; i < top.columns; i++) {
      out[a + i] += dg * top.data[r + i] + g * topTangent.data[r + i];
      tangent.slope[depth - 1].data[r + i] = dg * x[a + i] + g * direction[a + i];
    }
  }
  for (let l = depth - 1; l >= 0; l--) {
    const slope = tangent.slope[l];
    const z = tangent.sums[l].data;
    curvedInto(slope.data, pass.first[l].data, pass.curvature[l].data, z, rows * slope.columns);
    addColumnSumsInto(out, parameters.shiftStarts[l], slope);
    if (l > 0) {
      pass.multiplyInto(product.deeper[l], slope, pass.hidden[l - 1], 'AᵀB', 'add');
      pass.multiplyInto(product.deeper[l], pass.slope[l], tangent.hidden[l - 1], 'AᵀB', 'add');
      pass.multiplyInto(tangent.slope[l - 1], slope, parameters.deeper[l], 'AB', 'set');
      pass.multiplyInto(tangent.slope[l - 1], pass.slope[l], v.deeper[l], 'AB', 'add');
    } else {
      pass.multiplyInto(product.weights, slope, pass.irrelevant, 'AᵀB', 'add');
      if (pass.relevant.columns > 0) {
        pass.multiplyInto(product.relevant, slope, pass.relevant, 'AᵀB', 'add');
      }
    }
  }
  return out;
}

/**
 * Adds the batch's share of ∇²_b(risk) to `out` (h₁ × h₁, row-major), after `forwardInto` and `backwardInto`.
 *
 * The same recursion as `hessianVectorInto` along each unit vector of b, where only h itself moves: no direction
 * reaches a weight, so each layer costs two products rather than six.
 *
 * @returns the sum over nodes of the squared Frobenius norm of the node's share, for standard errors
 */
export function shiftHessianInto(out: Float64Array, tangent: NetworkTangent): number {
  const { pass } = tangent;
  const { layout } = pass.problem;
  const parameters = pass.parameters;
  const x = parameters.data;
  const depth = layout.widths.length;
  const rows = pass.irrelevant.rows;
  const h = layout.widths[0];
  const a = layout.outputWeights.start;
  const top = layout.widths[depth - 1];
  let spread = 0;
  sizeInto(tangent);
  for (let i = 0; i < h; i++) {
    tangent.hidden[0].data.fill(0, 0, rows * h);
    for (let n = 0; n < rows; n++) tangent.hidden[0].data[n * h + i] = pass.first[0].data[n * h + i];
    for (let l = 1; l < depth; l++) {
      const sums = tangent.sums[l];
      if (l === 1) spreadColumnInto(sums, pass.first[0], i, parameters.deeper[1]);
      else pass.multiplyInto(sums, tangent.hidden[l - 1], parameters.deeper[l], 'ABᵀ', 'set');
      scaledInto(tangent.hidden[l].data, sums.data, pass.first[l].data, rows * sums.columns);
    }
    for (let n = 0; n < rows; n++) {
      const r = n * top;
      let change = 0;
      for (let j = 0; j < top; j++) change += x[a + j] * tangent.hidden[depth - 1].data[r + j];
      const dg = pass.lossCurvature[n] * change;
      for (let j = 0; j < top; j++) tangent.slope[depth - 1].data[r + j] = dg * x[a + j];
    }
    for (let l = depth - 1; l > 0; l--) {
      const slope = tangent.slope[l];
      const z = tangent.sums[l].data;
      curvedInto(slope.data, pass.first[l].data, pass.curvature[l].data, z, rows * slope.columns);
      pass.multiplyInto(tangent.slope[l - 1], slope, parameters.deeper[l], 'AB', 'set');
    }
    const slope = tangent.slope[0].data;
    for (let n = 0; n < rows; n++) {
      for (let j = 0; j < h; j++) {
        const r = n * h + j;
        const share = slope[r] * pass.first[0].data[r] + (j === i ? pass.curvature[0].data[r] : 0);
        out[i * h + j] += share;
        spread += share * share;
      }
    }
  }
  return spread;
}

/** sums[n, j] = first[n, i]·weights[j, i]: what a unit change of b_i does to the second layer's sums. */
function spreadColumnInto(sums: MatrixView, first: MatrixView, i: number, weights: MatrixView): void {
  for (let n = 0, r = 0; n < sums.rows; n++) {
    const scale = first.data[n * first.columns + i];
    let w = weights.offset + i;
    for (let j = 0; j < sums.columns; j++, r++, w += weights.rowStride) {
      sums.data[r] = scale * weights.data[w];
    }
  }
}

/** out ← a ⊙ b. */
function scaledInto(out: Float64Array, a: Float64Array, b: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) out[i] = a[i] * b[i];
}

/** With ė = d(∂/∂h) in `slope`: slope ← ė ⊙ σ' + (e ⊙ σ'') ⊙ ż. */
function curvedInto(
  slope: Float64Array,
  first: Float64Array,
  curvature: Float64Array,
  z: Float64Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) slope[i] = slope[i] * first[i] + curvature[i] * z[i];
}
