import type { Tolerance } from '../../numerics/base/tolerance.ts';

/** How a number of ours relates to the one that was published. */
export type ObservationVerdict = 'reproduced' | 'qualified' | 'not-reproduced';

/** A published number beside ours. */
export interface Observation {
  /** The claim's id, or the claim's id and a further word: `figure.frozen-bias.jump`. */
  readonly id: string;
  readonly quantity: string;
  readonly reported: number;
  /** Where the reported number stands. */
  readonly source: string;
  readonly measured: number;
  readonly tolerance: Tolerance;
  readonly verdict: ObservationVerdict;
  /** What was found, in neutral words. */
  readonly finding: string;
}

/** One line or cloud of a chart. */
export interface Series {
  readonly name: string;
  readonly mark: 'line' | 'dots' | 'bars';
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** An axis of a chart. */
export interface Axis {
  readonly label: string;
  readonly scale: 'linear' | 'log';
}

/** A chart as data; how it is drawn is the report's business. */
export interface Chart {
  /** Unique among all charts; charts with the same `figure` stand beside each other. */
  readonly id: string;
  readonly figure: string;
  readonly origin: 'measured' | 'redrawn';
  readonly title: string;
  /** What is seen, in one or two sentences: the alternative text too. */
  readonly caption: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly rules: readonly { readonly axis: 'x' | 'y'; readonly at: number; readonly label: string }[];
}

/** Numbers from which one inequality can be checked again by a program that knows only what they mean. */
export interface Certificate {
  /** The claim's id, or the claim's id and a further word; unique. */
  readonly id: string;
  /** What the numbers mean: a word that a checker knows. */
  readonly kind: string;
  /** What follows from them, in words. */
  readonly says: string;
  readonly numbers: Readonly<Record<string, number>>;
  readonly arrays: Readonly<Record<string, readonly number[]>>;
}

/** What a claim shows beside its judgement. */
export interface Exhibit {
  readonly observations: readonly Observation[];
  readonly charts: readonly Chart[];
  /** @defaultValue none */
  readonly certificates?: readonly Certificate[];
}

/**
 * Holds a number of ours against a published one.
 *
 * @param within the difference up to which it counts as reproduced
 * @param qualification set where the number agrees but something about it has to be said: the verdict is then at
 * most `qualified`
 */
export function compareWithReported(
  id: string,
  comparison: Omit<Observation, 'id' | 'verdict' | 'tolerance'> & {
    readonly within: Tolerance;
    readonly qualified?: boolean;
  },
): Observation {
  const { within, qualified = false, ...rest } = comparison;
  const agrees = Math.abs(rest.measured - rest.reported) <= within.value;
  const verdict = agrees ? (qualified ? 'qualified' : 'reproduced') : 'not-reproduced';
  return { id, ...rest, tolerance: within, verdict };
}
