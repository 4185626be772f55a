import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReaderOptions } from '../../../src/formats/readerOptions.ts';
import { readEdges, readGraph } from '../../../src/formats/readGraph.ts';
import { maximumCut } from './bruteForce.ts';

const bytesOf = (text: string) => Buffer.from(text, 'utf8');
const read = (name: string, text: string, options: ReaderOptions = {}) =>
  readEdges(name, bytesOf(text), options);

/** The weights of a triangle are 3, 4 and 5 wherever there are three different ones: its maximum cut is 9. */
const triangle = [
  ['columns named in another order', 'a.csv', 'weight,source,target\n3,1,2\n4,2,3\n5,1,3\n'],
  ['a column of ids before the ends', 'a.csv', 'id,from,to,weight\n0,1,2,3\n1,2,3,4\n2,1,3,5\n'],
  ['columns beyond the weight', 'a.csv', 'Source;Target;Weight;Label\n1;2;3;x\n2;3;4;y\n1;3;5;z\n'],
  ['names', 'a.csv', 'source,target,weight\nnorth,south,3\nsouth,east,4\nnorth,east,5\n'],
  ['names without a header', 'a.ncol', 'a b 3\nb c 4\na c 5\n'],
  ['unknown headings over numbers', 'a.csv', 'Node A,Node B,Weight\n0,1,3\n1,2,4\n0,2,5\n'],
  ['headings in a comment', 'a.txt', '# weight source target\n3 1 2\n4 2 3\n5 1 3\n'],
  ['blanks in a .csv', 'a.csv', '1 2 3\n2 3 4\n1 3 5\n'],
  ['tabs', 'a.txt', '1\t2\t3\n2\t3\t4\n1\t3\t5\n'],
  ['tabs in some lines and blanks in others', 'a.txt', '1\t2 3\n2 3\t4\n1 3 5\n'],
  ['quoted numbers', 'a.csv', '"source";"target";"weight"\n"0";"1";"3"\n"1";"2";"4"\n"0";"2";"5"\n'],
  ['a delimiter at the end of lines', 'a.csv', '1,2,3,\n2,3,4,\n1,3,5,\n'],
  ['decimal commas', 'a.csv', 'a;b;w\n1;2;3,0\n2;3;4,0\n1;3;5,0\n'],
  [
    'ids far apart',
    'a.csv',
    'u,v,w\n9007199254740993,9007199254740992,3\n9007199254740992,7,4\n7,9007199254740993,5\n',
  ],
  ['ids as pandas writes them', 'a.csv', 'source,target,weight\n1.0,2.0,3\n2.0,3,4\n1,3.0,5\n'],
  [
    'dictionaries of Python',
    'a.edgelist',
    "0 1 {'weight': 3}\n1 2 {'color': 'red', 'weight': 4}\n0 2 {'weight': 5.0}\n",
  ],
  ['KONECT', 'out.a', '% asym weighted\n% 3 3 3\n1 2 3 1082040961\n2 3 4 1082155839\n1 3 5 1082414391\n'],
  [
    'DIMACS with both arcs and nodes',
    'a.gr',
    'c\np sp 3 6\nn 1 s\na 1 2 3\na 2 1 3\na 2 3 4\na 3 2 4\na 1 3 5\na 3 1 5\n',
  ],
  ['DIMACS with tabs, counted twice', 'a.col', 'p\tedge\t3\t6\ne\t1\t2\t3\ne\t2\t3\t4\ne\t1\t3\t5\n'],
  ['METIS with weights', 'a.graph', '% comment\n3 3 001\n2 3 3 5\n1 3 3 4\n1 5 2 4\n'],
  [
    'METIS with sizes and weights of vertices',
    'a.graph',
    '3 3 111 2\n9 8 7 2 3 3 5\n9 8 7 1 3 3 4\n9 8 7 1 5 2 4\n',
  ],
  ['Pajek', 'a.net', '*Vertices 3\n1 "a b"\n2 "c"\n3 "d"\n*Edges\n1 2 3 c Blue\n2 3 4\n*Arcs\n3 1 5\n'],
  ['a Pajek matrix', 'a.net', '*Network n\n*Vertices 3\n*Matrix\n0 3 5\n3 0 4\n5 4 0\n'],
  [
    'Matrix Market with both triangles and a diagonal',
    'a.mtx',
    '%%MatrixMarket matrix coordinate real symmetric\n% c\n3 3 5\n1 1 9\n2 1 3\n1 2 3\n3 2 4\n3 1 5\n',
  ],
  [
    'a general matrix with one triangle',
    'a.mtx',
    '%MatrixMarket matrix coordinate unsigned-integer general\n3 3 3\n1 2 3\n2 3 4\n1 3 5\n',
  ],
  [
    'a dense matrix',
    'a.mtx',
    '%%MatrixMarket matrix array integer general\n3 3\n9\n3\n5\n3\n9\n4\n5\n4\n9\n',
  ],
  ['a dense lower triangle', 'a.mtx', '%%MatrixMarket matrix array real symmetric\n3 3\n9\n3\n5\n9\n4\n9\n'],
  [
    'GraphML',
    'a.graphml',
    '<?xml version="1.0"?>\n<graphml><key id="d0" for="edge" attr.name="weight"/><graph edgedefault="directed"><node id="a"/><node id="b"/><node id="c"/><edge source="a" target="b"><data key="d0">3</data></edge><edge source="b" target="c"><data key="d0">4</data></edge><edge source="a" target="c"><data key="d0">5</data></edge></graph></graphml>',
  ],
  [
    'GEXF',
    'a.gexf',
    '<gexf><graph><nodes><node id="0" label="n"/><node id="1" label="m"/><node id="2" label="k"/></nodes><edges><edge source="0" target="1" weight="3"/><edge source="1" target="2" weight="4"/><edge source="0" target="2" weight="5.0"/></edges></graph></gexf>',
  ],
  ['DOT in one line', 'a.txt', 'graph { a -- b [weight=3]; b -- c [weight=4]; a -- c [weight=5] }'],
  [
    'DOT with defaults and groups',
    'a.gv',
    '/* c */ digraph g {\n  edge [weight=4]; subgraph s { edge [weight=3]; a -> b }\n  b -> {c}; "a":p -> c [weight="5"];\n}',
  ],
  [
    'GML',
    'a.gml',
    'Creator "me"\ngraph [\n directed 0\n node [ id 7 label "a" ] node [ id 8 label "b" ] node [ id 9 label "c" ]\n edge [ source 7 target 8 value 3 ]\n edge [ source 8 target 9 value 4 ]\n edge [ source 7 target 9 value 5 ]\n]\n',
  ],
  [
    'JSON of NetworkX',
    'a.json',
    '{"nodes":[{"id":"a"},{"id":"b"},{"id":"c"}],"links":[{"source":"a","target":"b","weight":3},{"source":"b","target":"c","weight":4},{"source":"a","target":"c","weight":5}]}',
  ],
  [
    'JSON of D3 with places for ends',
    'a.json',
    '{"nodes":[{},{},{}],"links":[{"source":0,"target":1,"value":3},{"source":1,"target":2,"value":4},{"source":0,"target":2,"value":5}]}',
  ],
  [
    'JSON of D3 with names for nodes and places for ends',
    'a.json',
    '{"nodes":[{"name":"a","index":0},{"name":"b","index":1},{"name":"c","index":2}],"links":[{"source":0,"target":1,"value":3},{"source":1,"target":2,"value":4},{"source":0,"target":2,"value":5}]}',
  ],
  [
    'JSON of Cytoscape',
    'a.json',
    '{"elements":{"nodes":[{"data":{"id":"a"}},{"data":{"id":"b"}},{"data":{"id":"c"}}],"edges":[{"data":{"source":"a","target":"b","weight":3}},{"data":{"source":"b","target":"c","weight":4}},{"data":{"source":"a","target":"c","weight":5}}]}}',
  ],
  [
    'JSON of graphology',
    'a.json',
    '{"nodes":[{"key":"a"},{"key":"b"},{"key":"c"}],"edges":[{"source":"a","target":"b","attributes":{"weight":3}},{"source":"b","target":"c","attributes":{"weight":4}},{"source":"a","target":"c","attributes":{"weight":5}}]}',
  ],
  [
    'rudy with a title, comments and EOF',
    'a.txt',
    'G1.mc\n# c\n3 3\n1 2 3 # first\n2 3 +4.0\n1 3 5e0\nEOF\n',
  ],
  ['rudy from 0', 'a.txt', '3 3\n0 1 3\n1 2 4\n0 2 5\n'],
  ['rudy with commas', 'a.txt', '3 3\n1, 2, 3\n2, 3, 4\n1, 3, 5\n'],
  ['an adjacency matrix', 'a.csv', '0,3,5\n3,0,4\n5,4,0\n'],
  ['an adjacency matrix with names around it', 'a.csv', ',a,b,c\na,0,3,5\nb,3,0,4\nc,5,4,0\n'],
] as const;

