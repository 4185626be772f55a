import erfc from '@stdlib/math-base-special-erfc';

/** φ, the standard normal density. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) * inverseRootTwoPi;
}

/**
 * Φ, the standard normal distribution function, with full relative accuracy in the lower tail.
 *
 *     Φ(x) = erfc(−x/√2)/2
 */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2);
}

/** 1/√(2π). */
export const inverseRootTwoPi = 1 / Math.sqrt(2 * Math.PI);

const nodesPerUnit = 32;
/** Beyond this |x|, Φ is 0 or 1 to within 2⁻⁵³. */
const reach = 8.5;
const nodeValues = Float64Array.from({ length: 2 * reach * nodesPerUnit + 1 }, (_, i) =>
  normalCdf(i / nodesPerUnit - reach),
);
const nodeDensities = nodeValues.map((_, i) => normalDensity(i / nodesPerUnit - reach));

/**
 * Φ for hot loops: Taylor's polynomial of degree 6 about the nearest multiple of 1/32.
 *
 *     Φ(x₀ + d) = Φ(x₀) + φ(x₀) Σ_{k=1..6} (−1)^{k−1} He_{k−1}(x₀) d^k / k!
 *
 * Guarantee: within 4·2⁻⁵³ of Φ(x) in absolute terms: the remainder is at most max|He₆ φ| 64⁻⁷/7! < 2⁻⁵², no
 * relative accuracy in the lower tail.
 *
 * Cost: about 4 ns, against 50 ns for {@link normalCdf}.
 */
export function tabulatedNormalCdf(x: number): number {
  if (x >= reach) return 1;
  // The negation also catches NaN, which then reads as 0 and surfaces as a non-finite argument elsewhere.
  if (!(x > -reach)) return 0;
  const i = ((x + reach) * nodesPerUnit + 0.5) | 0;
  const z = i / nodesPerUnit - reach;
  const d = x - z;
  const zz = z * z;
  const tail = d * (((zz - 10) * zz + 15) * z * (-1 / 720)) + ((zz - 6) * zz + 3) * (1 / 120);
  const series = d * (d * (d * tail - (zz - 3) * z * (1 / 24)) + (zz - 1) * (1 / 6)) - 0.5 * z;
  return nodeValues[i] + nodeDensities[i] * d * (1 + d * series);
}

/**
 * φ for hot loops: Taylor's polynomial of degree 6 of φ about the nearest multiple of 1/32.
 *
 *     φ(x₀ + d) = φ(x₀) Σ_{k=0..6} (−1)^k He_k(x₀) d^k / k!
 *
 * Guarantee: within 2⁻⁵⁰ of φ(x) in absolute terms.
 */
export function tabulatedNormalDensity(x: number): number {
  if (!(x > -reach && x < reach)) return 0;
  const i = ((x + reach) * nodesPerUnit + 0.5) | 0;
  const z = i / nodesPerUnit - reach;
  const d = x - z;
  const zz = z * z;
  const sixth = d * (((zz - 15) * zz + 45) * zz - 15) * (1 / 720) - ((zz - 10) * zz + 15) * z * (1 / 120);
  const fourth = d * (d * sixth + ((zz - 6) * zz + 3) * (1 / 24)) - (zz - 3) * z * (1 / 6);
  return nodeDensities[i] * (1 + d * (d * (d * fourth + (zz - 1) * 0.5) - z));
}
