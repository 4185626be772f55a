import { dualBound } from '../../src/applications/maxcut/bound/dualBound.ts';
import { solveSemidefinite } from '../../src/applications/maxcut/bound/semidefinite.ts';
import { cutValue } from '../../src/applications/maxcut/graph/cut.ts';
import { derandomizedCut } from '../../src/applications/maxcut/sampler/derandomizedCut.ts';
import { followToLimit } from '../../src/applications/maxcut/sampler/limitPoint.ts';
import { smoothedCutObjective } from '../../src/applications/maxcut/sampler/smoothedCut.ts';
import { descendSmoothedCut } from '../../src/applications/maxcut/sampler/smoothedDescent.ts';
import {
  goemansWilliamsonRatio as alpha,
  smoothingErrorBound,
} from '../../src/applications/maxcut/sampler/smoothingBounds.ts';
import { exactCut } from '../../src/applications/maxcut/search/exactCut.ts';
import { rounding, sum, type Tolerance } from '../../src/numerics/base/tolerance.ts';
import { atLeast, atMost, equals } from '../../src/papers/claims/comparison.ts';
import { drawn, logUniform, oneOf, streams } from '../../src/papers/claims/domain.ts';
import { cutCertificates } from './domains/maxcut/cutCertificates.ts';
import { graphs, largeGraphs, paperGraph } from './domains/maxcut/maxcut.ts';
import {
  type DescentVariant,
  descendFrom,
  hyperplaneExpectation,
  recount,
  relaxationValue,
  sampledHyperplanes,
} from './domains/maxcut/maxcutDescents.ts';
import { maxCutFigures } from './domains/maxcut/maxcutFigures.ts';
import { lowestShiftEigenvalue, plainDescent, unitVectors } from './domains/maxcut/maxcutPoints.ts';
import { corollary, lemma, observation, section, theorem } from './language.ts';

const samples = 4000;
/** Rate at which one instance's sampled mean may leave its interval. */
const sampledRate = 1e-13;

