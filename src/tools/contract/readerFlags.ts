import { type ReaderOptions, readerOptions } from '../../formats/readerOptions.ts';
import type { OptionsOf, ToolOption } from './options.ts';

/** One option of the readers as an option of a tool; what it sets is empty where it is not given. */
function readerFlag(flag: string): ToolOption<ReaderOptions> {
  const option = readerOptions.find((known) => known.flag === flag);
  if (option === undefined) throw new RangeError(`flag: expected an option of the readers, got ${flag}`);
  const { placeholder = '', help, parse } = option;
  return {
    kind: option.placeholder === undefined ? 'flag' : 'value',
    placeholder,
    says: help,
    fallback: {},
    parse: (_, word) => parse(word),
  };
}

const shared = {
  format: readerFlag('format'),
  // Typed --no-header too, which gives this option the word false.
  header: { ...readerFlag('header'), parse: (_: string, word: string) => ({ header: word !== 'false' }) },
  noHeader: readerFlag('no-header'),
  delimiter: readerFlag('delimiter'),
  decimal: readerFlag('decimal'),
  columns: readerFlag('columns'),
};

/** How a file with a graph is to be read, as options of a tool. */
export const graphFlags = {
  ...shared,
  strict: readerFlag('strict'),
  duplicates: readerFlag('duplicates'),
  variables: readerFlag('variables'),
  minimize: readerFlag('minimize'),
  maximize: readerFlag('maximize'),
};

/** How a file with a table of numbers is to be read, as options of a tool. */
export const tableFlags = {
  ...shared,
  drop: readerFlag('drop'),
  index: readerFlag('index'),
  array: readerFlag('array'),
  flatten: readerFlag('flatten'),
  transpose: readerFlag('transpose'),
};

/** What the flags that are given set together. */
export function graphReading(flags: OptionsOf<typeof graphFlags>): ReaderOptions {
  return readingOf(Object.keys(graphFlags), flags);
}

/** What the flags that are given set together. */
export function tableReading(flags: OptionsOf<typeof tableFlags>): ReaderOptions {
  return readingOf(Object.keys(tableFlags), flags);
}

function readingOf(names: readonly string[], flags: Readonly<Record<string, ReaderOptions>>): ReaderOptions {
  return Object.assign({}, ...names.map((name) => flags[name]));
}

/** The one line that tells what the reader skipped, merged or assumed; none where there is nothing to tell. */
export function noteLines(notes: readonly string[]): string[] {
  return notes.length === 0 ? [] : [`read: ${notes.join('; ')}`];
}
