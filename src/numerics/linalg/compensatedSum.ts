/**
 * Sums numbers with Neumaier's correction.
 *
 * Guarantee: |result − Σ aᵢ| ≤ (u + n² u²·c) Σ|aᵢ| with u = 2⁻⁵³ and a small c: for n below 10⁷, the error of
 * one rounding of the exact sum plus a term below u·Σ|aᵢ|.
 *
 * Source: A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54 (1974),
 * algorithm IV.
 * Cost: no allocation, four additions an entry.
 */
export function compensatedSum(values: ArrayLike<number>): number {
  const n = values.length;
  let total = 0;
  let correction = 0;
  for (let i = 0; i < n; i++) {
    const next = values[i];
    const sum = total + next;
    // What the addition lost is recovered from the smaller of the two terms.
    correction += Math.abs(total) >= Math.abs(next) ? total - sum + next : next - sum + total;
    total = sum;
  }
  return total + correction;
}
