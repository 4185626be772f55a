import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, inject, it } from 'vitest';
import { formatNpy } from '../../../src/formats/arrays/npy.ts';
import { readGraph } from '../../../src/formats/readGraph.ts';
import { readTable } from '../../../src/formats/readTable.ts';
import type { EdgeTable, NumberTable, QuadraticTable } from '../../../src/formats/tables.ts';
import { InputError } from '../../../src/numerics/base/inputError.ts';

const npy = formatNpy({ values: Float64Array.of(1, 2.5, -3, 4, 5, 6), rows: 2, columns: 3 });
const tensor = '{"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}';

/** One whole file of every format, by a name with its ending. */
const originals: readonly (readonly [string, Uint8Array])[] = [
  ['a.txt', '4 4\n1 2 1\n2 3 -2.5\n3 4 1\n4 1 3\n'],
  ['a.csv', 'source,target,weight\nnorth,south,3\nsouth,east,4.5\n"north",east,5\n'],
  ['a.tsv', '# a b\n1\t2\t3\n2\t3\t4\n'],
  ['out.a', '% bip weighted\n% 3 3 3\n1 2 3 10\n2 3 4 11\n'],
  ['a.edgelist', "0 1 {'weight': 3}\n1 2 {'weight': 4}\n"],
  ['a.adjlist', '#g\n0 1 2\n1 2\n2\n'],
  ['m.csv', ',a,b,c\na,0,3,5\nb,3,0,4\nc,5,4,0\n'],
  ['a.mtx', '%%MatrixMarket matrix coordinate real symmetric\n% c\n3 3 3\n2 1 1\n3 2 -2.5\n3 1 1e3\n'],
  ['b.mtx', '%%MatrixMarket matrix array real general\n2 2\n0\n1\n1\n0\n'],
  ['a.graph', '% c\n3 3 001\n2 3 3 5\n1 3 3 4\n1 5 2 4\n'],
  ['a.net', '*Vertices 3\n1 "a b"\n2 "c"\n*Edges\n1 2 3\n*Arcslist\n3 1 2\n'],
  ['b.net', '*Vertices 3\n*Matrix\n0 1 1\n1 0 1\n1 1 0\n'],
  ['a.col', 'c c\np edge 3 3\nn 1 4\ne 1 2\ne 2 3 2\ne 1 3\n'],
  ['a.gr', 'p sp 2 2\na 1 2 4\na 2 1 4\n'],
  ['a.gml', 'graph [\n node [ id 0 label "x" ]\n node [ id 1 ]\n edge [ source 0 target 1 value 2 ]\n]\n'],
  ['a.dot', 'strict graph g { edge [weight=2]; a -- {b; c}; subgraph s { b:p -- c [weight="3"] } }'],
  [
    'a.graphml',
    '<?xml version="1.0"?><graphml><key id="w" for="edge" attr.name="weight"/><graph edgedefault="undirected"><node id="a"/><node id="b"/><edge source="a" target="b"><data key="w">2</data></edge></graph></graphml>',
  ],
  [
    'a.gexf',
    '<gexf><graph><nodes><node id="0" label="a"/><node id="1"/></nodes><edges><edge source="0" target="1" weight="2"/></edges></graph></gexf>',
  ],
  ['a.json', '{"nodes":[{"id":0},{"id":"b"}],"links":[{"source":0,"target":"b","weight":2.5}]}'],
  ['a.g6', 'DQc\n'],
  ['a.s6', ':Fa@x^\n'],
  ['a.qubo', 'c c\np qubo 0 3 2 1\n0 0 -1\n1 1 2\n0 1 2.5\n'],
  ['a.coo', '# vartype=SPIN\n0 1 1.0\n1 1 -2\n'],
  ['a.sparse', '3 3\n1 1 5\n1 2 -3\n3 3 -4\n'],
  ['a.qplib', 'N\nQBN\nminimize\n3\n1\n2 1 1.0\n0\n1\n3 2\n1\n'],
  [
    'b.json',
    '{"type":"BinaryQuadraticModel","variable_labels":["a","b"],"variable_type":"BINARY","offset":1,"linear_biases":[1,2],"quadratic_biases":[3],"quadratic_head":[0],"quadratic_tail":[1]}',
  ],
  ['p.csv', 'id,x,y\n0,1.5,2\n1,-3,4e-2\n'],
  ['e.csv', 'a;b\n0,001;1,5\n2,25;-0,5\n'],
  ['r.txt', '"a" "b"\n1 0.1 0.2\n2 0.4 0.5\n'],
  ['s.txt', '+1 1:0.5 3:0.2\n-1 2:0.7\n'],
  ['w.txt', '2 3\nthe 0.1 0.2 0.3\nof 0.4 0.1 0.7\n'],
  ['a.npy', npy],
  ['a.npz', zipSync({ 'X.npy': npy, 'y.npy': npy })],
  [
    'a.safetensors',
    Buffer.concat([
      Buffer.from([tensor.length, 0, 0, 0, 0, 0, 0, 0]),
      Buffer.from(tensor),
      Buffer.alloc(8, 1),
    ]),
  ],
].map(
  ([name, content]) =>
    [name, typeof content === 'string' ? Buffer.from(content) : content] as [string, Uint8Array],
);

