import type { NodeSet } from '../../../lemma/nodeExpectation.ts';
import { checkInteger } from '../../../numerics/base/checks.ts';
import { lqFactorInto } from '../../../numerics/linalg/lqFactor.ts';
import { type NetworkLayout, networkLayout } from '../model/networkLayout.ts';
import { type NetworkRisk, type NetworkRiskOptions, networkRisk } from './networkRisk.ts';
import { productNodes } from './productNodes.ts';

/** A network's risk for Gaussian ignored inputs, however many. */
export interface GaussianRiskOptions
  extends Omit<NetworkRiskOptions, 'nodes' | 'refinedNodes' | 'alternateNodes'> {
  /** The law of x∥: weighted points of R^k; for k = 0 one empty point of weight 1. */
  readonly relevantLaw: NodeSet;
  /** Gauss–Hermite nodes on each of the min(h₁, d − k) axes of W⊥x⊥, in [1, 128]. */
  readonly nodesPerAxis: number;
  /** Puts a rule's points in another order, or takes another rule for them. @defaultValue as they are */
  readonly arrange?: (nodes: NodeSet, dimension: number) => NodeSet;
}

/**
 * Builds the regularised risk for x⊥ ~ N(0, I_m), m = d − k, by quadrature in r = min(h₁, m) dimensions.
 *
 * W⊥x⊥ is Gaussian with covariance W⊥W⊥ᵀ. With W⊥ = LQ, L r × r and QQᵀ = I, it is Lξ with ξ = Qx⊥ ~ N(0, I_r), and
 * what x⊥ has beside ξ is independent of everything. So with F the risk of the same network on inputs (x∥, ξ)
 *
 *     f(W⊥, …) = F(L, …),   ∇_{W⊥} f = (∇_L F) Q,
 *     ∇²f[V] = (∇²F[VQᵀ]) Q + (E∇²_z ℓ + 2λ)(V − VQᵀQ)   along V in W⊥, other parameters as in F.
 *
 * Guarantee: exact but for the quadrature in r dimensions, whose error `expectationErrorAt` estimates; the derivatives
 * are path derivatives and do not use Stein's lemma. Predictions are those at the nodes (x∥, ξ).
 *
 * Cost: beside F's, a few products of h₁ × m with r × m.
 */
export function gaussianRisk(options: GaussianRiskOptions): NetworkRisk {
  const { relevantLaw, nodesPerAxis, arrange = (nodes) => nodes, ...rest } = options;
  const { inputDimension, relevantDimension, widths } = options;
  const layout = networkLayout(inputDimension, relevantDimension, widths);
  checkInteger('nodesPerAxis', nodesPerAxis, 1, 128);
  const axes = Math.min(widths[0], layout.weights.columns);
  const dimension = relevantDimension + axes;
  const rules = productNodes(relevantLaw, relevantDimension, axes, nodesPerAxis);
  const core = networkRisk({
    ...rest,
    inputDimension: dimension,
    nodes: arrange(rules.nodes, dimension),
    refinedNodes: arrange(rules.refinedNodes, dimension),
    alternateNodes: arrange(rules.alternateNodes, dimension),
  });
  if (axes === layout.weights.columns) return core;
  return widened(core, layout, options.frozen?.includes('weights') ?? false);
}

/** The parameters (L, …) on inputs (x∥, ξ) that stand for (W⊥, …): a fresh vector. */
export function reducedParameters(layout: NetworkLayout, x: Float64Array): Float64Array {
  const { rows, columns } = layout.weights;
  if (columns <= rows) return x.slice();
  const reduced = new Float64Array(x.length - rows * (columns - rows));
  lqFactorInto(reduced.subarray(0, rows * rows), new Float64Array(rows * columns), x, rows);
  reduced.set(x.subarray(rows * columns), rows * rows);
  return reduced;
}

/** The risk of which `core` is the reduced form. */
function widened(core: NetworkRisk, layout: NetworkLayout, frozenWeights: boolean): NetworkRisk {
  const map = new Reduction(core, layout, frozenWeights);
  return {
    ...core,
    layout,
    dimension: layout.dimension,
    weights: { ...core.weights, columns: layout.weights.columns },
    shift: { ...core.shift, start: layout.shift.start },
    loss: (x) => core.loss(map.reduced(x)),
    value: (x) => core.value(map.reduced(x)),
    gradientInto: (out, x) => map.gradientInto(out, x),
    hessianVectorInto: (out, x, direction) => map.hessianVectorInto(out, x, direction),
    shiftHessianInto: (out, x) => core.shiftHessianInto(out, map.reduced(x)),
    sumHessianInto: (out, x) => core.sumHessianInto(out, map.reduced(x)),
    predictionsInto: (out, x) => core.predictionsInto(out, map.reduced(x)),
    // Q has orthonormal rows: an error of ∇_L F is as long as that of ∇_{W⊥} f.
    expectationErrorAt: (x) => core.expectationErrorAt(map.reduced(x)),
  };
}

