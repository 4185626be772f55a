import { hyperplaneExpectation } from '../../spec/paper/domains/maxcut/maxcutDescents.ts';
import { posed } from '../../spec/paper/domains/maxcut/theoremComparisons.ts';
import { certifyStationary } from '../../src/applications/maxcut/bound/stationarityCertificate.ts';
import { cutValue } from '../../src/applications/maxcut/graph/cut.ts';
import { dualBound, graphFromEdges, solveSemidefinite } from '../../src/applications/maxcut/index.ts';
import { descendToStationary, signsOf } from '../../src/applications/maxcut/sampler/stationaryCut.ts';
import { randomStream } from '../../src/numerics/random/stream.ts';
import type { CutFrame, CutFrames, CutTask } from './cutTask.ts';

/** Descends on the objective of Theorem 5.2's claim, and keeps what is to be shown. */
export function cutFrames({ vertexCount, edges, seed }: CutTask): CutFrames {
  const stream = randomStream(seed);
  const graph = graphFromEdges(vertexCount, edges);
  const { task, variant } = posed(stream, graph);
  const { objective, goal, start, vectors } = task;
  const frameOf = (step: number, value: number, point: Float64Array): CutFrame => {
    const spread = Float64Array.from({ length: vertexCount }, (_, i) =>
      Math.hypot(...point.subarray(i * objective.rank, (i + 1) * objective.rank)),
    );
    const square = spread.reduce((sum, s) => sum + s * s, 0);
    return {
      step,
      mean: point.slice(objective.shift.start, objective.shift.start + vertexCount),
      spread,
      cut: cutValue(graph, signsOf(objective, point)),
      expectation: variant.regularization * square - value,
    };
  };
  const frames: CutFrame[] = [];
  const end = descendToStationary(stream.fork('descent'), objective, start, goal, {
    perturbation: variant.perturbation,
    // Shorter blocks than the claim's: a point is seen after each.
    blockSteps: 2,
    observe: (step, value, point) => {
      // Most happens early: a frame for each twentieth that the number of steps grows by.
      if (step === 0 || step > 1.05 * (frames.at(-1)?.step ?? 0)) frames.push(frameOf(step, value, point));
    },
  });
  frames.push(frameOf(end.steps, end.value, end.point));
  const certificate = certifyStationary(stream.fork('certificate'), objective, end.point, goal);
  const solution = solveSemidefinite(stream.fork('relaxation'), graph);
  return {
    kind: 'cut',
    frames,
    hyperplanes: hyperplaneExpectation(graph, vectors),
    bound: dualBound(stream.fork('bound'), graph, solution).value,
    certificate: {
      weightNorm: certificate.weightNorm,
      weightBound: goal.gradientTolerance / (2 * objective.regularization - goal.curvatureTolerance),
      gradientNorm: certificate.gradientNorm,
      gradientTolerance: goal.gradientTolerance,
      lowestCurvature: certificate.lowestCurvature,
      curvatureTolerance: goal.curvatureTolerance,
    },
  };
}