const scraps = [
  ...[
    '',
    ' ',
    '\n',
    '\r\n',
    '\t',
    ',',
    ';',
    '"',
    "'",
    '#',
    '%',
    '{',
    '}',
    '[',
    ']',
    '<',
    '>',
    '&',
    ':',
    '*',
    '--',
    '\0',
  ],
  ...[
    '0',
    '-1',
    '1',
    '2',
    '0.5',
    '1,5',
    '1.234,5',
    '1e308',
    '1e999',
    '1e-400',
    '1D+3',
    'nan',
    'inf',
    '#N/A',
    '0x10',
  ],
  ...[
    '9007199254740993',
    '99999999999999999999',
    '10000000',
    '\u2212',
    '\u202e',
    'é',
    'source',
    'weight',
    'p edge 2 1',
  ],
  ...[
    '{"a":',
    '"\\"',
    '<node id="a"/>',
    'subgraph {',
    'node [',
    'a -- b;',
    '%%MatrixMarket matrix array real general\n',
  ],
];

const place = fc.double({ min: 0, max: 1, noNaN: true });

/** What happens to a file: bytes put in, cut out, doubled, another file from some place on. */
const edit = fc.oneof(
  fc.record({
    kind: fc.constant('put' as const),
    at: place,
    drop: fc.nat(8),
    text: fc.constantFrom(...scraps),
  }),
  fc.record({ kind: fc.constant('line' as const), at: place, drop: fc.nat(1), copies: fc.nat(3) }),
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({ kind: fc.constant('byte' as const), at: place, value: fc.nat(255) }),
  fc.record({ kind: fc.constant('splice' as const), at: place, other: fc.constantFrom(...originals) }),
);

type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

function edited(bytes: Uint8Array, change: Edit): Uint8Array {
  const at = Math.floor(change.at * bytes.length);
  const head = bytes.subarray(0, at);
  if (change.kind === 'put')
    return Buffer.concat([head, Buffer.from(change.text), bytes.subarray(at + change.drop)]);
  if (change.kind === 'cut') return head;
  if (change.kind === 'splice')
    return Buffer.concat([head, change.other[1].subarray(Math.floor(change.at * change.other[1].length))]);
  if (change.kind === 'byte')
    return Buffer.concat([head, Uint8Array.of(change.value), bytes.subarray(at + 1)]);
  const start = bytes.lastIndexOf(10, at) + 1;
  const end = bytes.indexOf(10, at) + 1 || bytes.length;
  const line = Array(change.copies + 1 - change.drop).fill(bytes.subarray(start, end));
  return Buffer.concat([bytes.subarray(0, start), ...line, bytes.subarray(end)]);
}

