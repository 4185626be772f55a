/** Terms of the uniform expansion; at √(ν² + z²) ≥ {@link uniformFrom} the first one left out is below 1e-16. */
const termCount = 13;

/** √(ν² + z²) from which the uniform expansion is used; below it the power series has at most about 80 terms. */
export const uniformFrom = 50;

/**
 * Coefficients of Debye's polynomials with the powers of 1/R taken out, R = √(ν² + z²), w = ν²/R²:
 *
 *     I_ν(z) e^{−R} ((ν + R)/z)^ν √(2πR) ~ Σ_j v_j(w) / R^j,  v_j(t²) = u_j(t) / t^j
 *
 * `debye[j][i]` multiplies wⁱ. From u_{j+1} = ½t²(1 − t²)u_j′ + ⅛∫₀ᵗ(1 − 5s²)u_j: the power t^{j+2i} of u_j goes to
 * t^{j+1+2i} with factor (j+2i)/2 + 1/(8(j+2i+1)), and to the next one with −(j+2i)/2 − 5/(8(j+2i+3)).
 *
 * Source: NIST Digital Library of Mathematical Functions, 10.41.3 and 10.41.9.
 */
const debye: readonly Float64Array[] = debyeCoefficients(termCount);

function debyeCoefficients(count: number): Float64Array[] {
  const all = [Float64Array.of(1)];
  for (let j = 0; j + 1 < count; j++) {
    const from = all[j];
    const to = new Float64Array(j + 2);
    for (let i = 0; i <= j; i++) {
      const power = j + 2 * i;
      to[i] += from[i] * (power / 2 + 1 / (8 * (power + 1)));
      to[i + 1] -= from[i] * (power / 2 + 5 / (8 * (power + 3)));
    }
    all.push(to);
  }
  return all;
}

/**
 * Sums Σ_{j≥1} v_j(ν²/R²)/R^j, the expansion of the scaled Bessel function without its leading 1.
 *
 * Guarantee: absolute error below 1e-16 for R ≥ {@link uniformFrom}.
 *
 * @param order ν ≥ 0
 * @param radius R = √(ν² + z²)
 */
export function uniformCorrection(order: number, radius: number): number {
  const w = (order / radius) ** 2;
  let total = 0;
  // Smallest terms first.
  for (let j = termCount - 1; j >= 1; j--) {
    const v = debye[j];
    let value = 0;
    for (let i = j; i >= 0; i--) value = value * w + v[i];
    total = (total + value) / radius;
  }
  return total;
}
