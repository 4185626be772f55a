/** A file of the README: its first line names it. */
export interface Example {
  readonly name: string;
  readonly text: string;
  /** What the comments behind its `console.log` say that it prints, a line for each. */
  readonly prints: readonly string[];
}

/** The fenced TypeScript of a Markdown text that is a file of its own; the other blocks are excerpts. */
export function examplesOf(markdown: string): Example[] {
  return [...markdown.matchAll(/^```ts\n\/\/ (\S+\.ts)\n([\s\S]*?)^```$/gm)].map(([, name, text]) => {
    const prints = [...text.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map(([, printed]) => printed);
    return { name, text, prints };
  });
}