const unweighted: [string, string, string, number, ReaderOptions?][] = [
  [
    'SNAP counted from 0',
    'a.txt',
    '# Directed graph\n# Nodes: 4 Edges: 4\n# FromNodeId\tToNodeId\n0\t1\n1\t2\n2\t3\n3\t0\n',
    4,
  ],
  ['words and a header of words that come again', 'a.txt', 'a b\nb c\nc d\n', 3],
  ['a list without a header', 'a.txt', '1 2\n2 3\n1 3\n', 2],
  ['a cycle in METIS, not two triangles', 'a.graph', '6 6\n2 6\n1 3\n2 4\n3 5\n4 6\n1 5\n', 6],
  ['the same numbers as rudy', 'a.rud', '6 6\n2 6\n1 3\n2 4\n3 5\n4 6\n1 5\n', 4],
  ['a cycle in rudy', 'a.txt', '6 6\n1 2\n2 3\n3 4\n4 5\n5 6\n1 6\n', 6],
  ['a tree in rudy, as --format says', 'a.txt', '4 3\n1 2\n2 3\n1 3\n', 2, { format: 'rudy' }],
  ['a list like a tree in rudy, as --format says', 'a.txt', '4 3\n1 2\n2 3\n1 3\n', 3, { format: 'edges' }],
  ['an adjacency list', 'a.adjlist', '#generated\n0 1 2\n1 2\n2\n', 2],
  ['empty dictionaries', 'a.txt', '0 1 {}\n1 2 {}\n0 2 {}\n', 2],
  ['loops', 'a.txt', '3 3\n1 1 5\n1 2 1\n2 3 1\n', 2],
  ['repeated edges', 'a.csv', '1,2\n2,1\n2,3\n1,2\n', 2],
  ['repeated edges to be summed', 'a.csv', '1,2,3\n2,1,4\n2,3,1\n', 8, { duplicates: 'sum' }],
  ['columns by number', 'a.csv', '9,1,2\n9,2,3\n', 2, { columns: ['2', '3'] }],
  ['a first line that --header makes a header', 'a.csv', 'anna,bob\ncarl,dora\n', 1, { header: true }],
  ['a first line that --no-header makes an edge', 'a.csv', 'anna,bob\ncarl,dora\n', 2, { header: false }],
  ['a bipartite graph of KONECT, whose sides count apart', 'out.a', '% bip unweighted\n1 1\n2 1\n1 2\n', 3],
  ['graph6', 'a.g6', '>>graph6<<Bw\n', 2],
  ['graph6 by its length', 'a.txt', 'DQc\n', 4],
  ['sparse6', 'a.s6', ':Bc\n', 2],
  ['an isolated vertex of DOT', 'a.dot', 'strict graph { a -- b; c; }', 1],
];

