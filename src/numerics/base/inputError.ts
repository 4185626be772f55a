import { visibleText } from './visibleText.ts';

/** Where and how something the user supplied (a file, an option) is wrong. */
export interface InputProblem {
  /** The file or option, as the user named it. */
  readonly source: string;
  /** Line number, counted from 1, where the problem stands in a file. */
  readonly line?: number;
  readonly expected: string;
  readonly got: string;
  /** What the user can do about it: an option, a conversion. */
  readonly help?: string;
}

/**
 * An error in what the user supplied, as opposed to a fault of the program.
 *
 * The message is one line naming the source, the line, what was expected and what came. Scripts print it
 * alone (no stack) and end with exit code 2.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** Absent where only the message came from another thread. */
  readonly problem: InputProblem | undefined;

  /** @param problem or, of an error that was made on another thread, its message */
  constructor(problem: InputProblem | string) {
    super(typeof problem === 'string' ? problem : oneLine(messageOf(problem)));
    this.problem = typeof problem === 'string' ? undefined : problem;
  }
}

function messageOf({ source, line, expected, got, help }: InputProblem): string {
  const place = line === undefined ? source : `${source}:${line}`;
  return `${place}: expected ${expected}, got ${got}${help === undefined ? '' : ` (${help})`}`;
}

/** Makes control characters visible and shortens, so that a hostile file cannot write on the terminal. */
function oneLine(text: string): string {
  const visible = visibleText(text);
  return visible.length > 500 ? `${visible.slice(0, 497)}...` : visible;
}
