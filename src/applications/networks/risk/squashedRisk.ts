import { checkAbove, checkInteger } from '../../../numerics/base/checks.ts';
import { gaussianGrid } from '../../../numerics/quadrature/gaussianGrid.ts';
import { derivativeForms, expectedSuprema } from '../model/derivativeBounds.ts';
import type { RiskConstants } from '../model/lipschitzConstants.ts';
import type { Block, BlockName, NetworkLayout } from '../model/networkLayout.ts';
import { type GaussianRiskOptions, gaussianRisk } from './gaussianRisk.ts';
import type { NetworkRisk } from './networkRisk.ts';

/** A network whose weights behind the first layer pass through a bounded function. */
export interface SquashedRiskOptions extends Omit<GaussianRiskOptions, 'relevantLaw' | 'hessianLipschitz'> {
  /** Gauss–Hermite nodes an axis for x∥, at least 3, which makes its moments up to the fourth those of N(0, I). */
  readonly relevantPerAxis: number;
  /** B > 0: weights of deeper layers and of the output enter as B·sin(w/B). */
  readonly weightBound: number;
}

/** A squashed network's risk, with the Lipschitz constants that it has over all of its parameters. */
export interface SquashedRisk extends NetworkRisk {
  readonly hessianLipschitz: number;
  readonly constants: RiskConstants;
}

/**
 * Builds the risk of a network whose deeper weights w enter as B·sin(w/B), all parameters trained, with L and K.
 *
 * A plain network of more than one trained layer has no global L: its weights multiply each other. Here they are
 * bounded, except for the first layer's, which multiply nothing but the input. The regularisation of deeper
 * parameters is that of w itself, whose second derivative is constant.
 *
 * Guarantee: ‖∇f(x) − ∇f(y)‖ ≤ L‖x − y‖ and ‖∇²f(x) − ∇²f(y)‖ ≤ K‖x − y‖ over all parameters, whatever d: with
 * x̃ = (x, 1), E‖V₁x̃‖² ≤ ‖V₁‖² and E‖V₁x̃‖⁴ ≤ 3‖V₁‖⁴, since x̃ has the moments of a Gaussian and a constant.
 * Infinite where a supremum of the activation or of the loss is.
 *
 * Source: the chain rule by `derivativeForms`. Notation: constants ↔ L and K of Definition 2.2.
 */
export function squashedRisk(options: SquashedRiskOptions): SquashedRisk {
  const { relevantPerAxis, weightBound, deeperRegularization = 0, ...rest } = options;
  checkInteger('relevantPerAxis', relevantPerAxis, 3);
  checkAbove('weightBound', weightBound, 0);
  const inner = gaussianRisk({
    ...rest,
    deeperRegularization: 0,
    relevantLaw: gaussianGrid(relevantPerAxis, options.relevantDimension),
  });
  const constants = squashedConstants(options);
  const { hessianLipschitz } = constants;
  const squash = { weightBound, deeperRegularization, frozen: options.frozen ?? [] };
  return { ...squashed(inner, squash), hessianLipschitz, constants };
}

/** How deeper weights are squashed, and what is added in terms of the weights themselves. */
export interface Squash {
  /** B > 0. */
  readonly weightBound: number;
  /** Factor of the squared norm of everything behind the first layer's sums. */
  readonly deeperRegularization: number;
  readonly frozen: readonly BlockName[];
}

/** The risk `inner`, which has no deeper regularisation, as a function of the weights before squashing. */
export function squashed(
  inner: NetworkRisk,
  { weightBound, deeperRegularization, frozen }: Squash,
): NetworkRisk {
  const held = inner.layout.blocks.filter(({ name }) => frozen.includes(name));
  const kernel = new SquashKernel(inner, weightBound, deeperRegularization);
  const freezeInto = (out: Float64Array): Float64Array => {
    for (const { start, rows, columns } of held) out.fill(0, start, start + rows * columns);
    return out;
  };
  return {
    ...inner,
    loss: (x) => inner.loss(kernel.squashed(x)),
    value: (x) => inner.value(kernel.squashed(x)) + kernel.penalty(x),
    gradientInto: (out, x) => freezeInto(kernel.gradientInto(out, x)),
    hessianVectorInto: (out, x, v) => freezeInto(kernel.hessianVectorInto(out, x, v)),
    shiftHessianInto: (out, x) => inner.shiftHessianInto(out, kernel.squashed(x)),
    sumHessianInto: (out, x) => inner.sumHessianInto(out, kernel.squashed(x)),
    predictionsInto: (out, x) => inner.predictionsInto(out, kernel.squashed(x)),
    expectationErrorAt: (x) => inner.expectationErrorAt(kernel.squashed(x)),
  };
}

