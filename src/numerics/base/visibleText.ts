/** Control, format (bidirectional too), unassigned and surrogate code points, and the two separators of Unicode. */
const hidden = /[\p{C}\u2028\u2029]/gu;

/**
 * Makes a text that comes from a file or an option safe to print: on one line, with nothing that moves a cursor or
 * turns the direction of writing.
 *
 * @returns the text with each hidden character as `\u{…}`
 */
export function visibleText(text: string): string {
  return text.replace(hidden, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The same for JSON: each hidden character as JSON's own escape, so that the text parses to the same value. */
export function visibleJson(json: string): string {
  return json.replace(hidden, (c) =>
    Array.from({ length: c.length }, (_, i) => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );
}
