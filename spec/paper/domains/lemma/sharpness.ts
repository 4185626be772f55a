import { smoothRelu } from '../../../../src/applications/networks/model/activations.ts';
import { largestUsefulTolerance, lemmaBound } from '../../../../src/lemma/lemmaBound.ts';
import type { Chart } from '../../../../src/papers/claims/exhibit.ts';

/** sup|d³/dt³ log(1 + e^{ιt})/ι| = ι²·√3/18, attained where the sigmoid is (3 ± √3)/6. */
export function smoothReluConstant(sharpness: number): number {
  return (sharpness ** 2 * Math.sqrt(3)) / 18;
}

const points = 4001;
/** Spacing of the grid, and of the difference quotient, in units of 1/ι. */
const spacing = 0.002;

/**
 * The largest third derivative of ReLU_ι on a grid, by central differences of its second derivative.
 *
 * Off by less than a share `spacing`²: the grid misses the maximum by half a spacing at most, and the quotient's own
 * error is of the same order.
 */
export function measuredReluConstant(sharpness: number): { constant: number; relativeError: number } {
  const t = Float64Array.from({ length: points }, (_, i) => ((i - (points - 1) / 2) * spacing) / sharpness);
  const second = new Float64Array(points);
  smoothRelu(sharpness).jetsInto(new Float64Array(points), new Float64Array(points), second, t, points);
  let constant = 0;
  for (let i = 1; i + 1 < points; i++) {
    const quotient = ((second[i + 1] - second[i - 1]) * sharpness) / (2 * spacing);
    constant = Math.max(constant, Math.abs(quotient));
  }
  return { constant, relativeError: 4 * spacing ** 2 };
}

/** The largest ρ at which the lemma bounds W at all, by bisection over the lemma's own bound. */
export function largestBoundedTolerance(hessianLipschitz: number, regularization: number): number {
  const isBounded = (rho: number) =>
    lemmaBound(rho, Math.sqrt(hessianLipschitz * rho), regularization) < Number.POSITIVE_INFINITY;
  let low = 0;
  let high = 1;
  while (isBounded(high)) high *= 2;
  for (let i = 0; i < 200 && high - low > Number.EPSILON * high; i++) {
    const middle = (low + high) / 2;
    if (isBounded(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The largest ρ at which the lemma says anything, over ι, for three regularizations. */
export function sharpnessChart(): Chart {
  const sharpnesses = Array.from({ length: 25 }, (_, i) => 10 ** (i / 8));
  return {
    id: 'smoothness-limit',
    figure: 'lemma.smoothness-limit',
    origin: 'measured',
    title: 'Largest useful accuracy ρ against sharpness ι',
    caption:
      'As the smoothed ReLU sharpens, the accuracy that a stationary point must have before the lemma bounds its weights falls as one over the square of ι. At λ = 10⁻⁵ it is below 10⁻⁹ from the start, beyond single precision.',
    x: { label: 'sharpness ι', scale: 'log' },
    y: { label: 'largest ρ = 4λ²/K', scale: 'log' },
    series: [1e-5, 1e-3, 1e-1].map((regularization) => ({
      name: `λ = ${regularization}`,
      mark: 'line',
      points: sharpnesses.map(
        (iota) => [iota, largestUsefulTolerance(smoothReluConstant(iota), regularization)] as const,
      ),
    })),
    rules: [{ axis: 'y', at: 2 ** -24, label: 'float32 rounding' }],
  };
}
