import { visibleText } from './visibleText.ts';

/** Where and how something the user supplied (a file, an option) is wrong. */
export interface InputProblem {
  /** The file or option, as the user named it. */
  readonly source: string;
  /** Line number, counted from 1, where the problem stands in a file. */
  readonly line?: number;
  readonly expected: string;
  readonly got: string;
}

/**
 * An error in what the user supplied, as opposed to a fault of the program.
 *
 * The message is one line naming the source, the line, what was expected and what came. Scripts print it
 * alone (no stack) and end with exit code 2.
 */
export class InputError extends Error {
  override readonly name = 'InputError';

  /** @param problem or, of an error that was made on another thread, its message */
  constructor(problem: InputProblem | string) {
    super(typeof problem === 'string' ? problem : oneLine(messageOf(problem)));
  }
}

function messageOf({ source, line, expected, got }: InputProblem): string {
  return `${line === undefined ? source : `${source}:${line}`}: expected ${expected}, got ${got}`;
}

/** Makes control characters visible and shortens, so that a hostile file cannot write on the terminal. */
function oneLine(text: string): string {
  const visible = visibleText(text);
  return visible.length > 300 ? `${visible.slice(0, 297)}...` : visible;
}
