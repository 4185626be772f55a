import { InputError } from '../../numerics/base/inputError.ts';

/** A kind of file known by its first bytes that is not read, and what to do about it. */
interface OtherFile {
  readonly name: string;
  readonly help: string;
  readonly starts: string;
}

const arrays = 'graphs are read as text';

const others: readonly OtherFile[] = [
  { name: 'a bzip2 archive', starts: 'BZh', help: 'unpack it with bunzip2, or pack it with gzip' },
  { name: 'an xz archive', starts: '\xfd7zXZ', help: 'unpack it with unxz, or pack it with gzip' },
  {
    name: 'a zstd archive',
    starts: '\x28\xb5\x2f\xfd',
    help: 'unpack it with zstd -d, or pack it with gzip',
  },
  { name: 'a 7z archive', starts: '7z\xbc\xaf', help: 'unpack it first' },
  {
    name: 'an HDF5 file, as of Keras or MATLAB',
    starts: '\x89HDF',
    help: 'np.savez("W.npz", *model.get_weights())',
  },
  { name: 'a MATLAB file', starts: 'MATLAB 5.0', help: 'np.save("X.npy", scipy.io.loadmat(file)["X"])' },
  {
    name: 'an Arrow or Feather file',
    starts: 'ARROW1',
    help: 'pandas.read_feather(file).to_parquet("X.parquet")',
  },
  { name: 'a Python pickle', starts: '\x80\x02', help: 'np.save("X.npy", array)' },
  { name: 'a Python pickle', starts: '\x80\x03', help: 'np.save("X.npy", array)' },
  { name: 'a Python pickle', starts: '\x80\x04', help: 'np.save("X.npy", array)' },
  { name: 'a Python pickle', starts: '\x80\x05', help: 'np.save("X.npy", array)' },
  { name: 'a PDF document', starts: '%PDF', help: 'export the table as CSV' },
  { name: 'an old Excel workbook', starts: '\xd0\xcf\x11\xe0', help: 'save the sheet as CSV' },
  { name: 'an SQLite database', starts: 'SQLite format 3', help: 'export the table as CSV' },
  { name: 'a PNG image', starts: '\x89PNG', help: 'np.save("X.npy", pixels)' },
  { name: 'a JPEG image', starts: '\xff\xd8\xff', help: 'np.save("X.npy", pixels)' },
  { name: 'an R data file', starts: 'RDX', help: 'write.csv(x, "x.csv", row.names = FALSE)' },
  { name: 'an R data file', starts: 'X\n\0\0\0', help: 'write.csv(x, "x.csv", row.names = FALSE)' },
];

const arrayFiles: readonly OtherFile[] = [
  {
    name: 'a NumPy array',
    starts: '\x93NUMPY',
    help: `np.savetxt("edges.csv", a, fmt="%d", delimiter=","); ${arrays}`,
  },
  { name: 'a Parquet file', starts: 'PAR1', help: `write the table as CSV; ${arrays}` },
  { name: 'a zip archive', starts: 'PK\x03\x04', help: `unpack it; ${arrays}` },
];

/** IDX, the format of MNIST: two zero bytes, a type, a number of dimensions. */
function isIdx(bytes: Uint8Array): boolean {
  return (
    bytes[0] === 0 &&
    bytes[1] === 0 &&
    [8, 9, 11, 12, 13, 14].includes(bytes[2]) &&
    bytes[3] >= 1 &&
    bytes[3] <= 4
  );
}

/**
 * Refuses files of known kinds that are not read.
 *
 * @throws InputError naming the kind and how to convert it
 */
export function refuseBinary(
  source: string,
  bytes: Uint8Array,
  expected: 'graph' | 'table' | 'clauses',
): void {
  const list = expected === 'table' ? others : [...others, ...arrayFiles];
  const start = Buffer.from(bytes.subarray(0, 32)).toString('latin1');
  const known = list.find(({ starts }) => start.startsWith(starts));
  const what = { graph: 'a graph', table: 'a table of numbers', clauses: 'clauses' }[expected];
  if (known !== undefined)
    throw new InputError({ source, expected: what, got: known.name, help: known.help });
  if (isIdx(bytes)) {
    const help = 'np.save("X.npy", pixels.reshape(count, -1))';
    throw new InputError({ source, expected: what, got: 'an IDX file, as of MNIST', help });
  }
}

/**
 * Runs a reader; nesting too deep for it becomes an InputError.
 *
 * @throws InputError
 */
export async function bounded<T>(source: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    // What a parser that calls itself meets in a document nested ten thousand deep, and what an array too long is.
    if (!(error instanceof RangeError)) throw error;
    const got = error.message.includes('call stack')
      ? 'one nested too deep'
      : `one too large: ${error.message}`;
    throw new InputError({ source, expected: 'a document of ordinary depth and size', got });
  }
}
