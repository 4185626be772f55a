import { describe, expect, it } from 'vitest';
import type { ReaderOptions } from '../../../src/formats/readerOptions.ts';
import { readEdges, readGraph } from '../../../src/formats/readGraph.ts';
import { bestEnergy } from './bruteForce.ts';

async function energyOf(name: string, text: string, options: ReaderOptions = {}): Promise<number> {
  const table = await readGraph(name, Buffer.from(text), options);
  if (table.kind !== 'quadratic') throw new Error('read as a graph');
  return bestEnergy(table);
}

const qubo = 'c a comment\np qubo 0 3 2 2\n0 0 -1.0\n1 1 -1.0\n0 1 2.0\n1 2 2.0\n';
const model = (facts: object) =>
  JSON.stringify({
    type: 'BinaryQuadraticModel',
    variable_labels: ['a', 'b', ['c', 1]],
    variable_type: 'SPIN',
    offset: 0.5,
    linear_biases: [0, 1, 0],
    quadratic_biases: [1, 1, 1],
    quadratic_head: [1, 2, 2],
    quadratic_tail: [0, 0, 1],
    ...facts,
  });
const qplib = (type: string) =>
  `NAME\n${type} # type\nmaximize\n3 # variables\n3\n1 1 4\n2 1 1.0\n3 2 1.0\n-1 # default\n1\n3 2.5\n7 # constant\n1e30\n`;

describe('quadratic problems as people have them', () => {
  it.each<[string, string, string, number, ReaderOptions?]>([
    // By hand: x = (1, 0, ·) gives −1.
    ['qbsolv', 'a.qubo', qubo, -1],
    // x = (1, 1, 1) gives −2 + 4.
    ['qbsolv to be maximized', 'a.qubo', qubo, 2, { sense: 'maximize' }],
    // An antiferromagnetic triangle is frustrated.
    ['dimod coordinates', 'a.coo', '# vartype=SPIN\n0 1 1.0\n1 2 1.0\n0 2 1.0\n', -1],
    ['coordinates with a bias and an offset', 'a.txt', '# vartype: BINARY\n# offset: 3\n0 0 -2\n0 1 1\n', 1],
    [
      'coordinates whose variables an option names',
      'a.coo',
      '0 1 1\n',
      -1,
      { variables: 'spin', format: 'coo' },
    ],
    // xᵀQx with both halves: 5x₁ − 6x₁x₂ + 4x₂x₃ − 4x₃.
    ['Biq Mac', 'a.sparse', '# c\n3 4\n1 1 5\n1 2 -3\n2 3 2\n3 3 -4\n', -4],
    // ½(4x₁ + 2x₁x₂ + 2x₂x₃) − x₁ − x₂ + 2.5x₃ + 7 at (1, 1, 1).
    ['QPLIB', 'a.qplib', qplib('QBN'), 11.5],
    ['QPLIB by its content', 'a.txt', qplib('QBB'), 11.5],
    // Spins (1, −1, −1) or (−1, −1, 1): −1 − 1 + ½.
    ['dimod as JSON', 'a.json', model({}), -1.5],
    [
      'older JSON of dimod',
      'a.json',
      '{"type":"BinaryQuadraticModel","variable_type":"BINARY","offset":1,"variable_labels":["x","y"],"linear_terms":[{"label":"x","bias":-2},{"label":"y","bias":-2}],"quadratic_terms":[{"label_head":"x","label_tail":"y","bias":3}]}',
      -1,
    ],
  ])('are read from %s', async (_, name, text, energy, options) => {
    expect(await energyOf(name, text, options)).toBe(energy);
  });

  it('keep the names of their variables', async () => {
    expect((await readGraph('a.json', Buffer.from(model({})))).names).toEqual(['a', 'b', '["c",1]']);
  });

  it.each<[string, string, string, string, ReaderOptions?]>([
    ['a wrong count of couplers', 'a.qubo', qubo.replace('2 2\n', '2 3\n'), 'as the line "p" says'],
    ['variables of no kind', 'a.coo', '0 1 1\n', '--variables spin'],
    ['a problem with constraints', 'a.qplib', qplib('QBL'), 'without constraints'],
    ['a file cut off', 'a.qplib', qplib('QBN').slice(0, 60), 'the end of the file'],
    ['biases as bytes', 'a.json', model({ use_bytes: true }), 'use_bytes=False'],
    ['lists of different lengths', 'a.json', model({ quadratic_head: [1] }), 'matching lengths'],
    [
      'a variable that is not there',
      'a.json',
      model({ quadratic_head: [1, 2, 3] }),
      'two different variables',
    ],
    ['an infinite bias', 'a.sparse', '1 1\n1 1 inf\n', 'a.sparse:2: expected a finite number'],
  ])('are refused in one line for %s', async (_, name, text, part, options) => {
    await expect(readGraph(name, Buffer.from(text), options)).rejects.toThrow(part);
  });

  it('are no graphs where a graph is wanted', async () => {
    await expect(readEdges('a.qubo', Buffer.from(qubo))).rejects.toThrow(
      'expected a graph, got a quadratic problem',
    );
  });
});
