import type { z } from 'zod';
import type { RandomStream } from '../../numerics/random/stream.ts';
import type { OwnData } from '../../papers/evidence/ownData.ts';
import type { OptionsOf, OptionTable } from './options.ts';

/** When a run ends: after so many seconds, or after so many steps and then as a function of its seed. */
export type Budget = { readonly seconds: number } | { readonly steps: number };

/** What a run is given besides its input and the options of its tool. */
export interface Course {
  readonly budget: Budget;
  /** Threads that may share the work; they change how long it takes, never what a budget of steps finds. */
  readonly threads: number;
  /** The text that the stream was made from. */
  readonly seed: string;
  /** Fires when the user wants the run to end: it then returns the best it has. */
  readonly signal: AbortSignal;
  /** Shows a few words on how the run stands; may be called often. */
  readonly progress: (words: string) => void;
}

/** What a run found. */
export interface Answer<Result> {
  readonly result: Result;
  /** Contents of files, by the option that names them; asked for only where the option is given. */
  readonly outputs?: Readonly<Record<string, (file: string) => string | Uint8Array>>;
  /** Charts of the report that the result alone does not hold; asked for only where a report is written. */
  readonly charts?: () => OwnData['charts'];
}

/** A result as the report shows it: its numbers by name, and charts. */
export type Exhibit = Pick<OwnData, 'summary' | 'charts'>;

/**
 * A tool for people's own data: bytes become an input, a run on it becomes a result, the result becomes words, JSON
 * and a page of the report. `runTool` does everything else, and the same for all.
 */
export interface Tool<Input, Table extends OptionTable, Result> {
  /** One word, as it is typed. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly says: string;
  /** Lines below the options in the help: formulas, which method is which, an example. */
  readonly notes: readonly string[];
  readonly options: Table;
  /** What `--format list` prints: the formats that are read. */
  readonly formats: () => readonly string[];
  /** The time budget where no budget is given. */
  readonly seconds: number;
  /** What a step is, for the help. */
  readonly step: string;
  /**
   * Turns the files that the options name into the input, and refuses options that do not fit together or to it.
   *
   * @throws InputError in one line
   */
  readonly read: (options: OptionsOf<Table>) => Input | Promise<Input>;
  readonly run: (
    stream: RandomStream,
    input: Input,
    options: OptionsOf<Table>,
    course: Course,
  ) => Promise<Answer<Result>>;
  /** The JSON that is printed: a contract with other programs. */
  readonly result: z.ZodType<Result>;
  /** The result for a reader, line by line. */
  readonly words: (result: Result) => readonly string[];
  readonly exhibit: (result: Result) => Exhibit;
  /** What the result is of, for the heading in the report: usually a file name. */
  readonly subject: (options: OptionsOf<Table>) => string;
}
