/** A line with its number, counted from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * Yields the lines of a text, blank ones too. Lines may end with LF, CRLF or CR, the last one with nothing.
 *
 * Only one line is held at a time.
 *
 * @param keepBlanks whether blanks at the ends of a line stay
 */
export function* readLines(text: string, keepBlanks = false): Generator<Line> {
  const ending = /\r\n|\n|\r/g;
  let start = 0;
  for (let number = 1; start <= text.length; number++) {
    ending.lastIndex = start;
    const match = ending.exec(text);
    const line = text.slice(start, match === null ? text.length : match.index);
    start = match === null ? text.length + 1 : ending.lastIndex;
    yield { number, text: keepBlanks ? line : line.trim() };
  }
}

/** The fields of a line between runs of blanks and tabs. */
export function fieldsOf(line: string): string[] {
  return line.split(/\s+/);
}

/** The number, from 1, of the line on which a character stands. */
export function lineOf(text: string, place: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < place; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** Turns places in a text that only grow into line numbers; each stretch is read once. */
export class LineCounter {
  readonly #text: string;
  #line = 1;
  #ending: number;

  constructor(text: string) {
    this.#text = text;
    this.#ending = text.indexOf('\n');
  }

  lineOf(place: number): number {
    while (this.#ending >= 0 && this.#ending < place) {
      this.#line++;
      this.#ending = this.#text.indexOf('\n', this.#ending + 1);
    }
    return this.#line;
  }
}
