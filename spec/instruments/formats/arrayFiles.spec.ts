import * as fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { brainToNumber, halfToNumber } from '../../../src/formats/arrays/floats.ts';
import { formatNpy } from '../../../src/formats/arrays/npy.ts';
import type { ReaderOptions } from '../../../src/formats/readerOptions.ts';
import { readTable } from '../../../src/formats/readTable.ts';

const read = (bytes: Uint8Array, options: ReaderOptions = {}) => readTable('a', bytes, options);
const numbers = async (bytes: Uint8Array, options: ReaderOptions = {}) => {
  const { rows, columns, values } = await read(bytes, options);
  return [rows, columns, ...values];
};

function npy(descr: string, shape: string, data: ArrayLike<number>, fortran = 'False'): Uint8Array {
  const head = `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': (${shape}), }\n`;
  return Buffer.from([
    0x93,
    ...Buffer.from('NUMPY'),
    1,
    0,
    head.length,
    0,
    ...Buffer.from(head),
    ...Array.from(data),
  ]);
}

function safetensors(header: object, data: ArrayLike<number>): Uint8Array {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Uint8Array.from(data)]);
}

const bytesOf = (values: Float32Array | Float64Array | BigInt64Array | Int16Array) =>
  new Uint8Array(values.buffer);
const matrix = formatNpy({ values: Float64Array.of(1, 2, 3, 4, 5, 6), rows: 2, columns: 3 });

