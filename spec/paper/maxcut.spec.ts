import {
  goemansWilliamsonRatio as alpha,
  cutValue,
  derandomizedCut,
  dualBound,
  exactCut,
  type Graph,
  smoothedCutObjective,
  solveSemidefinite,
} from '../../src/applications/maxcut/index.ts';
import { smoothingErrorBound } from '../../src/applications/maxcut/sampler/smoothingBounds.ts';
import {
  descendToStationary,
  stationarityGoal,
} from '../../src/applications/maxcut/sampler/stationaryCut.ts';
import { norm } from '../../src/numerics/linalg/vectors.ts';
import type { RandomStream } from '../../src/numerics/random/stream.ts';
import { atLeast, atMost, equals } from '../../src/papers/claims/comparison.ts';
import { logUniform, oneOf, streams } from '../../src/papers/claims/domain.ts';
import { cutCertificates } from './domains/maxcut/cutCertificates.ts';
import { cutInstances, edgeless, frustratedCycle, graphs, paperGraph } from './domains/maxcut/maxcut.ts';
import {
  evaluationCurves,
  evaluationExhibit,
  lossCurve,
  lossExhibit,
  slopeInterval,
} from './domains/maxcut/maxcutCurves.ts';
import {
  bareCut,
  descendFrom,
  hyperplaneExpectation,
  recount,
  relaxationValue,
  sampledHyperplanes,
  startLoss,
} from './domains/maxcut/maxcutDescents.ts';
import { maxCutFigures } from './domains/maxcut/maxcutFigures.ts';
import {
  lowestShiftEigenvalue,
  plainDescent,
  unitVectors,
  type VectorKind,
} from './domains/maxcut/maxcutPoints.ts';
import { type SparseFamily, sparseGraphs } from './domains/maxcut/sparseGraphs.ts';
import { compared, posed, roundedCut, stationaryComparisons } from './domains/maxcut/theoremComparisons.ts';
import { bestLocalOptimum, coinCut, greedyCut } from './domains/maxcut/trivialCuts.ts';
import { corollary, lemma, observation, section, theorem } from './language.ts';

type Signs = 'as drawn' | 'signed';

const samples = 4000;
const expectedWords = 'expected hyperplane cut against α·SDP';
const sampledWords = 'expected against sampled hyperplane cut';
const changeWords = 'change of the expected cut by smoothing';
const saddleGradient = 'norm of ∇_μ f';
const saddleCurvature = 'lowest curvature in μ, below 0';
const boundWords = 'maximum cut against the bound';
const recountWords = 'cut counted again';
const alike = 'all vectors alike';
const smallGraphs = 'up to two dozen vertices';
const reached = 'cut of one descent against the maximum';
const maximum = 'maximum cut, by trying all';
const varianceEnd = '‖V‖ at the end against 10⁻⁶ of the start';
const lossSlope = 'slope of the losses over ε';
const sizeSlope = 'slope over the number of vertices, upper end of its interval';
const largestSize = 'the largest size';
/** Rate at which one instance's sampled mean may leave its interval. */
const sampledRate = 1e-13;

