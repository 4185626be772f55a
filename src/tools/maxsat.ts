import {
  type ConstraintProblem,
  constraintProblem,
  solveConstraints,
} from '../applications/constraints/index.ts';
import { clauseFormatList, readClauses } from '../formats/readClauses.ts';
import type { ClauseTable } from '../formats/tables.ts';
import { InputError } from '../numerics/base/inputError.ts';
import { digits } from './contract/digits.ts';
import { choice } from './contract/options.ts';
import { fileArgument, outputFile } from './contract/sourceFile.ts';
import type { Tool } from './contract/tool.ts';
import {
  type MaxSatProgress,
  type MaxSatResult,
  maxSatExhibit,
  maxSatResult,
  maxSatResultOf,
  maxSatWords,
} from './maxsatResult.ts';

/** Clauses to be satisfied, the hard ones among them weighed. */
export interface ClauseInput {
  readonly problem: ConstraintProblem;
  /** 1 where a clause must be satisfied. */
  readonly hard: Uint8Array;
  /** What the reader skipped or merged. */
  readonly notes: readonly string[];
}

const options = {
  file: fileArgument('clauses of one or two literals, DIMACS .cnf or .wcnf, plain or gzip'),
  hard: choice(
    'what',
    'hard clauses (weigh: each gets the weight of all soft clauses and one more)',
    ['refuse', 'weigh'],
    'refuse',
  ),
  format: choice('name', 'what is read; "list" prints it', ['dimacs', 'list'], 'dimacs'),
  out: outputFile('file', 'write the value (0 or 1) of each variable, one a line'),
};

/** Satisfies weighted clauses of one or two literals, with an upper bound and a certificate. */
export const maxsat: Tool<ClauseInput, typeof options, MaxSatResult> = {
  name: 'maxsat',
  says: 'Satisfies weighted clauses of one or two literals, with an upper bound and a certificate.',
  notes: [
    'Ctrl-C ends the search with the best assignment so far; again, it ends the program.',
    'Example:',
    '  npm run -s maxsat -- fixtures/clauses/petersen.wcnf --seconds 2 --out values.txt',
  ],
  options,
  formats: () => clauseFormatList,
  seconds: 10,
  step: 'in rounds of the search',
  read: async ({ file, hard }) => clauseInput(file.source, await readClauses(file.source, file.read()), hard),
  run: async (stream, input, _options, { budget, seed, signal, progress }) => {
    const course: MaxSatProgress[] = [];
    const solution = await solveConstraints(stream, input.problem, {
      budget: 'steps' in budget ? { rounds: budget.steps } : budget,
      clock: () => performance.now() / 1000,
      signal,
      onProgress: (now) => {
        course.push(now);
        progress(
          `satisfied ${digits(now.weight)}  bound ${digits(now.upperBound)}  ${now.seconds.toFixed(1)} s`,
        );
      },
    });
    return {
      result: maxSatResultOf(input, solution, course, seed),
      outputs: {
        out: () => Array.from(solution.assignment, (value) => `${value > 0 ? 1 : 0}\n`).join(''),
      },
    };
  },
  result: maxSatResult,
  words: maxSatWords,
  exhibit: maxSatExhibit,
  subject: ({ file }) => file.source,
};

function clauseInput(source: string, table: ClauseTable, treatment: 'refuse' | 'weigh'): ClauseInput {
  const { variables, first, second, hard, lines, notes } = table;
  const weights = Float64Array.from(table.weights);
  const at = hard.indexOf(1);
  if (at >= 0 && treatment === 'refuse') {
    const help = '--hard weigh gives each the weight of all soft clauses and one more';
    const line = lines[at];
    throw new InputError({ source, line, expected: 'soft clauses only', got: 'a hard one', help });
  }
  const soft = weights.reduce((total, weight, c) => total + (hard[c] === 1 ? 0 : weight), 0);
  hard.forEach((isHard, c) => {
    if (isHard === 1) weights[c] = soft + 1;
  });
  const problem = constraintProblem(variables, 'clauses', { first, second, weights });
  return { problem, hard, notes };
}