const options = fc.constantFrom(
  {},
  {},
  {},
  { strict: true },
  { header: true },
  { header: false },
  { flatten: true },
  { duplicates: 'sum' as const },
  { decimal: ',' as const },
  { array: 'X' },
);

const files = fc.record({
  original: fc.constantFrom(...originals),
  edits: fc.array(edit, { minLength: 1, maxLength: 4 }),
  packed: fc.boolean(),
  options,
});

const runs = inject('claims').profile === 'full' ? 20_000 : 1500;

/** Reads a damaged file; a refusal has to be one line, and neither may take two seconds of computing. */
async function attempt<T>(
  file: typeof files extends fc.Arbitrary<infer Value> ? Value : never,
  read: (source: string, bytes: Uint8Array, options: object) => Promise<T>,
): Promise<T | undefined> {
  const [name, whole] = file.original;
  const bytes = file.edits.reduce(edited, whole);
  const before = process.cpuUsage();
  try {
    return await read(name, file.packed ? gzipSync(bytes) : bytes, file.options);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.message).not.toMatch(/[\n\r\u202e\0]/);
    return undefined;
  } finally {
    expect(process.cpuUsage(before).user).toBeLessThan(2e6);
  }
}

function checkEdges(table: EdgeTable | QuadraticTable): void {
  const size = table.kind === 'edges' ? table.vertexCount : table.linear.length;
  const values = table.kind === 'edges' ? table.weights : table.values;
  const pairs = new Set<number>();
  for (const [e, value] of values.entries()) {
    const [u, v] = [table.sources[e], table.targets[e]];
    expect(Number.isFinite(value) && u !== v && u >= 0 && v >= 0 && u < size && v < size).toBe(true);
    pairs.add(Math.min(u, v) * size + Math.max(u, v));
  }
  expect(pairs.size).toBe(values.length);
  if (table.names !== undefined) expect(table.names.length).toBe(size);
}

function checkTable({ values, rows, columns, columnNames }: NumberTable): void {
  expect(values.length).toBe(rows * columns);
  expect(values.length).toBeGreaterThan(0);
  expect(values.every((value) => Number.isFinite(value))).toBe(true);
  if (columnNames !== undefined) expect(columnNames.length).toBe(columns);
}

describe('damaged files of every format', () => {
  it.each(originals)('%s is whole before it is damaged', async (name, bytes) => {
    const graph = await attempt(
      { original: [name, bytes], edits: [], packed: false, options: {} },
      readGraph,
    );
    const table = await attempt(
      { original: [name, bytes], edits: [], packed: false, options: { array: 'X' } },
      readTable,
    );
    const plain = await attempt(
      { original: [name, bytes], edits: [], packed: false, options: {} },
      readTable,
    );
    expect(graph ?? table ?? plain).toBeDefined();
  });

  it('become a graph or a refusal of one line, and never take two seconds', async ({ task }) => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(files, async (file) => {
        const table = await attempt(file, readGraph);
        if (table === undefined) return;
        accepted++;
        checkEdges(table);
      }),
      { numRuns: runs },
    );
    expect(accepted).toBeGreaterThan(runs / 20);
    task.meta.badInputs = { 'graph files': runs };
  }, 600_000);

  it('become a table of numbers or a refusal of one line, and never take two seconds', async ({ task }) => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(files, async (file) => {
        const table = await attempt(file, readTable);
        if (table === undefined) return;
        accepted++;
        checkTable(table);
      }),
      { numRuns: runs },
    );
    expect(accepted).toBeGreaterThan(runs / 50);
    task.meta.badInputs = { 'point files': runs };
  }, 600_000);

  it('answer arbitrary bytes with a refusal or a table', async () => {
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(any, fc.constantFrom(...originals), async (bytes, [name]) => {
        const file = { original: [name, bytes] as const, edits: [], packed: false, options: {} };
        const graph = await attempt(file, readGraph);
        if (graph !== undefined) checkEdges(graph);
        const table = await attempt(file, readTable);
        if (table !== undefined) checkTable(table);
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});
