/** Probability that a run of the suite turns red although nothing is wrong: at most this, by design. */
export const suiteFalseAlarmRate = 1e-6;

/** The part of it that the sampled tests of the instruments may use, which are not claims. */
export const instrumentFalseAlarmRate = 1e-7;

/** What each entry of a catalogue may use: an even share of the rest. */
export function falseAlarmShare(entries: number): number {
  return (suiteFalseAlarmRate - instrumentFalseAlarmRate) / Math.max(1, entries);
}
