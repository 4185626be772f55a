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

/** Probability of refuting any true claim in one run of the suite; shared evenly among the catalogue's entries. */
export const suiteFalseAlarmRate = 1e-6;
