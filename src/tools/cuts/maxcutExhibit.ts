import type { Exhibit } from '../contract/tool.ts';
import type { MaxCutResult } from './maxcutResult.ts';

/** The result as the report shows it: its numbers, and cut and upper bound as they came together over time. */
export function maxCutExhibit(result: MaxCutResult): Exhibit {
  const { certificate, guarantee, upperBound, cut, seconds } = result;
  const failure = certificate.upperBound.failureProbability;
  const least = `at least ${guarantee.alpha} times the bound`;
  const verdict =
    guarantee.holds === null
      ? 'bound not yet computed'
      : `${guarantee.holds ? 'cut is' : 'cut is not'} ${least}`;
  return {
    summary: {
      vertices: result.vertices,
      edges: result.edges,
      cut,
      upperBound,
      ratio: result.ratio,
      boundHolds: failure > 0 ? `with probability at least 1 − ${failure}` : 'always',
      guarantee: guarantee.applies ? verdict : 'none: some weights are negative',
      ...(result.weightNorm === null ? {} : { weightNorm: result.weightNorm }),
      outcome: result.outcome,
      seconds,
      seed: result.seed,
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
            points: staircase([
              ...result.bounds.map((at): [number, number] => [at.seconds, at.upperBound]),
              [seconds, upperBound],
            ]),
          },
          {
            name: 'best cut',
            mark: 'line',
            points: staircase([
              ...result.improvements.map((at): [number, number] => [at.seconds, at.cut]),
              [seconds, cut],
            ]),
          },
        ],
        rules: guarantee.applies
          ? [{ axis: 'y', at: guarantee.value, label: `${guarantee.alpha.toFixed(3)} · bound` }]
          : [],
      },
    ],
  };
}

/** Each value stays until the next is known. */
function staircase(values: readonly [seconds: number, value: number][]): [number, number][] {
  return values.flatMap(([seconds, value], i): [number, number][] =>
    i === 0 || value === values[i - 1][1]
      ? [[seconds, value]]
      : [
          [seconds, values[i - 1][1]],
          [seconds, value],
        ],
  );
}
