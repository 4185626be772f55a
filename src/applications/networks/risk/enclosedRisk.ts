import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import type { NodeSet } from '../../../lemma/nodeExpectation.ts';
import { lqFactorInto } from '../../../numerics/linalg/lqFactor.ts';
import { gaussianTrapezoid } from '../../../numerics/quadrature/gaussianTrapezoid.ts';
import { type TrapezoidError, trapezoidError } from '../../../numerics/quadrature/trapezoidError.ts';
import { derivativeForms, expectedSuprema, type NetworkSizes } from '../model/derivativeBounds.ts';
import { type NetworkLayout, networkLayout } from '../model/networkLayout.ts';
import { type NetworkMagnitudes, stripSuprema } from '../model/stripBounds.ts';
import type { GaussianRiskOptions } from './gaussianRisk.ts';
import { labelNodes } from './labelledNodes.ts';
import { type NetworkRisk, networkRisk } from './networkRisk.ts';
import { crossedNodes } from './productNodes.ts';

/** A network's risk for Gaussian ignored inputs; the rule for them is chosen at each point. */
export type EnclosedRiskOptions = Omit<GaussianRiskOptions, 'nodesPerAxis' | 'arrange' | 'hessianLipschitz'>;

/** How far derivatives at a point may be from those of the expectation: proven bounds. */
export interface EnclosureErrors {
  /** Of ∇_{W⊥} f, in Frobenius norm. */
  readonly weightGradient: number;
  /** Of E∇²_z ℓ, in spectral norm. */
  readonly shiftHessian: number;
  /** Of ∇f and ∇²f over all parameters. */
  readonly gradient: number;
  readonly hessian: number;
}

/** The risk at one point, in the principal axes of W⊥, with a proven error. */
export interface EnclosedRisk {
  /** Of the same network on inputs (x∥, ξ), W⊥x⊥ = UΣξ; `expectationErrorAt` gives the proven errors of this point. */
  readonly risk: NetworkRisk;
  /** (UΣ, …). */
  readonly point: Float64Array;
  readonly errors: EnclosureErrors;
  /** d − k − min(h₁, d − k): directions of W⊥ along which the Hessian is E∇²_z ℓ + 2λ. */
  readonly outside: number;
}

/** Steps that a rule may have. */
const steps = [0.9, 0.75, 0.6, 0.5, 0.4, 0.32, 0.25, 0.2, 0.16, 0.125, 0.1, 0.08, 0.06];
/** Half-widths of strips tried, in units of 2π/step, where e^{a²/2 − 2πa/step} is smallest. */
const fractions = [1, 0.8, 0.6, 0.5, 0.4, 0.3, 0.22, 0.16, 0.12, 0.08];
/** Most points of a rule. */
const mostNodes = 30_000;

/**
 * Builds the risk at a point with rules for ξ whose error is bounded by a proof, axis by axis.
 *
 * In the principal axes W⊥ = UΣVᵀ the j-th coordinate of ξ moves the sums by σ_j u_j: the integrand is analytic in a
 * strip whose width is inverse to σ_j, and the trapezoidal rule's step is chosen by it. Along one axis after the other,
 *
 *     I − Q₁ ⊗ … ⊗ Q_r = Σ_j Q₁ ⊗ … ⊗ Q_{j−1} ⊗ (I − Q_j) ⊗ I ⊗ … ⊗ I,
 *
 * so that errors add up. The law of x∥ is taken as it is given, without error.
 *
 * Guarantee: derivatives of `risk` at `point` are within `errors` of the expectation's, rounding included.
 *
 * @param tolerance what every error of the W⊥-gradient and of E∇²_z ℓ should be at most
 * @returns nothing where no rule of at most 30,000 points has such errors, or no bound is known for the functions
 */