describe('arrays as people have them', () => {
  it('half precision and bfloat16 are decoded as their definitions say', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), (bits) => {
        const value = halfToNumber(bits);
        const [sign, exponent, mantissa] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
        if (exponent === 31) expect(Number.isFinite(value)).toBe(false);
        else if (exponent === 0) expect(value).toBe(sign * (mantissa / 1024) * 2 ** -14);
        else expect(value).toBe(sign * (1 + mantissa / 1024) * 2 ** (exponent - 15));
        const single = new Float32Array(Uint32Array.of(bits * 65_536).buffer)[0];
        expect(brainToNumber(bits)).toBe(single);
      }),
    );
  });

  it.each<[string, Uint8Array, number[], ReaderOptions?]>([
    ['float16', npy("'<f2'", '1, 3', [0x00, 0x3c, 0x00, 0xc0, 0x00, 0x38]), [1, 3, 1, -2, 0.5]],
    ['big-endian float16', npy("'>f2'", '1, 1', [0x3c, 0x00]), [1, 1, 1]],
    ['bool', npy("'|b1'", '2, 1', [0, 1]), [2, 1, 0, 1]],
    ['unsigned bytes', npy("'|u1'", '1, 2', [255, 7]), [1, 2, 255, 7]],
    [
      'column-major order',
      npy("'<i2'", '2, 3', [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0], 'True'),
      [2, 3, 1, 3, 5, 2, 4, 6],
    ],
    [
      'images, flattened',
      npy("'|u1'", '2, 2, 2', [1, 2, 3, 4, 5, 6, 7, 8]),
      [2, 4, 1, 2, 3, 4, 5, 6, 7, 8],
      { flatten: true },
    ],
    [
      'images in column-major order, flattened',
      npy("'|u1'", '2, 2, 2', [1, 5, 3, 7, 2, 6, 4, 8], 'True'),
      [2, 4, 1, 2, 3, 4, 5, 6, 7, 8],
      { flatten: true },
    ],
    ['one dimension, flattened', npy("'|i1'", '2,', [1, 255]), [2, 1, 1, -1], { flatten: true }],
    ['an archive of one array', zipSync({ 'X.npy': matrix }), [2, 3, 1, 2, 3, 4, 5, 6]],
    [
      'an archive of several',
      zipSync({ 'y.npy': npy("'|u1'", '1, 1', [9]), 'X.npy': matrix }),
      [2, 3, 1, 2, 3, 4, 5, 6],
      { array: 'X' },
    ],
    [
      'a tensor of float32',
      safetensors(
        { __metadata__: { a: 'b' }, w: { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] } },
        bytesOf(Float32Array.of(1.5, -2)),
      ),
      [1, 2, 1.5, -2],
    ],
    [
      'a tensor of bfloat16',
      safetensors({ w: { dtype: 'BF16', shape: [1, 2], data_offsets: [0, 4] } }, [0x80, 0x3f, 0x00, 0xc0]),
      [1, 2, 1, -2],
    ],
    [
      'a tensor of several',
      safetensors(
        {
          v: { dtype: 'U8', shape: [1], data_offsets: [0, 1] },
          w: { dtype: 'I16', shape: [2, 1], data_offsets: [1, 5] },
        },
        [9, 1, 0, 255, 255],
      ),
      [2, 1, 1, -1],
      { array: 'w' },
    ],
  ])('%s is read', async (_, bytes, expected, options) => {
    expect(await numbers(bytes, options)).toEqual(expected);
  });

  it.each<[string, Uint8Array, string, ReaderOptions?]>([
    [
      'a structured array',
      npy("[('x', '<f8')]", '1,', bytesOf(Float64Array.of(1))),
      'structured_to_unstructured',
    ],
    ['an array of objects', npy("'|O'", '1, 1', [1, 2, 3]), 'a.astype(float)'],
    ['complex numbers', npy("'<c8'", '1, 1', Array(8).fill(0)), 'np.hstack'],
    ['an array of text', npy("'<U3'", '1, 1', Array(12).fill(0)), 'type U3'],
    ['images', npy("'|u1'", '1, 1, 1', [1]), '--flatten'],
    ['a shape beyond the file', npy("'<f8'", '9007199254740992, 9', []), 'bytes of data for shape'],
    ['a shape beyond the file with a zero', npy("'<f8'", '9007199254740992, 0', []), 'rows of numbers'],
    [
      '64-bit integers that would be rounded',
      npy("'<i8'", '1, 2', bytesOf(BigInt64Array.of(1n, 2n ** 53n + 1n))),
      '9007199254740993 at row 0, column 1',
    ],
    ['an infinite entry', npy("'<f8'", '1, 1', bytesOf(Float64Array.of(Infinity))), 'Infinity at row 0'],
    ['several arrays and no choice', zipSync({ 'y.npy': matrix, 'X.npy': matrix }), 'y (2 × 3), X (2 × 3)'],
    ['an array that is not there', zipSync({ 'X.npy': matrix }), 'no "W" among X', { array: 'W' }],
    ['a PyTorch checkpoint', zipSync({ 'model/data.pkl': Uint8Array.of(1) }), 'safetensors.torch.save_file'],
    ['an Excel workbook', zipSync({ '[Content_Types].xml': Uint8Array.of(1) }), 'save the sheet as CSV'],
    ['an archive of text', zipSync({ 'a.csv': Uint8Array.of(49) }), 'unpack it first'],
    ['a zip cut off', zipSync({ 'X.npy': matrix }).subarray(0, 60), 'a whole zip archive'],
    [
      'a tensor beyond the file',
      safetensors({ w: { dtype: 'F64', shape: [1, 2], data_offsets: [0, 16] } }, [1]),
      '16 bytes of data',
    ],
    [
      'a tensor of another kind',
      safetensors({ w: { dtype: 'F8_E4M3', shape: [1, 1], data_offsets: [0, 1] } }, [1]),
      'type F8_E4M3',
    ],
    ['a pickle', Uint8Array.of(0x80, 4, 0x95, 1), 'a Python pickle'],
    ['MNIST as IDX', Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1), 'an IDX file'],
    ['a Parquet file cut off', Buffer.from('PAR1....PAR1'), 'a whole Parquet file'],
  ])('%s is refused in one line that helps', async (_, bytes, part, options) => {
    const message = await read(bytes, options).then(
      () => 'accepted',
      (error: Error) => `${error.name} ${error.message}`,
    );
    expect(message).toContain(part);
    expect(message).toMatch(/^InputError [^\n]*$/);
  });

  it('an array whose name tells the layout of its library says so', async () => {
    const kernel = safetensors(
      { 'dense/kernel:0': { dtype: 'U8', shape: [1, 2], data_offsets: [0, 2] } },
      [1, 2],
    );
    expect((await read(kernel)).notes.join()).toContain('a row for each input; --transpose');
    expect(await numbers(kernel, { transpose: true })).toEqual([2, 1, 1, 2]);
  });
});
