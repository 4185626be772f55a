/** At the end, β times the range of log ratios is this: the slack is then some 1e-3 of the range. */
export const lastSharpness = 20_000;

/** A pair enters the work if its weight e^{−β·gap} exceeds e^{−20}. */
const weightExponent = 20;

/**
 * How far from an end of the range of log ratios a pair may lie and still enter the work: as far as it carries
 * weight, and a part of the range for those that become extreme during a round, less when the steps are small.
 */
export function widthAt(doublings: number, distortion: number): number {
  // Up to β = 2⁶ every pair counts.
  if (doublings <= 6) return Infinity;
  const sharpness = 2 ** doublings * logRange(distortion);
  const part = sharpness < 1000 ? 0.2 : 0.1;
  return weightExponent / 2 ** doublings + part * logRange(distortion);
}

/** Steps after which a round gains little more: the first minimisers are easy. */
export function wantedSteps(doublings: number): number {
  return doublings < 2 ? 100 : doublings < 3 ? 200 : doublings < 4 ? 300 : 600;
}

/** What a round costs beside others: few pairs are left in the work when β is large. */
export function relativeCost(doublings: number): number {
  return doublings <= 8 ? wantedSteps(doublings) : wantedSteps(doublings) / 4;
}

/** log(most/least) from δ = tanh(½ log(most/least)). */
export function logRange(distortion: number): number {
  return 2 * Math.atanh(Math.min(distortion, 1 - Number.EPSILON));
}
