import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Chart } from '../../../../src/papers/claims/exhibit.ts';
import { kurtoses, residualsAlong } from './nearGaussian.ts';

/** What the Stein identity misses against how far the inputs are from normal. */
export function nearGaussianChart(stream: RandomStream): Chart {
  const paths = ['towards ±1', 'mixtures of two deviations', 'Student t'] as const;
  return {
    id: 'lemma.non-gaussian-rate',
    figure: 'lemma.non-gaussian-rate',
    origin: 'measured',
    title: 'Residual of the Stein identity against excess kurtosis',
    caption:
      'Root mean square over twelve random points of trigonometric sums. For each family of input laws the residual grows in proportion to the excess kurtosis; for normal inputs it is rounding.',
    x: { label: '|excess kurtosis|', scale: 'log' },
    y: { label: 'residual', scale: 'log' },
    series: paths.map((path) => {
      const residuals = residualsAlong(stream, path);
      return {
        name: path,
        mark: 'line',
        points: kurtoses.map((kurtosis, i) => [kurtosis, residuals[i]] as const),
      };
    }),
    rules: [],
  };
}