section('MAXCUT: hyperplanes, smoothed and derandomized', () => {
  lemma('maxcut.goemans-williamson', {
    let: { instance: graphs(20), stream: streams() },
    define: ({ instance: { graph }, stream }) => relaxed(stream, graph),
    strata: (profile) => ({
      'three to nine vertices': { quota: 1, let: { instance: graphs(9) } },
      'ten vertices or more': { quota: 3, let: { instance: graphs(profile === 'full' ? 24 : 20, 10) } },
    }),
    then: ({ graph, solution, value, stream }) => {
      const relaxation = relaxationValue(graph, solution.vectors);
      const gap = Math.max(0, dualBound(stream.fork('bound'), graph, solution).value - solution.value);
      const rounded = roundedCut(graph);
      return [
        atLeast(expectedWords, value, alpha * relaxation, rounded),
        atLeast('SDP against OPT', relaxation, exactCut(graph).cut, {
          value: gap + rounded.value,
          because: 'distance of the vectors from the dual bound',
        }),
        equals(
          sampledWords,
          value,
          sampledHyperplanes(stream.fork('hyperplanes'), graph, solution.vectors, samples).mean,
          {
            value:
              graph.absoluteWeight * Math.sqrt(Math.log(2 / sampledRate) / (2 * samples)) + rounded.value,
            because: `Hoeffding's inequality for ${samples} hyperplanes at rate ${sampledRate}`,
          },
        ),
      ];
    },
    sabotage: {
      'coin flips in place of hyperplanes': {
        breaks: expectedWords,
        share: 0.6,
        define: ({ graph }) => ({ value: graph.totalWeight / 2 }),
      },
      'hyperplanes of vectors that are not the relaxation’s': {
        breaks: sampledWords,
        share: 0.6,
        define: ({ graph, stream }) => ({
          value: hyperplaneExpectation(graph, unitVectors(stream.fork('others'), graph, 'random')),
        }),
      },
      'negative weights': {
        breaks: expectedWords,
        drops: 'non-negative weights',
        share: 0.8,
        instances: 8,
        define: ({ stream }) => relaxed(stream, frustratedCycle(stream.fork('graph'), 'negative')),
        restored: {
          define: ({ stream }) => relaxed(stream, frustratedCycle(stream.fork('graph'), 'none')),
        },
      },
    },
    sampledFailureRate: sampledRate,
    instances: { smoke: 20, quick: 80, full: 600 },
  });

  lemma('maxcut.smoothing', {
    let: {
      instance: graphs(40),
      smoothing: logUniform(1e-3, 1),
      vectorKind: oneOf<VectorKind>('relaxation', 'random', 'antipodal', 'all alike'),
      stream: streams(),
    },
    define: ({ instance: { graph }, smoothing, vectorKind, stream }) => {
      const vectors = unitVectors(stream, graph, vectorKind);
      return {
        graph,
        vectors,
        mean: new Float64Array(graph.vertexCount),
        used: smoothing,
        hard: hyperplaneExpectation(graph, vectors),
        promised: smoothingErrorBound(graph, smoothing),
      };
    },
    strata: {
      'vectors of the relaxation': { quota: 1, let: { vectorKind: oneOf<VectorKind>('relaxation') } },
      'random vectors': { quota: 1, let: { vectorKind: oneOf<VectorKind>('random') } },
      'antipodal vectors': { quota: 1, let: { vectorKind: oneOf<VectorKind>('antipodal') } },
      [alike]: { quota: 1, let: { vectorKind: oneOf<VectorKind>('all alike') } },
    },
    then: ({ graph, vectors, mean, used, hard, promised }) => {
      const rank = vectors.length / graph.vertexCount;
      const objective = smoothedCutObjective(graph, { rank, smoothing: used, regularization: 0 });
      const point = new Float64Array(objective.dimension);
      point.set(vectors);
      point.set(mean, objective.shift.start);
      // Near |ρ| = 1 the arc cosine turns an error ε of ρ into √(2ε).
      return atMost(changeWords, Math.abs(-objective.value(point) - hard), promised, {
        value: graph.absoluteWeight * Math.sqrt(8 * rank * Number.EPSILON),
        because: 'arc cosine of an inner product near ±1, rounded',
      });
    },
    sabotage: {
      'a probit of twice the scale': {
        breaks: changeWords,
        strata: [alike],
        applies: ({ smoothing }) => smoothing < 0.5,
        share: 1,
        define: ({ used }) => ({ used: 2 * used }),
      },
      'a constant smaller by √2': {
        breaks: changeWords,
        strata: [alike],
        applies: ({ smoothing }) => smoothing < 0.5,
        share: 1,
        define: ({ promised }) => ({ promised: promised / Math.SQRT2 }),
      },
      'vectors half as long': {
        breaks: changeWords,
        drops: 'unit vectors',
        strata: [alike],
        applies: ({ smoothing }) => smoothing < 0.25,
        share: 1,
        define: ({ vectors }) => ({ vectors: vectors.map((entry) => entry / 2) }),
      },
      'a mean of size 1': {
        breaks: changeWords,
        drops: 'zero mean',
        strata: ['vectors of the relaxation', 'random vectors'],
        applies: ({ smoothing }) => smoothing < 0.1,
        define: ({ mean, stream }) => {
          const noise = stream.fork('mean');
          return { mean: mean.map(() => noise.gaussian()) };
        },
      },
    },
    instances: { smoke: 100, quick: 1000, full: 10_000 },
  });

  lemma('maxcut.saddle', {
    let: {
      instance: graphs(24),
      signs: oneOf<Signs>('as drawn', 'signed'),
      smoothing: logUniform(0.03, 1),
      stream: streams(),
    },
    define: ({ instance, signs, smoothing, stream }) =>
      saddle(stream, signs === 'signed' ? instance.signed() : instance.graph, smoothing),
    strata: {
      'non-negative weights': { quota: 2, let: { signs: oneOf<Signs>('as drawn') } },
      'weights of both signs': { quota: 1, let: { signs: oneOf<Signs>('signed') } },
    },
    then: ({ graph, objective, point }) => {
      const { start } = objective.shift;
      const gradient = objective.gradientInto(new Float64Array(objective.dimension), point);
      const moved = plainDescent(objective, point, 200);
      const curvature = lowestShiftEigenvalue(objective, point);
      return [
        equals(saddleGradient, Math.hypot(...gradient.subarray(start)), 0, roundedCut(graph)),
        atMost(saddleCurvature, curvature.value + curvature.error, -Number.MIN_VALUE, {
          value: 0,
          because: 'strictly below 0, the error of the eigenvalue included',
        }),
        equals(
          'norm of μ after 200 steps of plain descent',
          Math.hypot(...moved.subarray(start)),
          0,
          roundedCut(graph),
        ),
      ];
    },
    sabotage: {
      'a perturbed mean': {
        breaks: saddleGradient,
        drops: 'zero mean',
        share: 0.9,
        define: ({ objective, point, stream }) => {
          const noise = stream.fork('noise');
          return { point: point.map((x, c) => (c < objective.shift.start ? x : 0.01 * noise.gaussian())) };
        },
      },
      'no edge left': {
        breaks: saddleCurvature,
        drops: 'some weight is not zero',
        share: 1,
        define: ({ graph, smoothing, stream }) => saddle(stream, edgeless(graph), smoothing),
      },
      'the end of a descent in place of its start': {
        breaks: saddleCurvature,
        share: 0.7,
        define: ({ objective, point, stream }) => ({
          point: descendToStationary(stream.fork('descent'), objective, point, stationarityGoal(objective))
            .point,
        }),
      },
    },
    instances: { smoke: 20, quick: 150, full: 1500 },
  });

  theorem('maxcut.derandomized', {
    let: { instance: cutInstances(18), stream: streams() },
    strata: (profile) => {
      const most = profile === 'full' ? 1500 : 500;
      return {
        [smallGraphs]: { quota: 2, let: { instance: cutInstances(profile === 'full' ? 24 : 18) } },
        'sparse bipartite': { quota: 1, let: { instance: sparseGraphs('sparse bipartite', 300, most) } },
        'long odd cycles': { quota: 2, let: { instance: sparseGraphs('odd cycle', 101, most) } },
        tori: { quota: 2, let: { instance: sparseGraphs('torus', 300, most) } },
        circulants: { quota: 1, let: { instance: sparseGraphs('circulant', 200, most) } },
      };
    },
    define: ({ instance: { graph, optimum }, stream }) => ({
      optimum: optimum(),
      method: descendFrom,
      ...posed(stream, graph),
    }),
    then: ({ graph, optimum, task, variant, gap, method, stream }) => {
      const end = method(stream.fork('descent'), task, variant);
      const rounded = roundedCut(graph);
      const lost = startLoss(graph, variant) + end.loss;
      return [
        ...stationaryComparisons(task, variant, end),
        ...(optimum === undefined
          ? []
          : [
              atLeast(compared.optimum, end.cut, alpha * optimum - lost, {
                value: gap() + rounded.value,
                because: 'distance of the vectors from the dual bound',
              }),
            ]),
      ];
    },
    sabotage: {
      'V frozen': {
        breaks: compared.vectors,
        drops: 'the vectors are trained',
        strata: [smallGraphs, 'long odd cycles'],
        share: 0.8,
        instances: 5,
        define: ({ variant }) => ({ variant: { ...variant, frozenVectors: true } }),
      },
      'λ = 0': {
        breaks: compared.vectors,
        drops: 'λ > 0',
        strata: [smallGraphs],
        share: 0.8,
        instances: 8,
        define: ({ variant }) => ({ variant: { ...variant, regularization: 0 } }),
      },
      'no perturbation': {
        breaks: compared.start,
        drops: 'the mean is perturbed',
        strata: [smallGraphs],
        share: 0.8,
        instances: 8,
        define: ({ variant }) => ({ variant: { ...variant, perturbation: 0 } }),
      },
      'the expectation with its sign flipped': {
        breaks: compared.start,
        strata: [smallGraphs, 'long odd cycles'],
        share: 0.8,
        instances: 8,
        define: ({ variant }) => ({ variant: { ...variant, flipped: true } }),
      },
      'negative weights': {
        breaks: compared.relaxation,
        drops: 'non-negative weights',
        strata: [smallGraphs],
        share: 0.8,
        instances: 8,
        define: ({ stream }) => frustrated(stream, 'negative'),
        restored: { define: ({ stream }) => frustrated(stream, 'none') },
      },
    },
    nulls: {
      'every vertex by a coin': {
        compares: [compared.start],
        draws: 100,
        define: ({ graph }, own) => ({ method: () => bareCut(graph, coinCut(own, graph)) }),
      },
      'greedy, one pass in random order': {
        compares: [compared.start],
        draws: 100,
        define: ({ graph }, own) => ({ method: () => bareCut(graph, greedyCut(own, graph)) }),
      },
      'the best of as many local optima as the work of a descent finds': {
        compares: [compared.start],
        define: ({ graph }, own) => ({ method: () => bareCut(graph, bestLocalOptimum(own, graph, 1000)) }),
      },
    },
    instances: { smoke: 8, quick: 24, full: 320 },
  });

  corollary('maxcut.at-scale', {
    let: { instance: sparseGraphs('torus', 300, 600), stream: streams() },
    strata: (profile) => {
      const [least, most, largest] = profile === 'full' ? [2000, 8000, 20_000] : [300, 700, 5000];
      const ofFamily = (family: SparseFamily) => ({ instance: sparseGraphs(family, least, most) });
      return {
        'G(n, p)': { quota: 2, let: ofFamily('G(n, p)') },
        'regular, degree 3 to 10': { quota: 3, let: ofFamily('regular, degree 3 to 10') },
        tori: { quota: 2, let: ofFamily('torus') },
        geometric: { quota: 2, let: ofFamily('geometric') },
        'power law': { quota: 2, let: ofFamily('power law') },
        [largestSize]: {
          quota: 1,
          let: { instance: sparseGraphs('cubic', largest, largest) },
        },
      };
    },
    define: ({ instance: { graph }, stream }) => ({ ...posed(stream, graph), method: descendFrom }),
    then: ({ task, variant, method, stream }) =>
      stationaryComparisons(task, variant, method(stream.fork('descent'), task, variant)),
    sabotage: {
      'no perturbation': {
        breaks: compared.start,
        drops: 'the mean is perturbed',
        strata: ['tori'],
        instances: 2,
        define: ({ variant }) => ({ variant: { ...variant, perturbation: 0 } }),
      },
      'V frozen': {
        breaks: compared.vectors,
        strata: ['tori'],
        instances: 2,
        define: ({ variant }) => ({ variant: { ...variant, frozenVectors: true } }),
      },
    },
    nulls: {
      'greedy, one pass in random order': {
        compares: [compared.start],
        draws: 100,
        instances: 6,
        define: ({ graph }, own) => ({ method: () => bareCut(graph, greedyCut(own, graph)) }),
      },
    },
    instances: { smoke: 6, quick: 12, full: 24 },
  });

  observation('maxcut.losses', {
    let: { instance: sparseGraphs('cubic', 40, 120), stream: streams() },
    strata: {
      cubic: { quota: 1 },
      'sparse bipartite': { quota: 1, let: { instance: sparseGraphs('sparse bipartite', 40, 120) } },
      'G(n, p)': { quota: 1, let: { instance: sparseGraphs('G(n, p)', 40, 120) } },
    },
    define: ({ instance: { graph }, stream }) => ({ ...posed(stream, graph), power: 1 }),
    then: ({ graph, task, power }) => {
      const curve = lossCurve(task, power);
      return [
        equals(lossSlope, curve.line.slope, 1, {
          value: 0.1 + 2 * curve.line.standardError,
          because: 'two standard errors, and a tenth for the terms of second order in τ',
        }),
        atMost(
          'largest loss over ε against (√2/π + 1)·Σ|w|',
          Math.max(...curve.points.map(([epsilon, loss]) => loss / epsilon)),
          (Math.SQRT2 / Math.PI + 1) * graph.absoluteWeight,
          roundedCut(graph),
        ),
      ];
    },
    sabotage: {
      'λ grown as √ε': { breaks: lossSlope, define: ({ power }) => ({ power: power / 2 }) },
    },
    instances: { smoke: 3, quick: 12, full: 120 },
    exhibit: (stream) => lossExhibit(stream),
  });

  observation('maxcut.evaluations', {
    let: { family: oneOf('cubic', 'G(n, p)', 'geometric'), stream: streams() },
    define: () => ({ price: (_: number): number => 1 }),
    then: ({ family, price, stream }) => {
      const { bySize, byAccuracy } = evaluationCurves(stream, family, price);
      const none = { value: 0, because: 'the interval is part of what is compared' };
      return [
        atMost('slope over 1/ρ, upper end of its interval', slopeInterval(byAccuracy)[1], 0.25, none),
        atMost(sizeSlope, slopeInterval(bySize)[1], 1, none),
      ];
    },
    sabotage: {
      'the price of a Hessian written out: the square of its coordinates': {
        breaks: sizeSlope,
        instances: 1,
        define: ({ price }) => ({ price: (coordinates: number) => coordinates ** 2 * price(coordinates) }),
      },
    },
    instances: { smoke: 1, quick: 1, full: 12 },
    exhibit: (stream) => evaluationExhibit(stream),
  });

  corollary('maxcut.certificate', {
    let: { instance: graphs(20), signs: oneOf<Signs>('as drawn', 'signed'), stream: streams() },
    define: ({ instance, signs, stream }) => {
      const graph = signs === 'signed' ? instance.signed() : instance.graph;
      const solution = solveSemidefinite(stream.fork('vectors'), graph, { tolerance: 1e-4 });
      return {
        graph,
        solution,
        bound: dualBound(stream.fork('bound'), graph, solution).value,
        found: derandomizedCut(stream.fork('descent'), graph),
      };
    },
    strata: (profile) => {
      const instance = graphs(profile === 'full' ? 24 : 20);
      return {
        'non-negative weights': { quota: 1, let: { instance, signs: oneOf<Signs>('as drawn') } },
        'weights of both signs': { quota: 1, let: { instance, signs: oneOf<Signs>('signed') } },
      };
    },
    then: ({ graph, bound, found }) => {
      const best = exactCut(graph);
      const rounded = roundedCut(graph);
      return [
        atMost(boundWords, best.cut, bound, rounded),
        atMost('cut found against the maximum', found.cut, best.cut, rounded),
        equals(recountWords, recount(graph, found.sides), found.cut, rounded),
      ];
    },
    sabotage: {
      'half of the weights in place of the bound': {
        breaks: boundWords,
        share: 0.9,
        define: ({ graph }) => ({ bound: graph.totalWeight / 2 }),
      },
      'multipliers of the relaxation halved': {
        breaks: boundWords,
        share: 0.8,
        define: ({ graph, solution }) => ({
          bound: graph.totalWeight / 2 + solution.multipliers.reduce((total, m) => total + m / 2, 0) / 4,
        }),
      },
      'one vertex on the other side': {
        breaks: recountWords,
        share: 0.8,
        define: ({ found }) => ({ found: { ...found, sides: found.sides.with(0, -found.sides[0]) } }),
      },
    },
    instances: { smoke: 15, quick: 100, full: 1000 },
    exhibit: (stream) => ({ observations: [], charts: [], certificates: cutCertificates(stream) }),
  });

  observation('figure.maxcut-cut', {
    let: { stream: streams() },
    define: ({ stream }) => ({ ...posed(stream, paperGraph()), worth: 1, optimum: 41 }),
    then: ({ graph, task, variant, worth, optimum, stream }) => {
      const end = descendFrom(stream.fork('descent'), task, variant);
      const cut = Math.floor(worth * end.cut);
      const hyperplanes = sampledHyperplanes(stream.fork('draws'), graph, task.vectors, end.evaluations);
      const best = exactCut(graph);
      return [
        equals(reached, cut, 41, roundedCut(graph)),
        atLeast(
          'cut of one descent against the expectation of hyperplanes',
          cut,
          hyperplaneExpectation(graph, task.vectors),
          roundedCut(graph),
        ),
        atLeast(
          'cut of one descent against the best of as many hyperplanes as it made evaluations',
          cut,
          hyperplanes.best,
          roundedCut(graph),
          { evaluations: end.evaluations },
        ),
        equals(maximum, cutValue(graph, best.sides), optimum, roundedCut(graph)),
      ];
    },
    sabotage: {
      'no perturbation': {
        breaks: reached,
        instances: 8,
        define: ({ variant }) => ({ variant: { ...variant, perturbation: 0 } }),
      },
      'a method worth 5 % less': {
        breaks: reached,
        instances: 8,
        define: ({ worth }) => ({ worth: 0.95 * worth }),
      },
      'the optimum misremembered': { breaks: maximum, define: ({ optimum }) => ({ optimum: optimum - 1 }) },
    },
    instances: { smoke: 5, quick: 16, full: 200 },
    exhibit: (stream, profile) => maxCutFigures(stream, profile).cut,
  });

  observation('figure.maxcut-variance', {
    let: { stream: streams() },
    define: ({ stream }) => posed(stream, paperGraph()),
    then: ({ graph, task, variant, stream }) => {
      const { certificate } = descendFrom(stream.fork('descent'), task, variant);
      return atMost(varianceEnd, certificate.weightNorm, 1e-6 * norm(task.vectors), roundedCut(graph));
    },
    sabotage: {
      'V frozen': {
        breaks: varianceEnd,
        instances: 8,
        define: ({ variant }) => ({ variant: { ...variant, frozenVectors: true } }),
      },
      'λ = 0': {
        breaks: varianceEnd,
        instances: 8,
        define: ({ variant }) => ({ variant: { ...variant, regularization: 0 } }),
      },
    },
    instances: { smoke: 5, quick: 16, full: 200 },
    exhibit: (stream, profile) => maxCutFigures(stream, profile).variance,
  });
});

/** The cycle that negative weights break, with its maximum cut. */
function frustrated(stream: RandomStream, offset: 'negative' | 'none') {
  const graph = frustratedCycle(stream.fork('graph'), offset);
  return { ...posed(stream, graph), optimum: exactCut(graph).cut };
}

/** A graph with its relaxation's vectors and what their hyperplanes are worth. */
function relaxed(stream: RandomStream, graph: Graph) {
  const solution = solveSemidefinite(stream.fork('vectors'), graph);
  return { graph, solution, value: hyperplaneExpectation(graph, solution.vectors) };
}

/** The smoothed cut at the relaxation's vectors, with zero mean. */
function saddle(stream: RandomStream, graph: Graph, smoothing: number) {
  const { vectors } = solveSemidefinite(stream.fork('vectors'), graph);
  const rank = vectors.length / graph.vertexCount;
  const objective = smoothedCutObjective(graph, { rank, smoothing, regularization: 0.01 });
  const point: Float64Array = new Float64Array(objective.dimension);
  point.set(vectors);
  return { graph, objective, point };
}
