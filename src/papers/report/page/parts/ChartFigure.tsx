import type { VNode } from 'preact';
import { seriesLook } from '../../charts/chart.ts';
import type { ChartView } from '../../view.ts';
import { counted } from '../../wording.ts';
import { Raw } from './Raw.tsx';
import { Scrolls } from './Scrolls.tsx';

const origins = { measured: 'Measured here', redrawn: 'Redrawn from the paper' } as const;

/** Charts of one figure beside each other, each with its legend and what is seen. */
export function ChartFigures({ charts }: { readonly charts: readonly ChartView[] }): VNode | null {
  if (charts.length === 0) return null;
  return (
    <div class="charts">
      {charts.map((view) => (
        <ChartFigure key={view.chart.id} {...view} />
      ))}
    </div>
  );
}

function ChartFigure({ chart, drawn }: ChartView): VNode {
  const omitted =
    drawn.omitted === 0 ? '' : ` ${counted(drawn.omitted, 'point')} cannot be shown on these axes.`;
  return (
    <figure class={`chart-figure ${chart.origin}`}>
      <p class="chart-title">
        <span class="origin">{origins[chart.origin]}</span> {chart.title}
      </p>
      <Scrolls label={`Chart: ${chart.title}`}>
        <Raw markup={drawn.svg} />
      </Scrolls>
      <ul class="legend">
        {chart.series.map(({ name, mark }, index) => (
          <li key={name}>
            <Swatch mark={mark} index={index} /> {name}
          </li>
        ))}
      </ul>
      <figcaption>
        {chart.caption}
        {omitted}
      </figcaption>
    </figure>
  );
}

function Swatch({
  mark,
  index,
}: {
  mark: ChartView['chart']['series'][number]['mark'];
  index: number;
}): VNode {
  const { colour, dash, symbol } = seriesLook(index);
  const shapes = {
    circle: 'M15 4a4 4 0 1 0 .01 0Z',
    diamond: 'M15 3l4 5l-4 5l-4-5Z',
    square: 'M11 4h8v8h-8Z',
    triangle: 'M15 3l5 9h-10Z',
  };
  return (
    <svg width="30" height="16" aria-hidden="true">
      {mark === 'line' && (
        <path d="M0 8H30" fill="none" stroke={colour} stroke-width="2" stroke-dasharray={dash} />
      )}
      {mark === 'dots' && <path d={shapes[symbol]} fill="none" stroke={colour} stroke-width="1.5" />}
      {mark === 'bars' && <path d="M8 2h14v12h-14Z" fill={colour} />}
    </svg>
  );
}
