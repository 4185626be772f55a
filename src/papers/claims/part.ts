import type { Exhibit } from './exhibit.ts';
import type { Judgement } from './judgement.ts';

/** What one test tells the reporter, as text in its metadata: text survives every channel unchanged. */
export interface ClaimPart {
  readonly id: string;
  /** Absent: the claim itself. */
  readonly sabotage?: string;
  /** Names of all sabotages, so that a missing part is noticed. */
  readonly sabotages: readonly string[];
  readonly judgement: Judgement;
  readonly exhibit: Exhibit;
  readonly milliseconds: number;
  /** Spec file, relative to the project. */
  readonly file: string;
}

/** Probability that a run of the suite turns red although nothing is wrong: at most this, by design. */
export const suiteFalseAlarmRate = 1e-6;

/** The part of it that the sampled tests of the instruments may use, which are not claims. */
export const instrumentFalseAlarmRate = 1e-7;

/** What each entry of a catalogue may use: an even share of the rest. */
export function falseAlarmShare(entries: number): number {
  return (suiteFalseAlarmRate - instrumentFalseAlarmRate) / Math.max(1, entries);
}