describe('graphs as people have them', () => {
  it.each(triangle)('are read from %s', async (_, name, text) => {
    const table = await read(name, text);
    expect([table.vertexCount, table.weights.length, maximumCut(table)]).toEqual([3, 3, 9]);
    const packed = await readEdges(`${name}.gz`, gzipSync(text.replaceAll('\n', '\r\n')));
    expect(maximumCut(packed)).toBe(9);
  });

  it.each(unweighted)('are read from %s without guessing', async (_, name, text, cut, options) => {
    expect(maximumCut(await read(name, text, options))).toBe(cut);
  });

  it.each<[string, string, string, string, ReaderOptions?]>([
    ['an empty file', 'a.txt', '\n', 'a.txt: expected a graph, got an empty file'],
    ['a header and nothing else', 'a.csv', 'source,target\n', 'a header and nothing else'],
    ['a tree that may be rudy or a list', 'a.txt', '4 3\n1 2\n2 3\n1 3\n', '--format rudy or --format edges'],
    ['a first line of three counts', 'a.txt', '3 3 1\n1 2 1\n2 3 1\n1 3 1\n', '--format edges'],
    ['words that may be a header', 'a.csv', 'anna,bob\ncarl,dora\n', '--header or --no-header'],
    ['two delimiters', 'a.csv', '1;2,5\n2;3,5\n1;3,5\n', '--decimal ,'],
    ['a missing weight', 'a.csv', 'u,v,w\n1,2,3\n2,3,\n', 'a.csv:3: expected a weight, got an empty cell'],
    ['a weight with a thousands separator', 'a.csv', '1,2,"1,000"\n', 'thousands separator'],
    ['four columns without names', 'a.csv', '1,2,3,4\n', '--columns source,target,weight'],
    ['a fraction for a vertex', 'a.csv', '0.5,1,2\n0.25,2,3\n', 'expected a vertex, got the number "0.5"'],
    ['integers beyond 2^53', 'a.txt', '2 1\n1 2 9007199254740993\n', 'beyond 2^53'],
    ['an infinite weight', 'a.csv', 'u,v,w\n1,2,inf\n', 'a.csv:2: expected a finite weight'],
    [
      'weights that overflow together',
      'a.txt',
      '4 2\n1 2 1e308\n3 4 1e308\n',
      'a.txt:2: expected weights whose sum',
    ],
    ['two weights for one pair', 'a.csv', '1,2,3\n2,1,4\n', '--duplicates sum'],
    ['a complex matrix', 'a.mtx', '%%MatrixMarket matrix coordinate complex hermitian\n1 1 0\n', 'real part'],
    [
      'a skew-symmetric matrix',
      'a.mtx',
      '%%MatrixMarket matrix coordinate real skew-symmetric\n1 1 0\n',
      'symmetric',
    ],
    ['a formula', 'a.cnf', 'p cnf 3 2\n1 -2 0\n', 'a cnf formula'],
    ['METIS whose ends do not agree', 'a.graph', '3 2\n2\n1\n2\n', 'a.graph:4'],
    ['a .graph that is rudy', 'a.graph', '4 3\n1 2 3\n2 3 4\n1 3 5\n', '--format rudy'],
    ['an asymmetric adjacency matrix', 'a.csv', '0,3,5,1\n3,0,4,1\n5,4,0,1\n1,1,2,0\n', '--columns'],
    ['an edge of JSON without an end', 'a.json', '{"nodes":[{"id":0}],"links":[{"source":0}]}', 'every edge'],
    [
      'rounded ids of JSON',
      'a.json',
      '{"nodes":[{"id":9007199254740993}],"links":[]}',
      'a JSON number would round',
    ],
    [
      'a hyperedge',
      'a.graphml',
      '<graphml><graph><node id="a"/><hyperedge/></graph></graphml>',
      'a hyperedge',
    ],
    ['several graphs', 'a.g6', 'Bw\nBw\n', 'a.g6:2: expected one graph in the file'],
    ['brackets that stay open', 'a.gml', 'graph [ node [ id 0 ]', 'every bracket closed'],
    ['a truncated DOT', 'a.dot', 'graph { a -- ', 'the DOT language'],
    ['an unknown format', 'a.txt', '1 2\n', 'expected one of matrix-market', { format: 'nope' }],
    ['a loop, strictly', 'a.txt', '2 2\n1 1 1\n1 2 1\n', 'a.txt:2', { strict: true }],
    ['a repetition, strictly', 'a.csv', '1,2\n2,1\n', 'a.csv:2', { strict: true }],
    ['a column that is not there', 'a.csv', 'u,v\n1,2\n', 'expected one of u, v', { columns: ['u', 'x'] }],
  ])('are refused in one line that helps, for %s', async (_, name, text, part, options) => {
    const message = await read(name, text, options).then(
      () => 'accepted',
      (error: Error) => `${error.name} ${error.message}`,
    );
    expect(message).toContain(part);
    expect(message).toMatch(/^InputError [^\n]*$/);
  });

  it.each([
    ['a NumPy array', '\x93NUMPY\x01\0', 'np.savetxt'],
    ['a PDF', '%PDF-1.4 \0', 'a PDF document'],
    ['an HDF5 file', '\x89HDF\r\n', 'HDF5'],
    ['other bytes', '1 2\0\n', 'binary data'],
  ])('are not looked for in %s', async (_, content, part) => {
    await expect(readGraph('a', Buffer.from(content, 'latin1'))).rejects.toThrow(part);
  });

  it('keep the names of their vertices, also those that numbers would make equal', async () => {
    expect((await read('a.csv', 'source,target\nb,a\na,"c, d"\n')).names).toEqual(['b', 'a', 'c, d']);
    const { names } = await read('a.csv', '9007199254740993,9007199254740992\n9007199254740992,12\n');
    expect(names).toEqual(['12', '9007199254740992', '9007199254740993']);
    expect((await read('a.csv', '0,1\n1,2\n')).names).toBeUndefined();
    expect(
      (
        await read(
          'a.gml',
          'graph [ node [ id 3 label "x" ] node [ id 1 label "y" ] edge [ source 3 target 1 ] ]',
        )
      ).names,
    ).toEqual(['y', 'x']);
  });

  it('say what was skipped, merged, relabelled and taken for a header', async () => {
    const text = '# made by hand\nsource,target,weight,note\n5,7,2,x\n7,5,2,y\n7,7,1,z\n';
    expect((await read('a.csv', text)).notes).toEqual([
      '1 comment line skipped before the data',
      'header "source", "target", "weight", "note"',
      'columns not used: "note"',
      '2 vertices between 5 and 7 numbered without gaps',
      '1 loop dropped (line 5)',
      '1 repeated edge or reverse arc merged, counted once (line 4)',
    ]);
  });

  it('are the same graph in every format that can write them', async () => {
    const weight = fc.integer({ min: -99, max: 99 });
    const graphs = fc.integer({ min: 2, max: 6 }).chain((n) => {
      const pairs = Array.from({ length: n }, (_, i) => i).flatMap((i) =>
        Array.from({ length: i }, (_, j) => [j, i]),
      );
      return fc
        .array(weight, { minLength: pairs.length, maxLength: pairs.length })
        .map((weights) => ({ n, pairs, weights }));
    });
    await fc.assert(
      fc.asyncProperty(graphs, async ({ n, pairs, weights }) => {
        const lines = (form: (u: number, v: number, w: number) => string) =>
          pairs.map(([u, v], e) => form(u, v, weights[e])).join('\n');
        const nodes = Array.from({ length: n }, (_, i) => i);
        const m = pairs.length;
        const texts: Record<string, string> = {
          'a.txt': `${n} ${m}\n${lines((u, v, w) => `${u + 1} ${v + 1} ${w}`)}\n`,
          'b.csv': `source,target,weight\n${lines((u, v, w) => `${v},${u},${w}`)}\n`,
          'c.mtx': `%%MatrixMarket matrix coordinate integer symmetric\n${n} ${n} ${m}\n${lines((u, v, w) => `${v + 1} ${u + 1} ${w}`)}\n`,
          'd.col': `p edge ${n} ${m}\n${lines((u, v, w) => `e ${u + 1} ${v + 1} ${w}`)}\n`,
          'e.net': `*Vertices ${n}\n*Edges\n${lines((u, v, w) => `${u + 1} ${v + 1} ${w}`)}\n`,
          'f.gml': `graph [\n${nodes.map((i) => `node [ id ${i} ]`).join('\n')}\n${lines((u, v, w) => `edge [ source ${u} target ${v} weight ${w} ]`)}\n]`,
          'g.dot': `graph {\n${lines((u, v, w) => `${u} -- ${v} [weight=${w}];`)}\n}`,
          'h.json': JSON.stringify({
            nodes: nodes.map((id) => ({ id })),
            links: pairs.map(([source, target], e) => ({ source, target, weight: weights[e] })),
          }),
        };
        const expected = await read('a.txt', texts['a.txt'], { format: 'rudy' });
        for (const [name, text] of Object.entries(texts)) {
          const table = await read(name, text);
          expect([name, table.vertexCount, table.names]).toEqual([name, n, undefined]);
          expect([name, maximumCut(table)]).toEqual([name, maximumCut(expected)]);
          expect([name, [...table.weights].sort()]).toEqual([name, [...weights].sort()]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
