import { checkInteger, checkLength, checkWithin } from '../../../numerics/base/checks.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { Graph } from '../graph/graph.ts';
import { CutSearch } from './cutSearch.ts';
import type { MaxCutOptions, MaxCutProgress, MaxCutSolution } from './maxCutSolution.ts';
import { startTaskRunner } from './taskRunner.ts';
import {
  progressInWeights,
  scaledWeights,
  searchExponent,
  solutionInWeights,
  timesPower,
} from './weightScale.ts';

/**
 * Finds a large cut of a graph, an upper bound on every cut, and a certificate of the derandomization.
 *
 * The paper's method gives the first cut. Then, as separate and optional steps: 1-opt; and returns to sampler space
 * from a pool of good cuts, on the graph that is left after exact reduction. The bound is computed meanwhile.
 *
 * Guarantee: cut = cutValue(graph, sides) ≤ upperBound (with the bound's probability); for a round budget the result
 * is a function of stream, graph, budget, rank and polish alone. A time budget is
 * kept within a tenth and a second: every step is planned from its measured cost, and what does not fit is left out. The
 * bound is then the best that was known.
 *
 * @param stream forked by label; not drawn from
 * @returns fresh arrays; only options outside their ranges throw
 * Cost: as the budget says, plus one descent and one relaxation (limited to a half and 35 % of a time budget).
 */
export async function solveMaxCut(
  stream: RandomStream,
  graph: Graph,
  options: MaxCutOptions,
): Promise<MaxCutSolution> {
  const { budget } = options;
  if ('seconds' in budget) checkWithin('seconds', budget.seconds, 0, 1e7);
  else checkInteger('rounds', budget.rounds, 0);
  if (options.rank !== undefined) checkInteger('rank', options.rank, 1, 100_000);
  if (options.start !== undefined) checkLength('start', options.start, graph.vertexCount);
  const runner = startTaskRunner(options.threads);
  try {
    const exponent = searchExponent(graph);
    if (exponent === 0) return await new CutSearch(stream, graph, options, runner).run();
    const { onProgress } = options;
    const scaled = scaledWeights(graph, -exponent);
    const target = options.target === undefined ? {} : { target: timesPower(options.target, -exponent) };
    const own = onProgress && {
      onProgress: (now: MaxCutProgress) => onProgress(progressInWeights(now, exponent)),
    };
    const solution = await new CutSearch(stream, scaled, { ...options, ...target, ...own }, runner).run();
    return solutionInWeights(graph, solution, exponent);
  } finally {
    await runner.close();
  }
}