/** The parameters of the plain network of which x are those before squashing: a fresh vector. */
export function squashedParameters(
  layout: NetworkLayout,
  weightBound: number,
  x: Float64Array,
): Float64Array {
  const out = x.slice();
  for (const { start, rows, columns } of [...layout.deeperWeights, layout.outputWeights]) {
    for (let i = start; i < start + rows * columns; i++) out[i] = weightBound * Math.sin(x[i] / weightBound);
  }
  return out;
}

function squashedConstants(options: SquashedRiskOptions): RiskConstants {
  const { widths, activation, loss, weightBound: B, regularization } = options;
  const forms = derivativeForms({
    widths,
    activation: widths.map(() => activation.suprema),
    // ‖B sin(W/B)‖₂ ≤ B√(rows·columns); the output has one row.
    norms: widths.map((width, l) => B * Math.sqrt(width * (widths[l + 1] ?? 1))),
    loss: loss.suprema,
    squash: [1, 1 / B, 1 / B ** 2],
    moves: 'everything',
  });
  const [, second, third] = expectedSuprema(forms, [1, 1, 1, 3 ** 0.75]);
  const { relevantRegularization = regularization, deeperRegularization = 0 } = options;
  const penalty = 2 * Math.max(regularization, relevantRegularization, deeperRegularization);
  return { gradientLipschitz: second + penalty, hessianLipschitz: third };
}

/** The chain rule through the squashing, on buffers of its own. */
class SquashKernel {
  readonly #inner: NetworkRisk;
  readonly #bound: number;
  readonly #regularization: number;
  readonly #squashed: readonly Block[];
  readonly #values: Float64Array;
  readonly #slopes: Float64Array;
  readonly #curvatures: Float64Array;
  readonly #gradient: Float64Array;
  readonly #moved: Float64Array;
  /** First coordinate behind the first layer. */
  readonly #deeper: number;

  constructor(inner: NetworkRisk, bound: number, regularization: number) {
    const { layout, dimension } = inner;
    this.#inner = inner;
    this.#bound = bound;
    this.#regularization = regularization;
    this.#squashed = [...layout.deeperWeights, layout.outputWeights];
    this.#values = new Float64Array(dimension);
    this.#slopes = new Float64Array(dimension).fill(1);
    this.#curvatures = new Float64Array(dimension);
    this.#gradient = new Float64Array(dimension);
    this.#moved = new Float64Array(dimension);
    this.#deeper = layout.relevant.start + layout.relevant.rows * layout.relevant.columns;
  }

  /** The parameters of the plain network; a view that the next call overwrites. */
  squashed(x: Float64Array): Float64Array {
    const B = this.#bound;
    this.#values.set(x);
    for (let b = 0; b < this.#squashed.length; b++) {
      const { start, rows, columns } = this.#squashed[b];
      for (let i = start; i < start + rows * columns; i++) {
        const sine = Math.sin(x[i] / B);
        this.#values[i] = B * sine;
        this.#slopes[i] = Math.cos(x[i] / B);
        this.#curvatures[i] = -sine / B;
      }
    }
    return this.#values;
  }

  penalty(x: Float64Array): number {
    let total = 0;
    for (let i = this.#deeper; i < x.length; i++) total += this.#regularization * x[i] * x[i];
    return total;
  }

  gradientInto(out: Float64Array, x: Float64Array): Float64Array {
    this.#inner.gradientInto(out, this.squashed(x));
    for (let i = this.#deeper; i < x.length; i++) {
      out[i] = out[i] * this.#slopes[i] + 2 * this.#regularization * x[i];
    }
    return out;
  }

  /** s′ ⊙ ∇²F(s′ ⊙ v) + s″ ⊙ ∇F ⊙ v. */
  hessianVectorInto(out: Float64Array, x: Float64Array, v: Float64Array): Float64Array {
    const values = this.squashed(x);
    this.#inner.gradientInto(this.#gradient, values);
    for (let i = 0; i < v.length; i++) this.#moved[i] = this.#slopes[i] * v[i];
    this.#inner.hessianVectorInto(out, values, this.#moved);
    for (let i = this.#deeper; i < v.length; i++) {
      const bent = this.#curvatures[i] * this.#gradient[i] + 2 * this.#regularization;
      out[i] = out[i] * this.#slopes[i] + bent * v[i];
    }
    return out;
  }
}
