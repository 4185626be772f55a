import { unzipSync, zipSync } from 'fflate';
import { InputError } from '../../numerics/base/inputError.ts';
import type { ReaderOptions } from '../readerOptions.ts';
import type { MatrixValues, NumberTable } from '../tables.ts';
import { formatNpy, parseNpy, parseNpyHeader } from './npy.ts';
import { chooseArray, layoutNote } from './shapes.ts';

/** Most bytes that one array of an archive may unpack to. */
const mostBytes = 2 ** 30;

/** No method of compression that zip archives use makes more than this of a byte. */
const mostGrowth = 1100;

/** What other programs pack into zip archives, by a file in it. */
const otherArchives: readonly (readonly [RegExp, string, string])[] = [
  [
    /(^|\/)data\.pkl$/,
    'a PyTorch checkpoint',
    'safetensors.torch.save_file(torch.load(file), "model.safetensors")',
  ],
  [/\.weights\.h5$/, 'a Keras model', 'np.savez("W.npz", *keras.models.load_model(file).get_weights())'],
  [/^\[Content_Types\]\.xml$/, 'an Excel workbook', 'save the sheet as CSV'],
  [/^content\.xml$/, 'an OpenDocument file', 'save the sheet as CSV'],
];

/**
 * Reads one array of an .npz archive: the one that `options.array` names, or the only one.
 *
 * @throws InputError for other archives, damaged ones, several arrays without a choice, and as {@link parseNpy}
 */
export function readNpz(source: string, bytes: Uint8Array, options: ReaderOptions): NumberTable {
  const names: string[] = [];
  const arrays = unzip(source, bytes, names);
  for (const [pattern, got, help] of otherArchives) {
    if (names.some((name) => pattern.test(name))) {
      throw new InputError({ source, expected: 'a table of numbers', got, help });
    }
  }
  if (arrays.length === 0) {
    const got = `a zip archive of ${names.slice(0, 4).join(', ') || 'nothing'}`;
    throw new InputError({ source, expected: '.npy arrays in the archive', got, help: 'unpack it first' });
  }
  const stored = arrays.map(([name, content]) => ({
    name,
    content,
    ...parseNpyHeader(`${source} (${name})`, content),
  }));
  const { name, content } = chooseArray(source, stored, options.array);
  const notes = stored.length > 1 ? [`array ${name} of ${stored.length}`] : [];
  const matrix = parseNpy(`${source} (${name})`, content, options);
  return { format: 'npz', ...matrix, notes: [...notes, ...layoutNote(name)] };
}

function unzip(
  source: string,
  bytes: Uint8Array,
  names: string[],
): readonly (readonly [string, Uint8Array])[] {
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize, size }) => {
        names.push(name);
        if (!name.endsWith('.npy')) return false;
        if (originalSize > mostBytes || originalSize > mostGrowth * (size + 64)) {
          const expected = 'arrays of at most 1 GiB in the archive';
          throw new InputError({ source, expected, got: `${originalSize} bytes in ${name}` });
        }
        return true;
      },
    });
    return Object.entries(files).map(([name, content]) => [name.slice(0, -'.npy'.length), content]);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const got = error instanceof Error ? error.message : String(error);
    throw new InputError({ source, expected: 'a whole zip archive', got });
  }
}

/** Writes matrices by name as an uncompressed .npz archive: the same bytes whenever it is written. */
export function formatNpz(
  matrices: Readonly<Record<string, MatrixValues>>,
  precision: 'float32' | 'float64',
): Uint8Array {
  const files = Object.entries(matrices).map(([name, matrix]) => [
    `${name}.npy`,
    formatNpy(matrix, precision),
  ]);
  // The earliest time that zip archives know.
  return zipSync(Object.fromEntries(files), { level: 0, mtime: '1980-01-01T00:00:00' });
}
