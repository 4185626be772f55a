import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { cutValue, type Graph } from '../../../src/applications/maxcut/index.ts';
import { readGraph } from '../../../src/formats/readGraph.ts';
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

function graphOf(name: string, bytes: Uint8Array): Graph {
  return graphFromTable(name, readGraph(name, bytes));
}

function read(name: string, text: string): Graph {
  return graphOf(name, Buffer.from(text, 'utf8'));
}

function message(name: string, text: string): string {
  try {
    read(name, text);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('graph readers', () => {
  const expected = read('graph.txt', texts['graph.txt']);

  it.each(Object.entries(texts))('read the same graph from %s', (name, text) => {
    expect(read(name, text)).toEqual(expected);
    expect(expected.vertexCount).toBe(4);
    expect(expected.edgeCount).toBe(4);
    expect(expected.totalWeight).toBe(2.5);
    expect(expected.hasNegativeWeight).toBe(true);
    expect(cutValue(expected, Int8Array.of(1, -1, -1, 1))).toBe(2);
  });

  it.each(Object.entries(texts))(
    'accept %s with CRLF, trailing blanks, no final newline, gzip, UTF-16',
    (name, text) => {
      const lines = text.trimEnd();
      expect(read(name, lines)).toEqual(expected);
      expect(read(name, lines.replaceAll('\n', '  \r\n'))).toEqual(expected);
      expect(read(name, `\uFEFF${text}`)).toEqual(expected);
      expect(graphOf(name, Buffer.from(`\uFEFF${lines.replaceAll('\n', '\r\n')}`, 'utf16le'))).toEqual(
        expected,
      );
      expect(graphOf(name, Buffer.from(`\uFEFF${text}`, 'utf16le').swap16())).toEqual(expected);
      expect(graphOf(`${name}.gz`, gzipSync(text))).toEqual(expected);
    },
  );

  it('give weight 1 where none is written', () => {
    expect(read('a', '2 1\n1 2').totalWeight).toBe(1);
    expect(read('a.mtx', '%%MatrixMarket matrix coordinate pattern symmetric\n2 2 1\n2 1').totalWeight).toBe(
      1,
    );
    expect(read('a', 'p edge 2 1\ne 1 2').totalWeight).toBe(1);
    expect(read('a.csv', '0,1').totalWeight).toBe(1);
  });

  it.each([
    ['a loop', 'g', '2 1\n2 2 1', 'g:2: expected two different vertices, got a loop at vertex 2'],
    [
      'a repeated edge',
      'g',
      '3 2\n1 2\n2 1',
      'g:3: expected each pair of vertices at most once, got a second edge between 2 and 1',
    ],
    [
      'a vertex out of range',
      'g',
      '2 1\n1 3',
      'g:2: expected a vertex (a whole number from 1 to 2), got "3"',
    ],
    ['vertex 0', 'g', '2 1\n0 1', 'g:2: expected a vertex (a whole number from 1 to 2), got "0"'],
    ['too few edges', 'g', '2 2\n1 2', 'g:2: expected 2 edges, as the first line says, got 1'],
    ['too many edges', 'g', '3 1\n1 2\n2 3', 'g:3: expected 1 edges, as the first line says, got more'],
    ['an infinite weight', 'g', '2 1\n1 2 inf', 'g:2: expected a finite weight, got "inf"'],
    ['an overflowing weight', 'g', '2 1\n1 2 1e999', 'g:2: expected a finite weight, got "1e999"'],
    [
      'a hexadecimal count',
      'g',
      '0x2 1\n1 2',
      'g:1: expected a vertex count (a whole number from 0 to 10000000), got "0x2"',
    ],
    ['an empty file', 'g', '\n\n', 'g: expected a graph, got an empty file'],
    ['a second p line', 'g', 'p edge 2 1\np edge 2 1', 'g:2: expected one line "p", got a second one'],
    ['edges before p', 'g.col', 'c\ne 1 2', 'g.col:2: expected "p edge vertices edges" first, got e 1 2'],
    [
      'a rectangular matrix',
      'm',
      '%%MatrixMarket matrix coordinate real symmetric\n2 3 1\n1 2 1',
      'm:2: expected a square matrix, got 2 × 3',
    ],
    [
      'a diagonal entry',
      'm',
      '%%MatrixMarket matrix coordinate real general\n2 2 1\n2 2 1',
      'm:3: expected two different vertices, got a loop at vertex 2',
    ],
    [
      'an unsymmetric matrix',
      'm',
      '%%MatrixMarket matrix coordinate real general\n2 2 1\n1 2 1',
      'm:3: expected a symmetric matrix, got (1, 2) without its mirror entry',
    ],
    [
      'a dense matrix',
      'm',
      '%%MatrixMarket matrix array real general\n1 1\n0',
      'm:1: expected "%%MatrixMarket matrix coordinate real|integer|pattern symmetric|general", got "%%matrixmarket matrix array real general"',
    ],
    [
      'a CSV with words',
      'e.csv',
      '1,2\n1,two',
      'e.csv:2: expected a vertex (a whole number from 0 to 10000000), got "two"',
    ],
    [
      'a CSV with four columns',
      'e.csv',
      '1,2,3,4',
      'e.csv:1: expected "source,target[,weight]", got "1,2,3,4"',
    ],
  ])('name the line of %s', (_, name, text, expectedMessage) => {
    expect(message(name, text)).toBe(expectedMessage);
  });

  it('refuse damaged archives and damaged text', () => {
    const archive = gzipSync(texts['graph.txt']);
    expect(() => graphOf('g.gz', archive.subarray(0, archive.length - 9))).toThrow(InputError);
    expect(() => graphOf('g', Uint8Array.of(0x31, 0xff, 0xfe, 0x80))).toThrow(InputError);
  });

  it('never crash, hang or miscount on mutated files', ({ task }) => {
    const originals = Object.entries(texts);
    const runs = inject('claims').profile === 'full' ? 12_000 : 1500;
    const scraps = [
      '',
      ' ',
      '\n',
      '\r',
      '-',
      '1',
      '9999999',
      '1e308',
      'NaN',
      ',',
      '%',
      'p',
      'e',
      '\0',
      '"',
      '#',
      'é',
    ];
    const mutation = fc.record({
      original: fc.constantFrom(...originals),
      edits: fc.array(fc.record({ at: fc.nat(200), drop: fc.nat(12), put: fc.constantFrom(...scraps) }), {
        minLength: 1,
        maxLength: 4,
      }),
    });
    let accepted = 0;
    fc.assert(
      fc.property(mutation, ({ original: [name, text], edits }) => {
        let mutated = text as string;
        for (const { at, drop, put } of edits)
          mutated = mutated.slice(0, at) + put + mutated.slice(at + drop);
        let graph: Graph;
        try {
          graph = read(name, mutated);
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          expect(error.message).not.toMatch(/[\n\r]/);
          return;
        }
        accepted++;
        expect(graph.offsets.at(-1)).toBe(2 * graph.edgeCount);
        expect(graph.neighbours.length).toBe(2 * graph.edgeCount);
        expect(graph.weights.every((w) => Number.isFinite(w))).toBe(true);
        expect(graph.neighbours.every((j) => j >= 0 && j < graph.vertexCount)).toBe(true);
        // Every edge is a line with a digit on it, so a file cannot hold more.
        expect(graph.edgeCount).toBeLessThanOrEqual(
          mutated.split(/[\n\r]/).filter((l) => /\d/.test(l)).length,
        );
      }),
      { numRuns: runs },
    );
    expect(accepted).toBeGreaterThan(runs / 50);
    task.meta.badInputs = { 'graph files': runs };
  }, 300_000);
});
