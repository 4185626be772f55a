import type { MaxCutProgress } from '../../src/applications/maxcut/index.ts';
import type { MaxCutReport } from '../../src/tools/maxCutReport.ts';
import type { OwnResult } from './writeOwnData.ts';

/**
 * A cut as a result to be shown: its numbers, and cut and upper bound as they came together over time.
 *
 * @param progress what the search told, in order; where it ended is added
 */
export function maxCutOwnData(report: MaxCutReport, progress: readonly MaxCutProgress[]): OwnResult {
  const { certificate, guarantee, upperBound, cut, seconds } = report;
  const trace = [...progress, { cut, upperBound, seconds }];
  const failure = certificate.upperBound.failureProbability;
  return {
    summary: {
      vertices: report.vertices,
      edges: report.edges,
      cut,
      upperBound,
      ratio: report.ratio,
      boundHolds: failure > 0 ? `with probability at least 1 − ${failure}` : 'always',
      guarantee: guarantee.applies
        ? `${guarantee.holds ? 'cut is' : 'cut is not'} at least ${guarantee.alpha} times the bound`
        : 'none: some weights are negative',
      ...(report.weightNorm === null ? {} : { weightNorm: report.weightNorm }),
      outcome: report.outcome,
      seconds,
      seed: report.seed,
    },
    charts: [
      {
        id: 'maxcut.over-time',
        figure: 'maxcut.own-data',
        origin: 'measured',
        title: 'Cut and upper bound over time',
        caption: `The best cut found so far, and the upper bound on every cut. They end at ${cut} and ${upperBound}.`,
        x: { label: 'seconds', scale: 'linear' },
        y: { label: 'weight of the cut', scale: 'linear' },
        series: [
          {
            name: 'upper bound',
            mark: 'line',
            points: steps(trace.map((at) => [at.seconds, at.upperBound])),
          },
          { name: 'best cut', mark: 'line', points: steps(trace.map((at) => [at.seconds, at.cut])) },
        ],
        rules: guarantee.applies
          ? [{ axis: 'y', at: guarantee.value, label: `${guarantee.alpha.toFixed(3)} · bound` }]
          : [],
      },
    ],
  };
}

/** A staircase: each value stays until the next is known. Repetitions are left out, so that long runs stay small. */
function steps(values: readonly [seconds: number, value: number][]): [number, number][] {
  const points: [number, number][] = [];
  for (const [i, [seconds, value]] of values.entries()) {
    const last = points.at(-1);
    if (last === undefined) points.push([seconds, value]);
    else if (value !== last[1]) points.push([seconds, last[1]], [seconds, value]);
    else if (i === values.length - 1) points.push([seconds, value]);
  }
  return points;
}
