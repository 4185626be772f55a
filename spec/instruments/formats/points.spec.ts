import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsvMatrix } from '../../../src/formats/arrays/csvTable.ts';
import { formatNpy, parseNpy } from '../../../src/formats/arrays/npy.ts';
import { readTable } from '../../../src/formats/readTable.ts';
import type { NumberTable } from '../../../src/formats/tables.ts';
import { InputError } from '../../../src/numerics/base/inputError.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const matrices = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) =>
    fc
      .array(finite, { minLength: rows * columns, maxLength: rows * columns })
      .map((values) => ({ values: Float64Array.from(values), rows, columns })),
  );

const bytesOf = (text: string) => Buffer.from(text, 'utf8');
const read = (text: string) => readTable('points.csv', bytesOf(text));

/** Equality of numbers up to the sign of zero, which text does not always keep. */
const same = (points: NumberTable, values: ArrayLike<number>) =>
  points.values.length === values.length && points.values.every((value, i) => value === values[i]);

describe('point files', () => {
  it('every matrix written as CSV reads back bit for bit', async () => {
    await fc.assert(
      fc.asyncProperty(matrices, async (m) =>
        same(await readTable('m', bytesOf(formatCsvMatrix(m)), { header: false }), m.values),
      ),
    );
  });

  it('every matrix written as .npy, compressed or not, reads back bit for bit', async () => {
    await fc.assert(
      fc.asyncProperty(matrices, fc.boolean(), async (m, compressed) => {
        const bytes = formatNpy(m);
        const points = await readTable('m.npy', compressed ? gzipSync(bytes) : bytes);
        expect(points.columns).toBe(m.columns);
        expect([...points.values]).toEqual([...m.values]);
      }),
    );
  });

  it('an .npy file is padded so that the data starts at a multiple of 64 bytes', () => {
    fc.assert(fc.property(matrices, (m) => (formatNpy(m).length - 8 * m.values.length) % 64 === 0));
  });

  it('column-major, big-endian, single-precision and integer .npy entries come out in row-major float64', () => {
    const build = (descr: string, fortran: string, shape: string, data: number[]) => {
      const head = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (${shape}), }\n`;
      return Buffer.from([0x93, ...bytesOf('NUMPY'), 1, 0, head.length, 0, ...bytesOf(head), ...data]);
    };
    const integers = parseNpy('a', build('<i2', 'True', '2, 3', [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 255, 255]));
    expect([...integers.values]).toEqual([1, 3, 5, 2, 4, -1]);
    const big = parseNpy('a', build('>f4', 'False', '1, 2', [0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0]));
    expect([...big.values]).toEqual([1, -2]);
    expect(() => parseNpy('a', build('<c8', 'False', '1, 1', [0, 0, 0, 0, 0, 0, 0, 0]))).toThrow(
      /real numbers/,
    );
    expect(() => parseNpy('a', build('<f8', 'False', '2,', Array(16).fill(0)))).toThrow(/two dimensions/);
    expect(() => parseNpy('a', build('<f8', 'False', '9, 9', [0]))).toThrow(/648 bytes/);
  });

  it.each([
    ['1,2\n3,4\n', 2],
    ['1;2\r\n3;4', 2],
    ['1\t2\n3\t4\n\n', 2],
    ['  1   2 \n 3 4\n', 2],
    ['# made by hand\nx,y\n1,2\n\n3,4\n', 2],
    ['\ufeff1,2\n3,4\n', 2],
    ['7', 1],
  ])('reads %j', async (text, dimension) => {
    const points = await read(text);
    expect(points.columns).toBe(dimension);
    expect([...points.values]).toEqual(dimension === 1 ? [7] : [1, 2, 3, 4]);
  });

  it('reads UTF-16 as it is written with a byte-order mark', async () => {
    const table = await readTable('p', Buffer.from('\ufeff1,2\r\n3,4\r\n', 'utf16le'));
    expect([...table.values]).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['', /rows of numbers/],
    ['# nothing\n\n', /rows of numbers/],
    ['1,2\n3\n', /points\.csv:2: expected 2 numbers/],
    ['1,2\n3,x\n', /points\.csv:2: expected a finite number in column 2, got "x" \(--drop 2/],
    ['1,2\n3,\n', /an empty cell/],
    ['1,NaN\n', /got "NaN"/],
    ['nan,nan\n1,2\n', /points\.csv:1: .*got "nan"/],
    ['1,1e999\n', /got "1e999", beyond/],
    ['1,0x10\n', /a decimal number in column 2, got "0x10"/],
    ['1,-Infinity\n', /got "-Infinity"/],
    ['1,"2\n3,4', /well-formed CSV/],
  ])('rejects %j in one line that names the place', async (text, message) => {
    await expect(read(text)).rejects.toThrow(InputError);
    await expect(read(text)).rejects.toThrow(message);
  });

  it('rejects a cut gzip file and an .npy file with NaN', async () => {
    await expect(readTable('p.gz', gzipSync(bytesOf('1,2\n3,4\n')).subarray(0, 15))).rejects.toThrow(
      /whole gzip/,
    );
    const nan = formatNpy({ values: Float64Array.of(1, Number.NaN), rows: 1, columns: 2 });
    await expect(readTable('p.npy', nan)).rejects.toThrow(/NaN at row 0, column 1/);
  });
});
