import { type Graph, type MaxCutProgress, solveMaxCut } from '../applications/maxcut/index.ts';
import { readEdges } from '../formats/readGraph.ts';
import { digits } from './contract/digits.ts';
import { choice, whole } from './contract/options.ts';
import { fileArgument, outputFile } from './contract/sourceFile.ts';
import type { Tool } from './contract/tool.ts';
import { graphFromTable } from './fromTables.ts';
import {
  type MaxCutResult,
  maxCutExhibit,
  maxCutResult,
  maxCutResultOf,
  maxCutWords,
} from './maxcutResult.ts';

const options = {
  file: fileArgument('Gset/rudy, Matrix Market, DIMACS or CSV edge list, plain or gzip'),
  rank: whole(
    'R',
    'dimension of the vectors descended from; default at most 8',
    { least: 1, most: 1000 },
    undefined,
  ),
  polish: choice(
    'steps',
    "what follows the paper's method (none: that alone)",
    ['none', 'one-opt', 'resample'],
    'resample',
  ),
  out: outputFile('file', 'write the side (0 or 1) of each vertex, one a line, in vertex order'),
};

/** Cuts a graph in two, with an upper bound and a certificate. */
export const maxcut: Tool<Graph, typeof options, MaxCutResult> = {
  name: 'maxcut',
  says: 'Cuts a graph in two, with an upper bound and a certificate.',
  notes: [
    'Ctrl-C ends the search with the best cut so far; again, it ends the program.',
    'Example:',
    '  npm run -s maxcut -- fixtures/graphs/petersen.txt --seconds 2 --out sides.txt',
  ],
  options,
  seconds: 10,
  step: 'in rounds of the search',
  read: async ({ file }) => graphFromTable(file.source, await readEdges(file.source, file.read())),
  run: async (stream, graph, { rank, polish }, { budget, threads, seed, signal, progress }) => {
    const course: MaxCutProgress[] = [];
    const solution = await solveMaxCut(stream, graph, {
      budget: 'steps' in budget ? { rounds: budget.steps } : budget,
      threads,
      polish,
      signal,
      ...(rank === undefined ? {} : { rank }),
      onProgress: (now) => {
        course.push(now);
        progress(`cut ${digits(now.cut)}  bound ${digits(now.upperBound)}  ${now.seconds.toFixed(1)} s`);
      },
    });
    return {
      result: maxCutResultOf(graph, solution, course, seed),
      outputs: {
        out: () => Array.from(solution.sides, (side) => (side > 0 ? '1\n' : '0\n')).join(''),
      },
    };
  },
  result: maxCutResult,
  words: maxCutWords,
  exhibit: maxCutExhibit,
  subject: ({ file }) => file.source,
};
