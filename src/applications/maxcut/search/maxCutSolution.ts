import type { DualBound } from '../bound/dualBound.ts';
import type { Sides } from '../graph/cut.ts';
import type { DerandomizedCut } from '../sampler/derandomizedCut.ts';

/** When the search ends: after so many seconds, or after so many rounds (then deterministically). */
export type SearchBudget = { readonly seconds: number } | { readonly rounds: number };

/** What a search for a large cut is made with. */
export interface MaxCutOptions {
  readonly budget: SearchBudget;
  /** Dimension of the vectors that are descended from; default at most 8. */
  readonly rank?: number;
  /** Worker threads; 0 runs everything on the caller's thread. Does not change the result of a round budget. */
  readonly threads: number;
  /** Whether to go on after the paper's method: 1-opt and exact reduction, then returns to sampler space. */
  readonly polish: 'none' | 'one-opt' | 'resample';
  /** The search ends as soon as its cut is at least this. */
  readonly target?: number;
  /** A partition to start from: the result is at least as good. */
  readonly start?: Sides;
  /** Called whenever the cut or its bound improves. */
  readonly onProgress?: (progress: MaxCutProgress) => void;
  /** Ends the search early with what there is. */
  readonly signal?: AbortSignal;
}

/** Where a search stands: its best cut and the lowest bound so far. */
export interface MaxCutProgress {
  readonly cut: number;
  readonly upperBound: number;
  readonly seconds: number;
}

/** A cut with its evidence. */
export interface MaxCutSolution {
  /**
   * - `optimal`: the cut is maximum, by exhaustion after exact reduction or by meeting its upper bound.
   * - `budget`: the budget was used up. `target`: the cut that was asked for is reached. `interrupted`: the signal came
   *   first.
   */
  readonly outcome: 'optimal' | 'target' | 'budget' | 'interrupted';
  readonly sides: Sides;
  readonly cut: number;
  readonly upperBound: DualBound;
  /** Whether the relaxation was solved before the bound: with more time it would not get much better. */
  readonly isBoundFinal: boolean;
  /** Value of the relaxation's vectors; absent where the search ended before it was solved. */
  readonly sdp?: number;
  /** The paper's method alone; absent where the search ended before its end or the budget is too short for it. */
  readonly derandomized?: DerandomizedCut;
  /** The cut after each step that was made. */
  readonly stages: readonly { readonly step: string; readonly cut: number; readonly seconds: number }[];
  readonly rounds: number;
  readonly seconds: number;
}
