import type { Activation } from './activations.ts';
import type { Suprema } from './derivativeBounds.ts';
import type { Loss } from './losses.ts';

/** Bounds of |σ|, |σ′|, |σ″| over the strip |Im z| ≤ height; infinite where there are none. */
type StripBound = (height: number) => readonly [number, number, number];

const { PI, cos, cosh, exp, max, sqrt, tan } = Math;
const none: readonly [number, number, number] = [Infinity, Infinity, Infinity];

/** |tanh(x + iy)|² = (sinh²x + sin²y)/(sinh²x + cos²y) and |sech²(x + iy)| ≤ 1/cos²y, for y < π/2. */
const tanhInStrip: StripBound = (y) => {
  if (!(y < PI / 2)) return none;
  const size = max(1, tan(y));
  const slope = 1 / cos(y) ** 2;
  return [size, slope, 2 * size * slope];
};

/** |e^{−z²}| ≤ e^{y²} e^{−x²}; |erf z − erf x| is at most the slope times y; |z|e^{−x²} ≤ y + 1/√(2e). */
const erfInStrip: StripBound = (y) => {
  const slope = (2 / sqrt(PI)) * exp(y * y);
  return [1 + y * slope, slope, 2 * slope * (y + 1 / sqrt(2 * Math.E))];
};

const sineInStrip: StripBound = (y) => [cosh(y), cosh(y), cosh(y)];

/** σ = zΦ, σ′ = Φ + zφ, σ″ = (2 − z²)φ, with |φ(x + iy)| = φ(x)e^{y²/2}, |Φ − Φ(x)| ≤ y·sup|φ|. */
const geluInStrip: StripBound = (y) => {
  const peak = exp((y * y) / 2) / sqrt(2 * PI);
  // max |x|φ(x) = e^{−1/2}/√(2π), max x²φ(x) = 2e^{−1}/√(2π).
  const slope = 1 + y * peak + peak * (y + exp(-0.5));
  return [Infinity, slope, peak * (2 + y * y + 2 * y * exp(-0.5) + 2 / Math.E)];
};

/** σ′ = (1 + tanh(ιz/2))/2, σ″ = (ι/4)sech²(ιz/2). */
function smoothReluInStrip(iota: number): StripBound {
  return (y) => {
    const [size, slope] = tanhInStrip((iota * y) / 2);
    return [Infinity, (1 + size) / 2, (iota / 4) * slope];
  };
}

function activationBound(name: string): StripBound | undefined {
  const smooth = /^relu-smooth\((.+)\)$/.exec(name);
  if (smooth) return smoothReluInStrip(Number(smooth[1]));
  return { tanh: tanhInStrip, erf: erfInStrip, sine: sineInStrip, gelu: geluInStrip }[name];
}

/**
 * Bounds of |ℓ′| and |ℓ″| for labels of size at most `largestLabel` and predictions with |p| ≤ size, |Im p| ≤ y.
 *
 * With r = p − label and |1 + r²| ≥ q = 1 − y², for y < 1.
 */
const lossBounds: Readonly<
  Record<string, (y: number, size: number, largestLabel: number) => readonly [number, number]>
> = {
  squared: (_, size, label) => [2 * (size + label), 2],
  'log-cosh': (y) => {
    const [size, slope] = tanhInStrip(y);
    return [size, slope];
  },
  logistic: (y) => {
    const [size, slope] = tanhInStrip(y / 2);
    return [(1 + size) / 2, slope / 4];
  },
  'pseudo-huber': (y) => {
    const q = 1 - y * y;
    return q > 0 ? [sqrt(1 + 1 / q), q ** -1.5] : [Infinity, Infinity];
  },
  'geman-mcclure': (y) => {
    const q = 1 - y * y;
    return q > 0 ? [(2 * sqrt(q + 1)) / q ** 2, (8 + 6 * q) / q ** 3] : [Infinity, Infinity];
  },
  angular: (y) => [cosh(y), cosh(y)],
};

/** Weights of a network as bounds need them. */
export interface NetworkMagnitudes {
  /** ‖W_l‖_∞, the largest sum of sizes in a row: of each hidden layer after the first, then of the output. */
  readonly rowSums: readonly number[];
  /** |c|. */
  readonly outputShift: number;
  readonly largestLabel: number;
}

/** Suprema of a network's functions where the first layer's sums lie in a strip. */
export interface StripSuprema {
  /** Of every hidden layer; third derivatives are not bounded. */
  readonly activation: readonly Suprema[];
  readonly loss: readonly [number, number, number];
}

/**
 * Follows a strip |Im z₁| ≤ height through a network: where it is analytic there, and how large it gets.
 *
 *     |Im h_l| ≤ y_l sup|σ′|,   y_{l+1} = ‖W_{l+1}‖_∞ |Im h_l|
 *
 * @returns nothing where a pole may lie in the strip, or for functions without such bounds (polynomials)
 * Source: the maximum of each function on a strip, stated beside it.
 */
export function stripSuprema(
  activation: Activation,
  loss: Loss,
  depth: number,
  { rowSums, outputShift, largestLabel }: NetworkMagnitudes,
  height: number,
): StripSuprema | undefined {
  const bound = activationBound(activation.name);
  const lossBound = lossBounds[loss.name];
  if (bound === undefined || lossBound === undefined) return undefined;
  let y = height;
  let size = 0;
  const layers: Suprema[] = [];
  for (let l = 0; l < depth; l++) {
    const [value, first, second] = bound(y);
    if (!Number.isFinite(first)) return undefined;
    layers.push([value, first, second, 0]);
    size = value * rowSums[l];
    y *= first * rowSums[l];
  }
  const [slope, curvature] = lossBound(y, size + outputShift, largestLabel);
  return Number.isFinite(slope) ? { activation: layers, loss: [slope, curvature, 0] } : undefined;
}
