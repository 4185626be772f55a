import { type MaxCutProgress, type Sides, solveMaxCut } from '../applications/maxcut/index.ts';
import { graphFormatList } from '../formats/graphs/detectGraph.ts';
import { digits } from './contract/digits.ts';
import { choice, number, whole } from './contract/options.ts';
import { graphFlags, graphReading } from './contract/readerFlags.ts';
import { fileArgument, inputFile, outputFile } from './contract/sourceFile.ts';
import type { Tool } from './contract/tool.ts';
import { type CutInput, formatSides, readCutInput } from './cuts/cutInput.ts';
import { maxCutExhibit } from './cuts/maxcutExhibit.ts';
import { type MaxCutResult, maxCutResult, maxCutResultOf, maxCutWords } from './cuts/maxcutResult.ts';
import { readStartSides, targetCut } from './cuts/startSides.ts';

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
  target: number(
    'VALUE',
    'end as soon as the cut is at least this; for a quadratic problem the energy, at most or at least',
    { least: -Number.MAX_VALUE, most: Number.MAX_VALUE },
    undefined,
  ),
  start: inputFile(
    'file',
    'begin with these sides, as --out writes them: 0 or 1 a line, or vertex,side; values of the variables likewise',
  ),
  out: outputFile(
    'file',
    'write the side (0 or 1) of each vertex, one a line; as vertex,side where the file names its vertices',
  ),
  ...graphFlags,
};

/** A problem, with what to begin with and when to end. */
interface Input extends CutInput {
  readonly readSeconds: number;
  readonly start?: Sides;
  /** In the user's own terms, and as a cut. */
  readonly target?: { readonly value: number; readonly cut: number };
}

/** Cuts a graph in two, with an upper bound and a certificate. */
export const maxcut: Tool<Input, typeof options, MaxCutResult> = {
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
  read: async ({ file, start, target, ...flags }) => {
    const before = performance.now();
    const input = await readCutInput(file, graphReading(flags));
    return {
      ...input,
      readSeconds: (performance.now() - before) / 1000,
      ...(start === undefined ? {} : { start: readStartSides(start, input) }),
      ...(target === undefined ? {} : { target: { value: target, cut: targetCut(input, target) } }),
    };
  },
  run: async (stream, input, { rank, polish }, { budget, threads, seed, signal, progress }) => {
    const course: MaxCutProgress[] = [];
    const solution = await solveMaxCut(stream, input.graph, {
      budget: 'steps' in budget ? { rounds: budget.steps } : budget,
      threads,
      polish,
      signal,
      ...(rank === undefined ? {} : { rank }),
      ...(input.start === undefined ? {} : { start: input.start }),
      ...(input.target === undefined ? {} : { target: input.target.cut }),
      onProgress: (now) => {
        course.push(now);
        progress(`cut ${digits(now.cut)}  bound ${digits(now.upperBound)}  ${now.seconds.toFixed(1)} s`);
      },
    });
    return {
      result: maxCutResultOf(input, solution, { ...input, progress: course }, seed),
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
