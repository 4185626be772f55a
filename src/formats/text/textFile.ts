import { InputError, type InputProblem } from '../../numerics/base/inputError.ts';
import type { ReaderOptions } from '../readerOptions.ts';

/** A file as text, with what a reader needs around it: where it came from, how to read it, what it has to say. */
export class TextFile {
  /** What the reader skipped, merged or assumed: one phrase each. */
  readonly notes: string[] = [];
  readonly source: string;
  readonly text: string;
  readonly options: ReaderOptions;

  constructor(source: string, text: string, options: ReaderOptions) {
    this.source = source;
    this.text = text;
    this.options = options;
  }

  /** The same file before another reader, without notes. */
  again(options: ReaderOptions = this.options): TextFile {
    return new TextFile(this.source, this.text, options);
  }

  /** The ending of the name in lower case, with neither dot nor `.gz`; empty if there is none. */
  get extension(): string {
    return /\.([a-z0-9]+)(\.gz)?$/i.exec(this.source)?.[1]?.toLowerCase() ?? '';
  }

  /** An error at a line of this file; line 0 stands for the file as a whole. */
  fault(line: number, problem: Omit<InputProblem, 'source' | 'line'>): InputError {
    return new InputError(
      line > 0 ? { source: this.source, line, ...problem } : { source: this.source, ...problem },
    );
  }

  /** Notes something that happened `count` times, first at `line`; nothing where it never happened. */
  count(count: number, one: string, many: string, line = 0): void {
    if (count === 0) return;
    const place = line > 0 ? ` (${count === 1 ? 'line' : 'first at line'} ${line})` : '';
    this.notes.push(`${count === 1 ? one : `${count} ${many}`}${place}`);
  }
}
