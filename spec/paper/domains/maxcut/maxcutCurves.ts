import { type Graph, smoothedCutObjective } from '../../../../src/applications/maxcut/index.ts';
import { descendToStationary } from '../../../../src/applications/maxcut/sampler/stationaryCut.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { type LogLogLine, logLogSlope } from '../../../../src/numerics/statistics/logLogSlope.ts';
import type { Chart, Exhibit, Series } from '../../../../src/papers/claims/exhibit.ts';
import { type DescentTask, hyperplaneExpectation } from './maxcutDescents.ts';
import { type SparseFamily, sparseGraphs } from './sparseGraphs.ts';
import { posed } from './theoremComparisons.ts';

/** Measured powers with the line through them. */
export interface Curve {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly line: LogLogLine;
}

function curveThrough(points: readonly (readonly [number, number])[]): Curve {
  return {
    points,
    line: logLogSlope(
      points.map(([x]) => x),
      points.map(([, y]) => y),
    ),
  };
}

/** The ends of a slope's interval of two standard errors. */
export function slopeInterval({ line: { slope, standardError } }: Curve): readonly [number, number] {
  return [slope - 2 * standardError, slope + 2 * standardError];
}

const scales = [0.0025, 0.005, 0.01, 0.02, 0.04, 0.08];

/** What a start loses to smoothing τ = ε and to λ = ε^power·Σ|w|/n together, by ε. */
export function lossCurve({ graph, vectors }: DescentTask, power: number): Curve {
  return curveThrough(
    scales.map((epsilon) => [epsilon, lossOf(graph, vectors, epsilon, epsilon ** power)] as const),
  );
}

/** The expected cut of hyperplanes less −f(V₀, 0), for λ = share·Σ|w|/n. */
function lossOf(graph: Graph, vectors: Float64Array, smoothing: number, share: number): number {
  const n = graph.vertexCount;
  const regularization = (share * graph.absoluteWeight) / n;
  const objective = smoothedCutObjective(graph, { rank: vectors.length / n, smoothing, regularization });
  const start = new Float64Array(objective.dimension);
  start.set(vectors);
  return hyperplaneExpectation(graph, vectors) + objective.value(start);
}

/** Each twice, by two graphs. */
const sizes = [30, 30, 60, 60, 120, 120, 240, 240];
/** Accuracies, in units of the theorem's ρ. */
const accuracies = [1e6, 1e4, 100, 1, 0.01, 1e-4];

/**
 * Gradients and Hessian products until the goal, by the number of vertices and by 1/ρ at 100 vertices.
 *
 * @param price what one of them costs, by the number of coordinates
 */
export function evaluationCurves(
  stream: RandomStream,
  family: SparseFamily,
  price: (coordinates: number) => number = () => 1,
): { bySize: Curve; byAccuracy: Curve } {
  const count = (label: string, n: number, accuracy: number): number => {
    const own = stream.fork(label);
    const { graph } = sparseGraphs(family, n, n).realize({ n, stream: own.integer(0, 0x7fffffff) });
    const { task } = posed(own, graph);
    const { gradientTolerance, curvatureTolerance } = task.goal;
    const goal = { gradientTolerance: accuracy * gradientTolerance, curvatureTolerance };
    const end = descendToStationary(own.fork('descent'), task.objective, task.start, goal);
    // A descent that does not arrive has no number of evaluations.
    return end.outcome === 'reached' ? price(task.objective.dimension) * end.evaluations : Number.MAX_VALUE;
  };
  return {
    bySize: curveThrough(sizes.map((n, place) => [n, count(`size ${place}`, n, 1)] as const)),
    byAccuracy: curveThrough(accuracies.map((rho) => [1 / rho, count('accuracy', 100, rho)] as const)),
  };
}

const log = { scale: 'log' } as const;

function slopeOf(curve: Curve): string {
  const [low, high] = slopeInterval(curve).map((end) => end.toFixed(3));
  return `${curve.line.slope.toFixed(3)} (${low} to ${high})`;
}

function dots(name: string, { points }: Curve): Series {
  return { name, mark: 'dots', points: points.map(([x, y]): [number, number] => [x, y]) };
}

/** The losses of the start over τ and λ together, on three families of 60 vertices. */
export function lossExhibit(stream: RandomStream): Exhibit {
  const families = ['sparse bipartite', 'cubic', 'geometric'] as const;
  const curves = families.map((family) => {
    const own = stream.fork(family);
    const { graph } = sparseGraphs(family, 60, 60).realize({ n: 60, stream: own.integer(0, 0x7fffffff) });
    return { family, curve: lossCurve(posed(own, graph).task, 1) };
  });
  const chart: Chart = {
    id: 'maxcut.losses.scale',
    figure: 'maxcut.losses',
    origin: 'measured',
    title: 'What the start loses to smoothing and λ',
    caption: `τ = ε and λ = ε·Σ|w|/n, graphs of 60 vertices. Slopes, with two standard errors: ${curves.map(({ family, curve }) => `${family} ${slopeOf(curve)}`).join('; ')}.`,
    x: { label: 'ε', ...log },
    y: { label: 'expected hyperplane cut less −f(V₀, 0)', ...log },
    series: curves.map(({ family, curve }) => dots(family, curve)),
    rules: [],
  };
  return { observations: [], charts: [chart] };
}

/** Evaluations to stationarity over n and over 1/ρ, on cubic graphs. */
export function evaluationExhibit(stream: RandomStream): Exhibit {
  const { bySize, byAccuracy } = evaluationCurves(stream, 'cubic');
  const common = { figure: 'maxcut.evaluations', origin: 'measured', rules: [] } as const;
  const y = { label: 'gradients and Hessian products', ...log };
  return {
    observations: [],
    charts: [
      {
        ...common,
        id: 'maxcut.evaluations.size',
        title: 'Evaluations to a stationary point, by size',
        caption: `Cubic graphs, ρ = λ²/K. Slope ${slopeOf(bySize)}.`,
        x: { label: 'vertices', ...log },
        y,
        series: [dots('measured', bySize)],
      },
      {
        ...common,
        id: 'maxcut.evaluations.accuracy',
        title: 'Evaluations to a stationary point, by accuracy',
        caption: `A cubic graph of 100 vertices; accuracy in units of K/λ². Slope ${slopeOf(byAccuracy)}; the bound of perturbed gradient descent has 2.`,
        x: { label: '1/ρ', ...log },
        y,
        series: [dots('measured', byAccuracy)],
      },
    ],
  };
}
