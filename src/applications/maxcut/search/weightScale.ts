import { cutValue } from '../graph/cut.ts';
import type { Graph } from '../graph/graph.ts';
import type { MaxCutProgress, MaxCutSolution } from './maxCutSolution.ts';

/** Weights between these powers of two are searched as they are: no square or cube of theirs over- or underflows. */
const plainExponent = 200;

/** The power of two by which weights are divided before a search: that of Σ|w| where it is extreme, else 0. */
export function searchExponent({ absoluteWeight }: Graph): number {
  if (absoluteWeight === 0) return 0;
  const exponent = Math.floor(Math.log2(absoluteWeight));
  return Math.abs(exponent) <= plainExponent ? 0 : exponent;
}

/**
 * Multiplies all weights by 2^exponent, exactly but for weights that fall below the smallest double.
 *
 * @returns a graph that shares the structure of the given one
 */
export function scaledWeights(graph: Graph, exponent: number): Graph {
  const scale = (value: number): number => timesPower(value, exponent);
  return {
    ...graph,
    weights: Float64Array.from(graph.weights, scale),
    totalWeight: scale(graph.totalWeight),
    absoluteWeight: scale(graph.absoluteWeight),
    // What underflows is no multiple of anything.
    unit: graph.unit > 0 && scale(graph.unit) > 0 ? scale(graph.unit) : 0,
  };
}

/** A progress of the scaled graph in the weights of the original one. */
export function progressInWeights(now: MaxCutProgress, exponent: number): MaxCutProgress {
  const { cut, upperBound } = now;
  return { ...now, cut: timesPower(cut, exponent), upperBound: timesPower(upperBound, exponent) };
}

/**
 * A solution of the scaled graph as one of the original: cuts, bound and relaxation in its own weights. What is known of
 * the descent stays in scaled weights; ‖V‖ and the lemma's bound on it do not depend on the scale.
 *
 * Guarantee: cut ≤ upperBound; the bound allows for weights that fell below the smallest double.
 */
export function solutionInWeights(graph: Graph, solution: MaxCutSolution, exponent: number): MaxCutSolution {
  const own = (value: number): number => timesPower(value, exponent);
  const cut = cutValue(graph, solution.sides);
  const lost = graph.unit > 0 ? 0 : own(graph.edgeCount * Number.MIN_VALUE);
  const bound = own(solution.upperBound.value) + lost;
  return {
    ...solution,
    cut,
    upperBound: { ...solution.upperBound, value: Math.max(cut, bound) },
    ...(solution.sdp === undefined ? {} : { sdp: own(solution.sdp) }),
    ...(solution.derandomized === undefined
      ? {}
      : { derandomized: { ...solution.derandomized, cut: own(solution.derandomized.cut) } }),
    stages: solution.stages.map((stage) => ({ ...stage, cut: own(stage.cut) })),
  };
}

/** value·2^exponent without an overflow on the way. */
export function timesPower(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}
