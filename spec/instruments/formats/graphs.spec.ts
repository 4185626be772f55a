import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cutValue, type Graph } from '../../../src/applications/maxcut/index.ts';
import { readEdges } from '../../../src/formats/readGraph.ts';
import { InputError } from '../../../src/numerics/base/inputError.ts';
import { graphFromTable } from '../../../src/tools/fromTables.ts';

/** A weighted path of four vertices with a chord, in every format. */
const texts = {
  'graph.txt': '4 4\n1 2 1\n2 3 -2.5\n3 4 1\n4 1 3\n',
  'graph.mtx':
    '%%MatrixMarket matrix coordinate real symmetric\n% a comment\n4 4 4\n2 1 1\n3 2 -2.5\n4 3 1\n4 1 3\n',
  'general.mtx':
    '%%MatrixMarket matrix coordinate real general\n4 4 8\n2 1 1\n1 2 1\n3 2 -2.5\n2 3 -2.5\n4 3 1\n3 4 1\n4 1 3\n1 4 3\n',
  'graph.col': 'c a comment\np edge 4 4\ne 1 2 1\ne 2 3 -2.5\ne 3 4 1\ne 4 1 3\n',
  'graph.csv': 'source,target,weight\n0,1,1\n1,2,-2.5\n2,3,1\n3,0,3\n',
  'one.csv': '1;2;1\n2;3;-2.5\n3;4;1\n4;1;3\n',
} as const;

async function graphOf(name: string, bytes: Uint8Array): Promise<Graph> {
  return graphFromTable(name, await readEdges(name, bytes));
}

function read(name: string, text: string): Promise<Graph> {
  return graphOf(name, Buffer.from(text, 'utf8'));
}

async function message(name: string, text: string): Promise<string> {
  try {
    await read(name, text);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('graph readers', () => {
  it.each(Object.entries(texts))('read the same graph from %s', async (name, text) => {
    const expected = await read('graph.txt', texts['graph.txt']);
    expect(await read(name, text)).toEqual(expected);
    expect(expected.vertexCount).toBe(4);
    expect(expected.edgeCount).toBe(4);
    expect(expected.totalWeight).toBe(2.5);
    expect(expected.hasNegativeWeight).toBe(true);
    expect(cutValue(expected, Int8Array.of(1, -1, -1, 1))).toBe(2);
  });

  it.each(Object.entries(texts))(
    'accept %s with CRLF, trailing blanks, no final newline, gzip, UTF-16',
    async (name, text) => {
      const expected = await read('graph.txt', texts['graph.txt']);
      const lines = text.trimEnd();
      expect(await read(name, lines)).toEqual(expected);
      expect(await read(name, lines.replaceAll('\n', '  \r\n'))).toEqual(expected);
      expect(await read(name, `\uFEFF${text}`)).toEqual(expected);
      expect(await graphOf(name, Buffer.from(`\uFEFF${lines.replaceAll('\n', '\r\n')}`, 'utf16le'))).toEqual(
        expected,
      );
      expect(await graphOf(name, Buffer.from(`\uFEFF${text}`, 'utf16le').swap16())).toEqual(expected);
      expect(await graphOf(`${name}.gz`, gzipSync(text))).toEqual(expected);
    },
  );

  it('give weight 1 where none is written', async () => {
    expect((await read('a', '2 1\n1 2')).totalWeight).toBe(1);
    expect(
      (await read('a.mtx', '%%MatrixMarket matrix coordinate pattern symmetric\n2 2 1\n2 1')).totalWeight,
    ).toBe(1);
    expect((await read('a', 'p edge 2 1\ne 1 2')).totalWeight).toBe(1);
    expect((await read('a.csv', '0,1')).totalWeight).toBe(1);
  });

  it.each([
    [
      'a vertex out of range',
      'g',
      '3 2\n1 2 1\n1 4 1',
      'g:3: expected a vertex (a whole number from 0 to 3), got "4" (read as rudy; --format list shows what else is read)',
    ],
    [
      'vertices counted from 0 and from 1',
      'g',
      '2 1\n0 2 1',
      'g:2: expected a vertex (a whole number from 1 to 2), got "0", and elsewhere "2" (read as rudy; --format list shows what else is read)',
    ],
    [
      'too few edges',
      'g',
      '2 2\n1 2',
      'g:2: expected 2 edges, as the first line says, got 1 (read as rudy; --format list shows what else is read)',
    ],
    [
      'too many edges',
      'g',
      '3 1\n1 2 1\n2 3 1',
      'g:3: expected 1 edges, as the first line says, got more (read as rudy; --format list shows what else is read)',
    ],
    [
      'an infinite weight',
      'g',
      '2 1\n1 2 inf',
      'g:2: expected a finite weight, got "inf" (fill or drop what is missing)',
    ],
    [
      'an overflowing weight',
      'g',
      '2 1\n1 2 1e999',
      'g:2: expected a finite weight, got "1e999", beyond the range of float64 (scale the numbers)',
    ],
    [
      'a vanishing weight',
      'g',
      '2 1\n1 2 1e-999',
      'g:2: expected a finite weight, got "1e-999", too small for float64 (scale the numbers)',
    ],
    ['an empty file', 'g', '\n\n', 'g: expected a graph, got an empty file'],
    ['a second p line', 'g', 'p edge 2 1\np edge 2 1', 'g:2: expected one line "p", got a second one'],
    ['edges before p', 'g.col', 'c\ne 1 2', 'g.col:2: expected "p edge vertices edges" first, got "e 1 2"'],
    [
      'a rectangular matrix',
      'm',
      '%%MatrixMarket matrix coordinate real symmetric\n2 3 1\n1 2 1',
      'm:2: expected a square matrix, got 2 × 3',
    ],
    [
      'a matrix with two weights for a pair',
      'm',
      '%%MatrixMarket matrix coordinate real general\n2 2 2\n1 2 1\n2 1 3',
      'm:4: expected the weight 1 of line 3, where the same pair stands, got 3 (say --duplicates sum to add them)',
    ],
    [
      'a dense matrix with a value too few',
      'm',
      '%%MatrixMarket matrix array real general\n2 2\n0\n1\n1',
      'm:5: expected 4 entries, as the size line says, got 3',
    ],
  ])('name the line of %s', async (_, name, text, expectedMessage) => {
    expect(await message(name, text)).toBe(expectedMessage);
  });

  it('refuse damaged archives and damaged text', async () => {
    const archive = gzipSync(texts['graph.txt']);
    await expect(graphOf('g.gz', archive.subarray(0, archive.length - 9))).rejects.toThrow(InputError);
    await expect(graphOf('g', Uint8Array.of(0x31, 0xff, 0xfe, 0x80))).rejects.toThrow(InputError);
  });
});