export function enclosedRisk(
  options: EnclosedRiskOptions,
  x: Float64Array,
  tolerance: number,
): EnclosedRisk | undefined {
  const layout = networkLayout(options.inputDimension, options.relevantDimension, options.widths);
  const { axes, columns, deviations } = principalAxes(layout, x);
  const k = options.relevantDimension;
  const core = networkLayout(k + axes, k, options.widths);
  const point = new Float64Array(core.dimension);
  point.set(columns);
  point.set(x.subarray(layout.shift.start), core.shift.start);
  const bounds = new PointBounds(options, core, point);
  let nodes: NodeSet = options.relevantLaw;
  let dimension = k;
  const errors = { weightGradient: 0, shiftHessian: 0, gradient: 0, hessian: 0 };
  for (let j = 0; j < axes; j++) {
    const height = deviations[j] * largestEntry(columns, axes, j, deviations[j]);
    const axis = bounds.axis(height, tolerance / axes);
    if (axis === undefined) return undefined;
    for (const name of ['weightGradient', 'shiftHessian', 'gradient', 'hessian'] as const) {
      errors[name] += axis.errors[name];
    }
    const rule = gaussianTrapezoid(axis.step);
    if (nodes.weights.length * rule.nodes.length > mostNodes) return undefined;
    nodes = crossedNodes(nodes, dimension, { points: rule.nodes, weights: rule.weights }, 1);
    dimension++;
  }
  for (const name of ['weightGradient', 'shiftHessian', 'gradient', 'hessian'] as const) {
    errors[name] += bounds.rounding(nodes.weights.length, name);
  }
  const { relevantLaw: _, ...rest } = options;
  const risk = networkRisk({ ...rest, inputDimension: k + axes, nodes, refinedNodes: nodes });
  const { weightGradient, shiftHessian } = errors;
  return {
    risk: {
      ...risk,
      expectationErrorAt: () => ({ weightGradient, shiftHessian, method: 'enclosure' }),
    },
    point,
    errors,
    outside: layout.weights.columns - axes,
  };
}

/** W⊥ = UΣVᵀ: r = min(h₁, d − k), UΣ (h₁ × r, row-major) and the diagonal of Σ. */
export function principalAxes(
  layout: NetworkLayout,
  x: Float64Array,
): { readonly axes: number; readonly columns: Float64Array; readonly deviations: readonly number[] } {
  const { rows: h, columns: m } = layout.weights;
  const axes = Math.min(h, m);
  let wide = m;
  let data = x.subarray(0, h * m);
  if (h < m) {
    data = new Float64Array(h * h);
    lqFactorInto(data, new Float64Array(h * m), x, h);
    wide = h;
  }
  const matrix = new Matrix(
    Array.from({ length: h }, (_, i) => Array.from(data.subarray(i * wide, (i + 1) * wide))),
  );
  const svd = new SingularValueDecomposition(matrix, { autoTranspose: true });
  const columns = new Float64Array(h * axes);
  for (let i = 0; i < h; i++) {
    for (let j = 0; j < axes; j++) {
      columns[i * axes + j] = svd.leftSingularVectors.get(i, j) * svd.diagonal[j];
    }
  }
  return { axes, columns, deviations: svd.diagonal };
}

/** The largest size of a label. */
function largestLabel({ relevantLaw, relevantDimension: k, teacher, noise }: EnclosedRiskOptions): number {
  const { weights } = relevantLaw;
  const law = k > 0 ? relevantLaw : { points: new Float64Array(weights.length), weights };
  return labelNodes(law, Math.max(1, k), k, teacher, noise).largestLabel;
}

/** max_i |U_ij|. */
function largestEntry(columns: Float64Array, axes: number, j: number, deviation: number): number {
  if (deviation === 0) return 1;
  let largest = 0;
  for (let i = j; i < columns.length; i += axes) largest = Math.max(largest, Math.abs(columns[i]));
  return largest / deviation;
}

/** Bounds of the integrands at a point: of ∇ and ∇² in the first layer's sums, and in all parameters. */
class PointBounds {
  readonly #options: EnclosedRiskOptions;
  readonly #core: NetworkLayout;
  readonly #magnitudes: NetworkMagnitudes;
  readonly #norms: readonly number[];
  /** E‖(x∥, 1)‖². */
  readonly #relevantMoment: number;

