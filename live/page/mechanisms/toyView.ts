import { frozenMinimiser, frozenShift, toyObjective } from '../../../spec/paper/domains/lemma/toy.ts';
import { trustRegion } from '../../../src/numerics/optimize/trustRegion.ts';
import { randomStream } from '../../../src/numerics/random/stream.ts';

/** The parts of the plane that are drawn. */
export const weightRange = [-1, 1] as const;
export const biasRange = [-0.5, 1.5] as const;

const goal = { gradientTolerance: 1e-11, curvatureTolerance: 1e-6 };

/** What the toy of Figures 1 and 2 does at one λ and one bias. */
export interface ToyView {
  /** The loss over w at the bias. */
  readonly slice: readonly (readonly [number, number])[];
  /** The weight of least loss at the bias, and that loss. */
  readonly frozen: readonly [w: number, loss: number];
  /** Where a descent from (0.8, bias) ends that trains the bias too. */
  readonly trained: { readonly w: number; readonly b: number; readonly loss: number };
  /** The steps of plain descent from there, with the bias trained. */
  readonly path: readonly (readonly [w: number, b: number])[];
  /** The minimising weight by the closed form, which is for a bias of 0; null elsewhere. */
  readonly closedForm: number | null;
}

/** Evaluates the toy: values by the closed form of the expectation, ends by the trust region of the claims. */
export function toyView(regularization: number, bias: number): ToyView {
  const objective = toyObjective(regularization);
  const value = (w: number): number => objective.value(Float64Array.of(w, bias));
  const [least, most] = weightRange;
  const slice = Array.from({ length: 161 }, (_, i) => {
    const w = least + ((most - least) * i) / 160;
    return [w, value(w)] as const;
  });
  const stream = randomStream('toy');
  const held = frozenShift(objective);
  let frozen: readonly [number, number] = [0, value(0)];
  for (const start of [0.15, 0.45, 0.7, 1.1]) {
    const end = trustRegion().minimize(stream, held, Float64Array.of(start, bias), goal);
    if (end.value < frozen[1]) frozen = [Math.abs(end.point[0]), end.value];
  }
  const end = trustRegion().minimize(stream, objective, Float64Array.of(0.8, bias), goal);
  return {
    slice,
    frozen,
    trained: { w: Math.abs(end.point[0]), b: end.point[1], loss: end.value },
    path: plainPath(regularization, bias),
    closedForm: bias === 0 ? frozenMinimiser(regularization) : null,
  };
}

/** Plain gradient descent: a course to look at, where the trust region takes a dozen leaps. */
function plainPath(regularization: number, bias: number): readonly (readonly [number, number])[] {
  const objective = toyObjective(regularization);
  const x = Float64Array.of(0.8, bias);
  const gradient = new Float64Array(2);
  const points: (readonly [number, number])[] = [[x[0], x[1]]];
  for (let step = 1; step <= 4000; step++) {
    objective.gradientInto(gradient, x);
    // Steep where the start is far out: a step of bounded length stays on the drawing.
    const length = Math.min(0.02, 0.05 / Math.max(1e-300, Math.hypot(gradient[0], gradient[1])));
    x[0] -= length * gradient[0];
    x[1] -= length * gradient[1];
    if (step % 20 === 0) points.push([x[0], x[1]]);
  }
  return points;
}

/** The minimising weight over λ at a bias of 0, by the closed form: the curve of Figure 1. */
export const minimiserCurve: readonly (readonly [number, number])[] = Array.from({ length: 121 }, (_, i) => {
  const lambda = 10 ** (-4 + i / 30);
  return [lambda, frozenMinimiser(lambda)] as const;
});
