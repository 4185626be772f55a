import { z } from 'zod';
import { type MaxCutSolution, quadraticEnergy } from '../../applications/maxcut/index.ts';
import { digits } from '../contract/digits.ts';
import type { CutInput } from './cutInput.ts';

/** The answer to a quadratic problem in its own terms, as `maxcut --json` prints it. */
export const quadraticAnswer = z.strictObject({
  variables: z.enum(['binary', 'spin']),
  sense: z.enum(['minimize', 'maximize']),
  /** Of the assignment, offset included. */
  energy: z.number(),
  /** No assignment has less energy, or where it is maximized more. */
  bound: z.number(),
  offset: z.number(),
  assignment: z.array(z.int()),
  /** What the file calls its variables; null where it counts them. */
  names: z.array(z.string()).nullable(),
});

export type QuadraticAnswer = z.infer<typeof quadraticAnswer>;

/** The answer that a cut of the reduced graph stands for; null where the input was a graph. */
export function quadraticAnswerOf(
  { quadratic, names }: CutInput,
  { sides, upperBound, outcome, cut }: MaxCutSolution,
): QuadraticAnswer | null {
  if (quadratic === undefined) return null;
  const { problem, reduction } = quadratic;
  const assignment = reduction.assignment(sides);
  return {
    variables: problem.variables,
    sense: problem.sense,
    energy: quadraticEnergy(problem, assignment),
    bound: reduction.bound(outcome === 'optimal' ? cut : upperBound.value),
    offset: problem.offset,
    assignment: [...assignment],
    names: names === undefined ? null : [...names],
  };
}

/** The answer for a reader. */
export function quadraticWords(answer: QuadraticAnswer | null): string[] {
  if (answer === null) return [];
  const { sense, energy, bound } = answer;
  const side = sense === 'minimize' ? 'lower' : 'upper';
  return [
    `energy       ${digits(energy)}${energy === bound ? ` (proven ${sense === 'minimize' ? 'minimal' : 'maximal'})` : ''}`,
    `energy bound ${digits(bound)} (${side})`,
  ];
}