  constructor(options: EnclosedRiskOptions, core: NetworkLayout, x: Float64Array) {
    this.#options = options;
    this.#core = core;
    const layers = [...core.deeperWeights, core.outputWeights];
    const sizes = layers.map(({ start, rows, columns }) => {
      let rowSum = 0;
      let squared = 0;
      for (let i = 0; i < rows; i++) {
        let total = 0;
        for (let j = 0; j < columns; j++) {
          const entry = x[start + i * columns + j];
          total += Math.abs(entry);
          squared += entry * entry;
        }
        rowSum = Math.max(rowSum, total);
      }
      return { rowSum, norm: Math.sqrt(squared) };
    });
    this.#norms = sizes.map(({ norm }) => norm);
    this.#magnitudes = {
      rowSums: sizes.map(({ rowSum }) => rowSum),
      outputShift: Math.abs(x[core.outputShift.start]),
      largestLabel: largestLabel(options),
    };
    const { points, weights } = options.relevantLaw;
    const k = options.relevantDimension;
    let moment = 1;
    for (let n = 0; n < weights.length; n++) {
      for (let j = 0; j < k; j++) moment += weights[n] * points[n * k + j] ** 2;
    }
    this.#relevantMoment = moment;
  }

  /** The longest step along an axis whose sums move by at most `height` a unit, with errors below the tolerance. */
  axis(height: number, tolerance: number): { step: number; errors: EnclosureErrors } | undefined {
    for (const step of steps) {
      let best: EnclosureErrors | undefined;
      for (const fraction of fractions) {
        const rule = trapezoidError(step, (fraction * 2 * Math.PI) / step);
        const errors = this.#errors(height, rule);
        if (errors === undefined) continue;
        if (best === undefined || errors.shiftHessian < best.shiftHessian) best = errors;
      }
      if (best !== undefined && Math.max(best.weightGradient, best.shiftHessian) <= tolerance) {
        return { step, errors: best };
      }
    }
    return undefined;
  }

  #errors(height: number, { halfWidth, factor }: TrapezoidError): EnclosureErrors | undefined {
    const sizes = this.#suprema(halfWidth * height, halfWidth);
    if (sizes === undefined) return undefined;
    return {
      // |Σ V_ik δ_i ξ_k| ≤ ‖δ‖‖Vξ‖, and E‖ξ + i a e_j‖ ≤ √r + a; a hundredth for the moments of rules.
      weightGradient: factor * sizes.slope * (1.01 * Math.sqrt(this.#core.weights.columns) + halfWidth),
      shiftHessian: factor * sizes.curvature,
      gradient: factor * sizes.gradient,
      hessian: factor * sizes.hessian,
    };
  }

  /** Bounds of the integrands where sums lie in a strip of the given height and ξ in one of the given half-width. */
  #suprema(height: number, halfWidth: number) {
    const { activation, loss, widths } = this.#options;
    const inStrip = stripSuprema(activation, loss, widths.length, this.#magnitudes, height);
    if (inStrip === undefined) return undefined;
    const sizes: NetworkSizes = {
      ...inStrip,
      widths,
      norms: this.#norms,
      squash: [1, 0, 0],
      moves: 'sums',
    };
    const [slope, curvature] = expectedSuprema(derivativeForms(sizes), [1, 1, 1, 1]);
    const second = this.#relevantMoment + 1.02 * this.#core.weights.columns + halfWidth ** 2;
    const all = derivativeForms({ ...sizes, moves: 'everything' });
    const [gradient, hessian] = expectedSuprema(all, [1, Math.sqrt(second), second, 0]);
    return { slope, curvature, gradient, hessian };
  }

  /** Rounding of a sum over so many nodes, each of a network of so many parameters. */
  rounding(count: number, name: keyof EnclosureErrors): number {
    const sizes = this.#suprema(0, 0);
    if (sizes === undefined) return Number.POSITIVE_INFINITY;
    const size = {
      weightGradient: sizes.slope * Math.sqrt(this.#core.weights.columns),
      shiftHessian: sizes.curvature,
      gradient: sizes.gradient,
      hessian: sizes.hessian,
    }[name];
    return (count + 16 * this.#core.dimension) * Number.EPSILON * size;
  }
}
