import { type MaxCutProgress, solveMaxCut } from '../applications/maxcut/index.ts';
import { graphFormatList } from '../formats/graphs/detectGraph.ts';
import { digits } from './contract/digits.ts';
import { choice, whole } from './contract/options.ts';
import { graphFlags, graphReading } from './contract/readerFlags.ts';
import { fileArgument, outputFile } from './contract/sourceFile.ts';
import type { Tool } from './contract/tool.ts';
import { type CutInput, formatSides, readCutInput } from './cutInput.ts';
import {
  type MaxCutResult,
  maxCutExhibit,
  maxCutResult,
  maxCutResultOf,
  maxCutWords,
} from './maxcutResult.ts';

const options = {
  file: fileArgument('a graph or a quadratic problem, plain or gzip; --format list shows the formats'),
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
  out: outputFile(
    'file',
    'write the side (0 or 1) of each vertex, one a line; as vertex,side where the file names its vertices',
  ),
  ...graphFlags,
};

/** Cuts a graph in two, with an upper bound and a certificate. */
export const maxcut: Tool<CutInput, typeof options, MaxCutResult> = {
  name: 'maxcut',
  says: 'Cuts a graph in two, with an upper bound and a certificate.',
  notes: [
    'Ctrl-C ends the search with the best cut so far; again, it ends the program.',
    'Example:',
    '  npm run -s maxcut -- fixtures/graphs/petersen.txt --seconds 2 --out sides.txt',
  ],
  options,
  formats: graphFormatList,
  seconds: 10,
  step: 'in rounds of the search',
  read: ({ file, ...flags }) => readCutInput(file, graphReading(flags)),
  run: async (stream, input, { rank, polish }, { budget, threads, seed, signal, progress }) => {
    const course: MaxCutProgress[] = [];
    const solution = await solveMaxCut(stream, input.graph, {
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
      result: maxCutResultOf(input, solution, course, seed),
      outputs: {
        out: () => formatSides(input, solution.sides),
      },
    };
  },
  result: maxCutResult,
  words: maxCutWords,
  exhibit: maxCutExhibit,
  subject: ({ file }) => file.source,
};
