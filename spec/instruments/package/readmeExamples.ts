/** A file of the README: its first line names it. */
export interface Example {
  readonly name: string;
  readonly text: string;
  /** What the comments behind its `console.log` say that it prints, a line for each. */
  readonly prints: readonly string[];
}

/** The fenced TypeScript of a Markdown text. @throws RangeError where a block does not begin with its file's name */
export function examplesOf(markdown: string): Example[] {
  return [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text]) => {
    const name = /^\/\/ (\S+\.ts)\n/.exec(text)?.[1];
    if (name === undefined)
      throw new RangeError(`expected a block that begins with a file's name, got ${text}`);
    const prints = [...text.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map(([, printed]) => printed);
    return { name, text, prints };
  });
}
