import { InputError } from '../numerics/base/inputError.ts';

/** How a file is to be read where its content and name do not settle it. */
export interface ReaderOptions {
  readonly format?: string;
  /** Whether the first line of a table names its columns. */
  readonly header?: boolean;
  readonly delimiter?: Delimiter;
  readonly decimal?: '.' | ',';
  /** Columns to use, by name or number from 1; for edges: source, target and, if there is one, weight. */
  readonly columns?: readonly string[];
  /** Columns to leave out, by name or number from 1. */
  readonly drop?: readonly string[];
  /** The column that names the rows, by name or number from 1. */
  readonly index?: string;
  /** Which array of a file that holds several. */
  readonly array?: string;
  /** Reads an array of other than two dimensions as one row for each entry of the first. */
  readonly flatten?: boolean;
  readonly transpose?: boolean;
  /** Refuses loops, repeated edges and reverse arcs instead of dropping and merging them. */
  readonly strict?: boolean;
  /** What becomes of a pair that stands in a file twice. */
  readonly duplicates?: 'once' | 'sum';
  readonly variables?: 'binary' | 'spin';
  readonly sense?: 'minimize' | 'maximize';
}

/** What separates cells; a blank stands for any run of blanks and tabs. */
export type Delimiter = ',' | ';' | '\t' | '|' | ' ';

/** One option as a command line shows it. */
export interface ReaderOption {
  /** As it is typed, without the dashes. */
  readonly flag: string;
  /** What stands for the value in the help; absent where the option stands alone. */
  readonly placeholder?: string;
  readonly help: string;
  /** What it is for: graphs, tables of numbers, or both. */
  readonly for: 'graph' | 'table' | 'both';
  /**
   * What the option sets.
   *
   * @param word the value as typed; empty where the option stands alone
   * @throws InputError for a value that it cannot have
   */
  readonly parse: (word: string) => ReaderOptions;
}

const delimiters: ReadonlyMap<string, Delimiter> = new Map([
  [',', ','],
  ['comma', ','],
  [';', ';'],
  ['semicolon', ';'],
  ['\t', '\t'],
  ['\\t', '\t'],
  ['tab', '\t'],
  ['|', '|'],
  [' ', ' '],
  ['blank', ' '],
  ['space', ' '],
]);

/** Every option that decides how a file is read. */
export const readerOptions: readonly ReaderOption[] = [
  {
    flag: 'format',
    placeholder: 'name',
    help: 'what the file is, where that is not clear; "list" prints what is read',
    for: 'both',
    parse: (word) => ({ format: word }),
  },
  {
    flag: 'header',
    help: 'the first line names the columns',
    for: 'both',
    parse: () => ({ header: true }),
  },
  {
    flag: 'no-header',
    help: 'the first line is data',
    for: 'both',
    parse: () => ({ header: false }),
  },
  {
    flag: 'delimiter',
    placeholder: 'char',
    help: 'what separates cells: , ; | tab blank',
    for: 'both',
    parse: (word) => ({ delimiter: oneOf('--delimiter', word, delimiters) }),
  },
  {
    flag: 'decimal',
    placeholder: 'char',
    help: 'the decimal mark: . or ,',
    for: 'both',
    parse: (word) => ({ decimal: named('--decimal', word, ['.', ',']) }),
  },
  {
    flag: 'columns',
    placeholder: 'list',
    help: 'columns to use, by name or number from 1: of edges source,target[,weight]',
    for: 'both',
    parse: (word) => ({ columns: list('--columns', word) }),
  },
  {
    flag: 'drop',
    placeholder: 'list',
    help: 'columns to leave out, by name or number from 1',
    for: 'table',
    parse: (word) => ({ drop: list('--drop', word) }),
  },
  {
    flag: 'index',
    placeholder: 'column',
    help: 'the column that names the rows, by name or number from 1',
    for: 'table',
    parse: (word) => ({ index: word }),
  },
  {
    flag: 'array',
    placeholder: 'name',
    help: 'which array of an .npz or .safetensors file',
    for: 'table',
    parse: (word) => ({ array: word }),
  },
  {
    flag: 'flatten',
    help: 'read an array of images or of one dimension as one row for each entry of its first dimension',
    for: 'table',
    parse: () => ({ flatten: true }),
  },
  {
    flag: 'transpose',
    help: 'take columns for rows, as for kernels of Keras',
    for: 'table',
    parse: () => ({ transpose: true }),
  },
  {
    flag: 'strict',
    help: 'refuse loops and repeated edges instead of dropping and merging them',
    for: 'graph',
    parse: () => ({ strict: true }),
  },
  {
    flag: 'duplicates',
    placeholder: 'how',
    help: 'a pair that stands there twice: once (equal weights only, the default) or sum',
    for: 'graph',
    parse: (word) => ({ duplicates: named('--duplicates', word, ['once', 'sum']) }),
  },
  {
    flag: 'variables',
    placeholder: 'kind',
    help: 'what the variables of a quadratic problem are: binary or spin',
    for: 'graph',
    parse: (word) => ({ variables: named('--variables', word, ['binary', 'spin']) }),
  },
  {
    flag: 'minimize',
    help: 'minimize a quadratic problem whatever its file says',
    for: 'graph',
    parse: () => ({ sense: 'minimize' }),
  },
  {
    flag: 'maximize',
    help: 'maximize a quadratic problem whatever its file says',
    for: 'graph',
    parse: () => ({ sense: 'maximize' }),
  },
];

function oneOf<T>(source: string, word: string, values: ReadonlyMap<string, T>): T {
  const value = values.get(word);
  if (value !== undefined) return value;
  throw new InputError({ source, expected: 'one of , ; | tab blank', got: `"${word}"` });
}

function named<const Name extends string>(source: string, word: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === word);
  if (found !== undefined) return found;
  throw new InputError({ source, expected: names.join(' or '), got: `"${word}"` });
}

function list(source: string, word: string): readonly string[] {
  const names = word.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '')) return names;
  throw new InputError({ source, expected: 'names or numbers with commas between', got: `"${word}"` });
}
