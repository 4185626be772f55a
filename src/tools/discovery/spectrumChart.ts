import type { OwnData } from '../../papers/evidence/ownData.ts';

/** Singular values of a first layer, as a chart with its own text alternative. */
export function spectrumChart(spectrum: readonly number[], k: number): OwnData['charts'][number] {
  return {
    id: 'discover.spectrum',
    figure: 'discover.spectrum',
    origin: 'measured',
    title: 'Singular values of the first layer',
    caption: `In falling order; the line stands behind the ${k} directions that a teacher sees.`,
    x: { label: 'place', scale: 'linear' },
    y: { label: 'singular value', scale: 'log' },
    series: [{ name: 'first layer', mark: 'dots', points: spectrum.map((value, i) => [i + 1, value]) }],
    rules: [{ axis: 'x', at: k + 0.5, label: `${k}` }],
  };
}