/** The way between W⊥ and L at the last point asked for, with its buffers. */
class Reduction {
  readonly #core: NetworkRisk;
  readonly #frozen: boolean;
  /** h₁ and m. */
  readonly #rows: number;
  readonly #columns: number;
  readonly #point: Float64Array;
  readonly #reduced: Float64Array;
  readonly #q: Float64Array;
  readonly #l: Float64Array;
  readonly #direction: Float64Array;
  readonly #image: Float64Array;
  readonly #curvature: Float64Array;
  #curvatureKnown = false;

  constructor(core: NetworkRisk, layout: NetworkLayout, frozen: boolean) {
    const { rows, columns } = layout.weights;
    this.#core = core;
    this.#frozen = frozen;
    this.#rows = rows;
    this.#columns = columns;
    this.#point = new Float64Array(layout.dimension).fill(Number.NaN);
    this.#reduced = new Float64Array(core.dimension);
    this.#q = new Float64Array(rows * columns);
    this.#l = new Float64Array(rows * rows);
    this.#direction = new Float64Array(core.dimension);
    this.#image = new Float64Array(core.dimension);
    this.#curvature = new Float64Array(rows * rows);
  }

  /** (L, …) at (W⊥, …); a view that the next call overwrites. */
  reduced(x: Float64Array): Float64Array {
    if (this.#isAt(x)) return this.#reduced;
    this.#point.set(x);
    this.#curvatureKnown = false;
    lqFactorInto(this.#l, this.#q, x, this.#rows);
    this.#reduced.set(this.#l);
    this.#reduced.set(x.subarray(this.#rows * this.#columns), this.#l.length);
    return this.#reduced;
  }

  gradientInto(out: Float64Array, x: Float64Array): Float64Array {
    this.#core.gradientInto(this.#image, this.reduced(x));
    return this.#liftInto(out, this.#image);
  }

  hessianVectorInto(out: Float64Array, x: Float64Array, direction: Float64Array): Float64Array {
    const rows = this.#rows;
    const columns = this.#columns;
    const q = this.#q;
    const inner = this.#direction;
    const reduced = this.reduced(x);
    // V Qᵀ, and the directions of the other parameters as they are.
    for (let i = 0; i < rows; i++) {
      for (let r = 0; r < rows; r++) {
        let product = 0;
        for (let j = 0; j < columns; j++) product += direction[i * columns + j] * q[r * columns + j];
        inner[i * rows + r] = product;
      }
    }
    inner.set(direction.subarray(rows * columns), rows * rows);
    this.#core.hessianVectorInto(this.#image, reduced, inner);
    this.#liftInto(out, this.#image);
    if (!this.#frozen) this.#addOutside(out, direction);
    return out;
  }

  /** Adds (E∇²_z ℓ + 2λ)(V − VQᵀQ) to the W⊥ block, V the direction and VQᵀ already known. */
  #addOutside(out: Float64Array, direction: Float64Array): void {
    const rows = this.#rows;
    const columns = this.#columns;
    const inner = this.#direction;
    const q = this.#q;
    if (!this.#curvatureKnown) {
      this.#core.sumHessianInto(this.#curvature, this.#reduced);
      for (let i = 0; i < rows; i++) this.#curvature[i * rows + i] += 2 * this.#core.regularization;
      this.#curvatureKnown = true;
    }
    for (let s = 0; s < rows; s++) {
      for (let j = 0; j < columns; j++) {
        let outside = direction[s * columns + j];
        for (let r = 0; r < rows; r++) outside -= inner[s * rows + r] * q[r * columns + j];
        for (let i = 0; i < rows; i++) out[i * columns + j] += this.#curvature[i * rows + s] * outside;
      }
    }
  }

  /** out ← (G Q, …) of (G, …). */
  #liftInto(out: Float64Array, image: Float64Array): Float64Array {
    const rows = this.#rows;
    const columns = this.#columns;
    const q = this.#q;
    out.fill(0, 0, rows * columns);
    for (let i = 0; i < rows; i++) {
      for (let r = 0; r < rows; r++) {
        const g = image[i * rows + r];
        for (let j = 0; j < columns; j++) out[i * columns + j] += g * q[r * columns + j];
      }
    }
    out.set(image.subarray(rows * rows), rows * columns);
    return out;
  }

  #isAt(x: Float64Array): boolean {
    const point = this.#point;
    for (let i = 0; i < point.length; i++) if (point[i] !== x[i]) return false;
    return true;
  }
}
