import { checkInteger } from '../../../numerics/base/checks.ts';
import { uniformCorrection, uniformFrom } from './besselExpansion.ts';

/** Where {@link RadialDensity.evaluateInto} leaves its results. The caller owns it. */
export interface RadialValues {
  /** log f, f the density of |X|² at r²; −Infinity where f is 0. */
  logDensity: number;
  /** f₊₂/f − 1, f₊₂ the same density with two more dimensions. */
  firstExcess: number;
  /** f₊₄/f₊₂ − 1. */
  secondExcess: number;
}

/**
 * The density of |X|² for X ~ N(v, I) in a fixed number of dimensions: noncentral χ², from noncentrality 0 to any
 * that float64 holds.
 *
 *     f(x; q²) = ½ (x/q²)^{ν/2} e^{−(x + q²)/2} I_ν(q√x),  ν = dimensions/2 − 1, q = |v|
 *
 * Guarantee: log f has an absolute error of a few machine epsilons times (1 + gap² + ν + |log f|); the two excesses
 * an absolute error of a few epsilons times their own size plus ν/z, z = q·r, so that nothing is lost where they
 * tend to 0 at large z.
 */
export interface RadialDensity {
  readonly dimensions: number;
  /** log f at r² alone; r > 0, q ≥ 0 and gap = r − q, which the caller knows more exactly than the difference. */
  logDensity(r: number, q: number, gap: number): number;
  /** log f with the ratios to the next two densities, from which every derivative follows. */
  evaluateInto(out: RadialValues, r: number, q: number, gap: number): RadialValues;
}

/**
 * Prepares the density for one number of dimensions.
 *
 * @param dimensions at least 1; `evaluateInto` needs at least 2
 * @throws RangeError for anything else
 * Source: power series DLMF 10.25.2 below √(ν² + z²) = 50, uniform expansion DLMF 10.41.3 above.
 * Cost: at most about 80 multiplications for the series, about 90 for the expansion; no allocation after this.
 */
export function radialDensity(dimensions: number): RadialDensity {
  checkInteger('dimensions', dimensions, 1);
  const nu = dimensions / 2 - 1;
  const logGamma = logGammaOfHalf(dimensions);

  const logDensity = (r: number, q: number, gap: number): number => {
    const z = r * q;
    const radius = Math.hypot(nu, z);
    if (radius < uniformFrom) {
      return nu * Math.log((r * r) / 2) - (r * r + q * q) / 2 - Math.LN2 - logGamma + Math.log(series(nu, z));
    }
    return uniformLog(nu, r, q, gap, radius) + Math.log1p(uniformCorrection(nu, radius));
  };

  const evaluateInto = (out: RadialValues, r: number, q: number, gap: number): RadialValues => {
    const z = r * q;
    const radius = Math.hypot(nu, z);
    if (radius < uniformFrom) {
      const s0 = series(nu, z);
      const s1 = series(nu + 1, z);
      out.logDensity = nu * Math.log((r * r) / 2) - (r * r + q * q) / 2 - Math.LN2 - logGamma + Math.log(s0);
      out.firstExcess = ((r * r) / (2 * nu + 2)) * (s1 / s0) - 1;
      out.secondExcess = ((r * r) / (2 * nu + 4)) * (series(nu + 2, z) / s1) - 1;
      return out;
    }
    const radius1 = Math.hypot(nu + 1, z);
    const radius2 = Math.hypot(nu + 2, z);
    const c0 = uniformCorrection(nu, radius);
    const c1 = uniformCorrection(nu + 1, radius1);
    const c2 = uniformCorrection(nu + 2, radius2);
    out.logDensity = uniformLog(nu, r, q, gap, radius) + Math.log1p(c0);
    out.firstExcess = Math.expm1(logRatio(nu, r, q, gap, radius, radius1, c0, c1));
    out.secondExcess = Math.expm1(logRatio(nu + 1, r, q, gap, radius1, radius2, c1, c2));
    return out;
  };
  return { dimensions, logDensity, evaluateInto };
}

/** Σ_j (z²/4)^j / (j! (ν+1)…(ν+j)); every term is positive. */
function series(nu: number, z: number): number {
  const step = (z * z) / 4;
  let term = 1;
  let total = 1;
  for (let j = 1; term > total * (Number.EPSILON / 8); j++) {
    term *= step / (j * (nu + j));
    total += term;
  }
  return total;
}

/** log f of the leading term. The exponent −(r² + q²)/2 + R is put together as −gap²/2 + ν²/(R + z). */
function uniformLog(nu: number, r: number, q: number, gap: number, radius: number): number {
  const power = nu === 0 ? 0 : nu * Math.log((r * r) / (nu + radius));
  return (
    power - (gap * gap) / 2 + (nu * nu) / (radius + r * q) - Math.LN2 - 0.5 * Math.log(2 * Math.PI * radius)
  );
}

/** log f₊₂ − log f, each difference formed from small quantities where z is large against ν. */
function logRatio(
  nu: number,
  r: number,
  q: number,
  gap: number,
  radius: number,
  nextRadius: number,
  correction: number,
  nextCorrection: number,
): number {
  const z = r * q;
  const step = (2 * nu + 1) / (radius + nextRadius);
  const shape =
    Math.log1p((nextCorrection - correction) / (1 + correction)) - 0.5 * Math.log1p(step / radius);
  if (z > nu) {
    return step + Math.log1p(gap / q) - (nu + 1) * Math.asinh((nu + 1) / z) + nu * Math.asinh(nu / z) + shape;
  }
  const power =
    Math.log((r * r) / (nu + 1 + nextRadius)) + nu * Math.log((nu + radius) / (nu + 1 + nextRadius));
  return power + step + shape;
}

/** log Γ(n/2) for whole n ≥ 1, as a product; only used where n/2 is below about 51. */
function logGammaOfHalf(n: number): number {
  let value = n % 2 === 0 ? 0 : 0.5 * Math.log(Math.PI);
  for (let half = n % 2 === 0 ? 1 : 0.5; half < Math.min(n / 2, 200); half++) value += Math.log(half);
  return value;
}
