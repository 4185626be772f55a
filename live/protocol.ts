import type { JudgedAs } from '../src/papers/claims/judge/judgePart.ts';
import type { RegisteredClaim } from '../src/papers/claims/register.ts';
import type { Profile } from '../src/papers/claims/settings.ts';
import type { Comparison, Raw, Witness } from '../src/papers/evidence/shape/comparison.ts';
import type { CutFrames, CutTask } from './worker/cutTask.ts';
import type { PointsFrames, PointsTask } from './worker/pointsTask.ts';

/** The profile of every round: small instances and few of them, so that a round is short. */
export const roundProfile = 'smoke' satisfies Profile;

/** One judgement that a worker is asked for, as a run in a terminal would make it. */
export interface JudgeTask {
  readonly kind: 'judge';
  readonly claim: string;
  readonly sabotage?: string | undefined;
  readonly seed: string;
  /** Judge this instance alone. */
  readonly instance?: Raw | undefined;
}

/** Asks which claims there are. */
export interface DescribeTask {
  readonly kind: 'describe';
}

/** What a worker is asked. It does one task at a time. */
export type Task = DescribeTask | JudgeTask | CutTask | PointsTask;

/** How a claim can be tried. */
export interface ClaimTrial {
  readonly id: string;
  readonly sabotages: RegisteredClaim['sabotages'];
  /** Instances of one round. */
  readonly instances: number;
}

/** The claims that a worker knows. */
export interface Described {
  readonly kind: 'described';
  readonly claims: readonly ClaimTrial[];
}

/** The counts of a judgement that is under way. */
export interface Seen {
  readonly kind: 'seen';
  /** Instances on which the claim was evaluated. */
  readonly instances: number;
  /** Those of which it says nothing. */
  readonly missed: number;
  /** Those on which a comparison failed; under a sabotage, the one that it must break. */
  readonly broken: number;
  /** The instance that came closest to failing, or the first that failed. */
  readonly tightest: Witness | null;
}

/** A finished judgement. */
export interface Judged {
  readonly kind: 'judged';
  readonly judged: JudgedAs;
  /** Every instance that was drawn, in order; those tried while a counterexample shrank are left out. */
  readonly instances: readonly Raw[];
  /** Every comparison of the last instance, for a judgement of one. */
  readonly comparisons: readonly Comparison[];
}

/** What a worker answers: `seen` any number of times, then one of the others. */
export type Answer =
  | Seen
  | Described
  | Judged
  | CutFrames
  | PointsFrames
  | { readonly kind: 'failed'; readonly message: string };