section('MAXCUT: hyperplanes, smoothed and derandomized', () => {
  lemma('maxcut.goemans-williamson', {
    let: (profile) => ({ instance: graphs(profile === 'full' ? 24 : 20), stream: streams() }),
    define: ({ instance: { graph }, stream }) => {
      const solution = solveSemidefinite(stream.fork('vectors'), graph);
      return { graph, vectors: solution.vectors, value: hyperplaneExpectation(graph, solution.vectors) };
    },
    then: ({ graph, vectors, value, stream }) => {
      const relaxation = relaxationValue(graph, vectors);
      const solution = solveSemidefinite(stream.fork('vectors'), graph);
      const gap = Math.max(0, dualBound(stream.fork('bound'), graph, solution).value - solution.value);
      const rounded = roundedCut(graph);
      return [
        atLeast('expected hyperplane cut against α·SDP', value, alpha * relaxation, rounded),
        atLeast('SDP against OPT', relaxation, exactCut(graph).cut, {
          value: gap + rounded.value,
          because: 'distance of the vectors from the dual bound',
        }),
        equals(
          'expected against sampled hyperplane cut',
          value,
          sampledHyperplanes(stream.fork('hyperplanes'), graph, vectors, samples),
          {
            value:
              graph.absoluteWeight * Math.sqrt(Math.log(2 / sampledRate) / (2 * samples)) + rounded.value,
            because: `Hoeffding's inequality for ${samples} hyperplanes at rate ${sampledRate}`,
          },
        ),
      ];
    },
    sabotage: {
      'coin flips in place of hyperplanes': { define: ({ graph }) => ({ value: graph.totalWeight / 2 }) },
      'negative weights': {
        define: ({ instance, stream }) => {
          const graph = instance.signed();
          const { vectors } = solveSemidefinite(stream.fork('vectors'), graph);
          return { graph, vectors, value: hyperplaneExpectation(graph, vectors) };
        },
      },
    },
    covers: { 'ten vertices or more': { atLeast: 0.1, when: ({ graph }) => graph.vertexCount >= 10 } },
    sampledFailureRate: sampledRate,
    instances: { smoke: 20, quick: 80, full: 600 },
  });

  lemma('maxcut.smoothing', {
    let: {
      instance: graphs(40),
      smoothing: logUniform(1e-3, 1),
      vectorKind: oneOf('relaxation', 'random', 'antipodal'),
      stream: streams(),
    },
    define: ({ instance: { graph }, smoothing, vectorKind, stream }) => ({
      graph,
      vectors: unitVectors(stream, graph, vectorKind),
      used: smoothing,
      promised: smoothingErrorBound(graph, smoothing),
    }),
    then: ({ graph, vectors, used, promised }) => {
      const rank = Math.max(1, vectors.length / Math.max(1, graph.vertexCount));
      const objective = smoothedCutObjective(graph, { rank, smoothing: used, regularization: 0 });
      const point = new Float64Array(objective.dimension);
      point.set(vectors);
      const change = Math.abs(-objective.value(point) - hyperplaneExpectation(graph, vectors));
      // Near |ρ| = 1 the arc cosine turns an error ε of ρ into √(2ε).
      return atMost('change of the expected cut by smoothing', change, promised, {
        value: graph.absoluteWeight * Math.sqrt(8 * rank * Number.EPSILON),
        because: 'arc cosine of an inner product near ±1, rounded',
      });
    },
    sabotage: {
      'a probit of twice the scale': { define: ({ used }) => ({ used: 2 * used }) },
      'a constant smaller by √2': { define: ({ promised }) => ({ promised: promised / Math.SQRT2 }) },
    },
    covers: { 'an edge': { atLeast: 0.5, when: ({ graph }) => graph.edgeCount > 0 } },
    instances: { smoke: 100, quick: 1000, full: 10_000 },
  });

  lemma('maxcut.saddle', {
    let: { instance: graphs(24), smoothing: logUniform(0.03, 1), stream: streams() },
    define: ({ instance: { graph }, smoothing, stream }) => {
      const { vectors } = solveSemidefinite(stream.fork('vectors'), graph);
      const objective = smoothedCutObjective(graph, {
        rank: vectors.length / graph.vertexCount,
        smoothing,
        regularization: 0.01,
      });
      const point: Float64Array = new Float64Array(objective.dimension);
      point.set(vectors);
      return { graph, objective, point };
    },
    assume: { 'some weight is positive': ({ graph }) => graph.totalWeight > 0 },
    then: ({ graph, objective, point }) => {
      const { start } = objective.shift;
      const gradient = objective.gradientInto(new Float64Array(objective.dimension), point);
      const moved = plainDescent(objective, point, 200);
      const curvature = lowestShiftEigenvalue(objective, point);
      return [
        equals('norm of ∇_μ f', Math.hypot(...gradient.subarray(start)), 0, roundedCut(graph)),
        atMost('lowest curvature in μ', curvature.value, -curvature.error, {
          value: 0,
          because: 'the eigenvalues carry their own error bound, on the other side',
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
        define: ({ objective, point, stream }) => {
          const noise = stream.fork('noise');
          return { point: point.map((x, c) => (c < objective.shift.start ? x : 0.01 * noise.gaussian())) };
        },
      },
      'the end of a descent in place of its start': {
        define: ({ objective, point, stream }) => ({
          point: followToLimit(objective, descendSmoothedCut(stream.fork('descent'), objective, point).point)
            .point,
        }),
      },
    },
    instances: { smoke: 20, quick: 150, full: 1500 },
  });

  theorem('maxcut.derandomized', {
    let: (profile) => ({
      instance: graphs(profile === 'full' ? 24 : 20),
      smoothing: drawn((stream) => 0.05 + 0.15 * stream.uniform()),
      stream: streams(),
    }),
    define: ({ instance: { graph }, smoothing, stream }) => {
      const n = graph.vertexCount;
      const solution = solveSemidefinite(stream.fork('vectors'), graph);
      const { vectors } = solution;
      const gap = Math.max(0, dualBound(stream.fork('bound'), graph, solution).value - solution.value);
      const variant: DescentVariant = {
        smoothing,
        regularization: (0.01 * Math.max(1, graph.absoluteWeight)) / n,
        perturbation: 0.01,
        sign: 1,
        frozenVectors: false,
        followsToLimit: true,
      };
      return { graph, vectors, gap, variant };
    },
    then: ({ graph, vectors, gap, variant, stream }) => {
      const end = descendFrom(stream.fork('descent'), graph, vectors, variant);
      const { certificate, cut } = end;
      const lost = smoothingErrorBound(graph, variant.smoothing) + variant.regularization * graph.vertexCount;
      const rounded = roundedCut(graph);
      return [
        atLeast(
          'cut against α·SDP − smoothing − λn',
          cut,
          alpha * relaxationValue(graph, vectors) - lost,
          rounded,
        ),
        atLeast('cut against α·OPT − smoothing − λn', cut, alpha * exactCut(graph).cut - lost, {
          value: gap + rounded.value,
          because: 'distance of the vectors from the dual bound',
        }),
        atMost('objective at the end against the start', end.endValue, end.startValue, rounded),
        atMost('minus the cut against the objective', -cut, end.endValue, {
          value: 1e-9 * (1 + graph.absoluteWeight),
          because: 'a side decided at 14τ is off by Φ(−14), V by 2⁻³⁰ of itself',
        }),
        atMost(
          '‖V‖ at the end against 10⁻³ of the start',
          certificate.weightNorm,
          1e-3 * end.startNorm,
          rounded,
        ),
        atMost('‖V‖ against ρ/(2λ − √(Kρ))', certificate.weightNorm, certificate.lemmaBound, rounded),
      ];
    },
    sabotage: {
      'no perturbation': {
        define: ({ variant }) => ({ variant: { ...variant, perturbation: 0, followsToLimit: false } }),
      },
      'negative weights': {
        define: ({ instance, stream, variant }) => {
          const graph = instance.signed();
          return {
            graph,
            vectors: solveSemidefinite(stream.fork('vectors'), graph).vectors,
            variant: { ...variant, regularization: 1e-4, smoothing: 0.01 },
          };
        },
      },
      'ascent in place of descent': {
        define: ({ variant }) => ({ variant: { ...variant, sign: -1 as const, followsToLimit: false } }),
      },
      'V frozen': {
        define: ({ variant }) => ({ variant: { ...variant, frozenVectors: true, followsToLimit: false } }),
      },
      'λ = 0, and V not shrinking': {
        define: ({ variant }) => ({ variant: { ...variant, regularization: 0, followsToLimit: false } }),
      },
    },
    covers: { 'an edge': { atLeast: 0.5, when: ({ graph }) => graph.edgeCount > 0 } },
    instances: { smoke: 15, quick: 100, full: 1000 },
  });

  corollary('maxcut.at-scale', {
    let: (profile) => ({
      graph: profile === 'full' ? largeGraphs(5000, 20_000) : largeGraphs(500, 2000),
      stream: streams(),
    }),
    define: ({ graph, stream }) => {
      const { vectors } = solveSemidefinite(stream.fork('vectors'), graph, { rank: 8 });
      const variant: DescentVariant = {
        smoothing: 0.1,
        regularization: 0.01,
        perturbation: 0.01,
        sign: 1,
        frozenVectors: false,
        followsToLimit: true,
      };
      return { vectors, variant };
    },
    then: ({ graph, vectors, variant, stream }) => {
      const end = descendFrom(stream.fork('descent'), graph, vectors, variant);
      const lost = smoothingErrorBound(graph, variant.smoothing) + variant.regularization * graph.vertexCount;
      const rounded = roundedCut(graph);
      return [
        atLeast(
          'cut against α·relaxation − smoothing − λn',
          recount(graph, end.sides),
          alpha * relaxationValue(graph, vectors) - lost,
          rounded,
          { vertices: graph.vertexCount, edges: graph.edgeCount },
        ),
        atMost('objective at the end against the start', end.endValue, end.startValue, rounded),
        atMost(
          '‖V‖ at the end against 10⁻³ of the start',
          end.certificate.weightNorm,
          1e-3 * end.startNorm,
          rounded,
        ),
      ];
    },
    sabotage: {
      'no perturbation': {
        define: ({ variant }) => ({ variant: { ...variant, perturbation: 0, followsToLimit: false } }),
      },
      'V frozen': {
        define: ({ variant }) => ({ variant: { ...variant, frozenVectors: true, followsToLimit: false } }),
      },
    },
    instances: { smoke: 1, quick: 4, full: 8 },
  });

  corollary('maxcut.certificate', {
    let: (profile) => ({
      instance: graphs(profile === 'full' ? 24 : 20),
      signs: oneOf('as drawn', 'signed'),
      stream: streams(),
    }),
    define: ({ instance, signs, stream }) => {
      const graph = signs === 'signed' ? instance.signed() : instance.graph;
      const solution = solveSemidefinite(stream.fork('vectors'), graph, { tolerance: 1e-4 });
      return { graph, solution, bound: dualBound(stream.fork('bound'), graph, solution).value };
    },
    then: ({ graph, bound, stream }) => {
      const best = exactCut(graph);
      const found = derandomizedCut(stream.fork('descent'), graph);
      const rounded = roundedCut(graph);
      return [
        atMost('maximum cut against the bound', best.cut, bound, rounded),
        atMost('cut found against the maximum', found.cut, best.cut, rounded),
        equals('cut counted again', recount(graph, found.sides), found.cut, rounded),
      ];
    },
    sabotage: {
      'the primal value in place of the bound': {
        define: ({ graph, stream }) => ({
          bound: solveSemidefinite(stream.fork('vectors'), graph, { tolerance: 1e-4 }).value,
        }),
      },
      'multipliers of the relaxation halved': {
        define: ({ graph, solution }) => ({
          bound: graph.totalWeight / 2 + solution.multipliers.reduce((total, m) => total + m / 2, 0) / 4,
        }),
      },
    },
    covers: { 'a negative weight': { atLeast: 0.1, when: ({ graph }) => graph.hasNegativeWeight } },
    instances: { smoke: 15, quick: 100, full: 1000 },
    exhibit: (stream) => ({ observations: [], charts: [], certificates: cutCertificates(stream) }),
  });

  observation('figure.maxcut-cut', {
    let: { stream: streams() },
    define: ({ stream }) => {
      const graph = paperGraph();
      return { graph, found: derandomizedCut(stream, graph), optimum: 41 };
    },
    then: ({ graph, found, optimum, stream }) => {
      const solution = solveSemidefinite(stream.fork('relaxation'), graph);
      const best = exactCut(graph);
      return [
        atLeast(
          'cut of one descent against the hyperplane expectation',
          found.cut,
          Math.floor(hyperplaneExpectation(graph, solution.vectors)),
          roundedCut(graph),
        ),
        equals('maximum cut', cutValue(graph, best.sides), optimum, roundedCut(graph)),
      ];
    },
    sabotage: {
      'no perturbation': {
        define: ({ graph, stream }) => {
          const { vectors } = solveSemidefinite(stream.fork('vectors'), graph);
          const variant = {
            smoothing: 0.1,
            regularization: 0.05,
            perturbation: 0,
            sign: 1,
            frozenVectors: false,
            followsToLimit: false,
          } as const;
          const { sides, cut } = descendFrom(stream, graph, vectors, variant);
          return { found: { ...derandomizedCut(stream, graph), sides, cut } };
        },
      },
      'the optimum misremembered': { define: ({ optimum }) => ({ optimum: optimum - 1 }) },
    },
    instances: { smoke: 5, quick: 25, full: 200 },
    exhibit: (stream, profile) => maxCutFigures(stream, profile).cut,
  });

  observation('figure.maxcut-variance', {
    let: { stream: streams() },
    define: ({ stream }) => {
      const graph = paperGraph();
      const vectors = solveSemidefinite(stream.fork('vectors'), graph).vectors;
      const variant: DescentVariant = {
        smoothing: 0.1,
        regularization: 0.05,
        perturbation: 0.01,
        sign: 1,
        frozenVectors: false,
        followsToLimit: true,
      };
      return { graph, vectors, variant };
    },
    then: ({ graph, vectors, variant, stream }) => {
      const { certificate, startNorm } = descendFrom(stream.fork('descent'), graph, vectors, variant);
      return atMost(
        '‖V‖ at the end against 10⁻³ of the start',
        certificate.weightNorm,
        1e-3 * startNorm,
        roundedCut(graph),
      );
    },
    sabotage: {
      'V frozen': {
        define: ({ variant }) => ({ variant: { ...variant, frozenVectors: true, followsToLimit: false } }),
      },
      'λ = 0, and V not shrinking': {
        define: ({ variant }) => ({ variant: { ...variant, regularization: 0, followsToLimit: false } }),
      },
    },
    instances: { smoke: 5, quick: 25, full: 200 },
    exhibit: (stream, profile) => maxCutFigures(stream, profile).variance,
  });
});

/** Rounding of sums over the edges of quantities of the size of all weights together. */
function roundedCut(graph: { readonly edgeCount: number; readonly absoluteWeight: number }): Tolerance {
  return sum(rounding(64 * (1 + graph.edgeCount), graph.absoluteWeight));
}
