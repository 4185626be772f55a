/** A line that has something on it: its fields, and its number counted from 1. */
export interface Line {
  readonly number: number;
  readonly fields: readonly string[];
}

/**
 * Yields the lines of a text that are neither blank nor comments, split at white space.
 *
 * Lines may end with LF, CRLF or CR, the last one with nothing. Only one line is held at a time.
 *
 * @param isComment whether a line, without leading blanks, is to be skipped
 */
export function* readLines(text: string, isComment: (line: string) => boolean): Generator<Line> {
  const ending = /\r\n|\n|\r/g;
  let start = 0;
  for (let number = 1; start <= text.length; number++) {
    ending.lastIndex = start;
    const match = ending.exec(text);
    const line = text.slice(start, match === null ? text.length : match.index).trim();
    start = match === null ? text.length + 1 : ending.lastIndex;
    if (line !== '' && !isComment(line)) yield { number, fields: line.split(/\s+/) };
  }
}
