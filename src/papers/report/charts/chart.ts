import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Axis, Chart } from '../../evidence/shape/exhibit.ts';
import { logTicks, tickText } from './chartTicks.ts';
import { svgText } from './svgText.ts';
import { thinned } from './thinned.ts';

type Points = Chart['series'][number]['points'];

/** A drawn chart. */
export interface DrawnChart {
  readonly svg: string;
  /** Points that the axes cannot show: not finite, or not positive on a logarithmic axis. */
  readonly omitted: number;
}

/** How the series at an index is told apart: a colour (a CSS variable with a fallback), a dash and a symbol. */
export function seriesLook(index: number): {
  colour: string;
  dash: string;
  symbol: 'circle' | 'diamond' | 'square' | 'triangle';
} {
  const colours = ['#1f5fa8', '#b3541e', '#2e7d32', '#7b3fa0', '#8a6d00', '#555555'];
  const dashes = ['none', '6 3', '2 2', '8 3 2 3'];
  const symbols = ['circle', 'diamond', 'square', 'triangle'] as const;
  const place = index % colours.length;
  return {
    colour: `var(--series-${place + 1}, ${colours[place]})`,
    dash: dashes[index % dashes.length] ?? 'none',
    symbol: symbols[index % symbols.length] ?? 'circle',
  };
}

/**
 * Draws a chart as SVG that takes its colours from the page (`currentColor`, `--series-1` … `--series-6`) and has
 * fallbacks where there is no page. The title and the caption are its text alternative.
 */
export function drawChart(chart: Chart): DrawnChart {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const visible = chart.series.map(({ points }) => points.filter((point) => isVisible(chart, point)));
  const count = (all: readonly Points[]): number => all.reduce((total, { length }) => total + length, 0);
  const omitted = count(chart.series.map(({ points }) => points)) - count(visible);
  const rules = chart.rules.filter(({ axis, at }) => isOnAxis(chart[axis], at));
  const along = (axis: 'x' | 'y'): number[] => [
    ...visible.flatMap((points) => points.map((point) => point[axis === 'x' ? 0 : 1])),
    ...rules.filter((rule) => rule.axis === axis).map(({ at }) => at),
  ];
  const plot = Plot.plot({
    document,
    width: 560,
    height: 340,
    marginLeft: 64,
    marginBottom: 44,
    marginTop: 28,
    marginRight: 24,
    style: { fontSize: '12px' },
    x: scaleOf(chart.x, along('x'), 'center'),
    y: { ...scaleOf(chart.y, along('y'), 'top'), grid: true },
    marks: [
      ...visible.flatMap((points, index) => marksOf(chart, points, index)),
      ...rules.flatMap(ruleMarks),
    ],
  });
  return { svg: cleaned(plot, `${chart.title}. ${chart.caption}`), omitted };
}

function isOnAxis({ scale }: Axis, value: number): boolean {
  return Number.isFinite(value) && (scale === 'linear' || value > 0);
}

function isVisible({ x, y }: Chart, point: readonly [number, number]): boolean {
  return isOnAxis(x, point[0]) && isOnAxis(y, point[1]);
}

function scaleOf({ label, scale }: Axis, values: readonly number[], labelAnchor: 'center' | 'top') {
  const common = { label, labelArrow: 'none', labelAnchor, nice: scale === 'linear' } as const;
  if (values.length === 0) return { ...common, type: scale, domain: scale === 'log' ? [1, 10] : [0, 1] };
  if (scale === 'linear') return { ...common, type: scale };
  const ticks = logTicks(values);
  return { ...common, type: scale, ticks, tickFormat: tickText };
}

function marksOf(chart: Chart, points: Points, index: number): Plot.Markish[] {
  const { colour, dash, symbol } = seriesLook(index);
  switch (chart.series[index]?.mark) {
    case 'line': {
      const line = { stroke: colour, strokeWidth: 2, ...(dash === 'none' ? {} : { strokeDasharray: dash }) };
      return [Plot.line(thinned(points, 500), line)];
    }
    case 'dots':
      return [Plot.dot(thinned(points, 1500), { stroke: colour, symbol, r: 3 })];
    case 'bars':
      return [
        Plot.rect(barsOf(chart, points, index), { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: colour }),
      ];
    case undefined:
      return [];
  }
}

/** Bars of several series stand side by side and share the smallest gap between places on the x axis. */
function barsOf(chart: Chart, points: Points, index: number) {
  const bars = chart.series.filter(({ mark }) => mark === 'bars');
  const places = [...new Set(bars.flatMap((each) => each.points.map(([x]) => x)))].sort((a, b) => a - b);
  const gaps = places.slice(1).map((place, i) => place - (places[i] ?? place));
  const width = (0.9 * (gaps.length > 0 ? Math.min(...gaps) : 1)) / bars.length;
  const turn = chart.series.slice(0, index).filter(({ mark }) => mark === 'bars').length - bars.length / 2;
  const heights = bars.flatMap((each) => each.points.map(([, y]) => y)).filter((y) => isOnAxis(chart.y, y));
  const y1 = chart.y.scale === 'log' ? Math.min(...heights) / 2 : 0;
  return points.map(([x, y2]) => ({ x1: x + turn * width, x2: x + (turn + 1) * width, y1, y2 }));
}

function ruleMarks({ axis, at, label }: Chart['rules'][number]): Plot.Markish[] {
  const style = { stroke: 'currentColor', strokeDasharray: '4 3', strokeOpacity: 0.7 };
  const text = { text: [label], fontSize: 11, fill: 'currentColor' } as const;
  return axis === 'x'
    ? [Plot.ruleX([at], style), Plot.text([at], { ...text, x: [at], frameAnchor: 'top', dy: -12 })]
    : [
        Plot.ruleY([at], style),
        Plot.text([at], { ...text, y: [at], frameAnchor: 'right', dy: -7, textAnchor: 'end' }),
      ];
}

/** Numbers to a hundredth of a pixel, no style or label of the drawing library's own, and a text alternative. */
function cleaned(plot: ReturnType<typeof Plot.plot>, alternative: string): string {
  for (const style of Array.from(plot.querySelectorAll('style'))) style.remove();
  const numeric = ['d', 'transform', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'width', 'height'];
  for (const element of Array.from(plot.querySelectorAll('*'))) {
    element.removeAttribute('aria-label');
    element.removeAttribute('aria-hidden');
    for (const name of numeric) {
      const value = element.getAttribute(name);
      if (value === null) continue;
      element.setAttribute(
        name,
        value.replace(/-?\d+\.\d{3,}/g, (digits: string) => String(Math.round(Number(digits) * 100) / 100)),
      );
    }
  }
  for (const name of ['class', 'style']) plot.removeAttribute(name);
  plot.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  plot.setAttribute('class', 'chart');
  plot.setAttribute('font-size', '12');
  plot.setAttribute('role', 'img');
  plot.setAttribute('aria-label', alternative);
  return svgText(plot);
}
