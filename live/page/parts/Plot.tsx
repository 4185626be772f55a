import type { VNode } from 'preact';
import { readable } from '../../../src/papers/report/wording.ts';
import { linearScale, logScale, type Scale } from './scale.ts';

/** One line or some dots. */
export interface PlotSeries {
  readonly name: string;
  /** Which of the page's series colours, from 1. */
  readonly colour: number;
  readonly points: readonly (readonly [number, number])[];
  readonly mark: 'line' | 'dots' | 'dashed';
}

interface PlotProps {
  /** What the drawing shows, for those who do not see it. */
  readonly label: string;
  readonly x: { readonly label: string; readonly range: readonly [number, number]; readonly isLog?: boolean };
  readonly y: { readonly label: string; readonly range: readonly [number, number] };
  readonly series: readonly PlotSeries[];
}

const [width, height] = [440, 280];
const [left, right, top, bottom] = [56, 12, 22, 40];

/** A chart whose axes stay where they are while what is drawn moves. */
export function Plot({ label, x, y, series }: PlotProps): VNode {
  const across = (x.isLog ? logScale : linearScale)(x.range, left, width - right);
  const up = linearScale(y.range, height - bottom, top);
  return (
    <svg class="plot" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path class="axis" d={`M${left} ${top}V${height - bottom}H${width - right}`} />
      {across.ticks.map((tick) => (
        <text key={`x${tick}`} x={across.at(tick)} y={height - bottom + 16} text-anchor="middle">
          {readable(tick)}
        </text>
      ))}
      {up.ticks.map((tick) => (
        <text key={`y${tick}`} x={left - 6} y={up.at(tick) + 4} text-anchor="end">
          {readable(tick)}
        </text>
      ))}
      <text x={(left + width - right) / 2} y={height - 6} text-anchor="middle">
        {x.label}
      </text>
      <text x={4} y={13}>
        {y.label}
      </text>
      {series.map((each) => (
        <Marks key={each.name} series={each} across={across} up={up} ranges={[x.range, y.range]} />
      ))}
    </svg>
  );
}

interface MarksProps {
  readonly series: PlotSeries;
  readonly across: Scale;
  readonly up: Scale;
  readonly ranges: readonly (readonly [number, number])[];
}

function Marks({ series: { name, colour, points, mark }, across, up, ranges }: MarksProps): VNode {
  const stroke = `var(--series-${colour})`;
  const isWithin = (point: readonly [number, number]): boolean =>
    ranges.every(([least, most], i) => point[i] >= least && point[i] <= most);
  const shown = points.filter(isWithin);
  if (mark === 'dots') {
    return (
      <g fill={stroke}>
        {shown.map(([px, py]) => (
          <circle key={`${px} ${py}`} cx={across.at(px)} cy={up.at(py)} r={5}>
            <title>{`${name}: ${readable(px)}, ${readable(py)}`}</title>
          </circle>
        ))}
      </g>
    );
  }
  const path = shown.map(([px, py]) => `${across.at(px).toFixed(1)} ${up.at(py).toFixed(1)}`).join('L');
  return (
    <path
      class={mark === 'line' ? 'mark' : 'mark rule'}
      style={{ stroke }}
      d={shown.length > 0 ? `M${path}` : ''}
    >
      <title>{name}</title>
    </path>
  );
}

/** What the colours of a chart stand for. */
export function Legend({ series }: { readonly series: readonly PlotSeries[] }): VNode {
  return (
    <ul class="legend">
      {series.map(({ name, colour, mark }) => (
        <li key={name}>
          <svg width="26" height="10" viewBox="0 0 26 10" aria-hidden="true">
            {mark === 'dots' ? (
              <circle cx="13" cy="5" r="4" style={{ fill: `var(--series-${colour})` }} />
            ) : (
              <path
                d="M1 5H25"
                style={{
                  stroke: `var(--series-${colour})`,
                  strokeWidth: 2,
                  strokeDasharray: mark === 'dashed' ? '5 4' : 'none',
                }}
              />
            )}
          </svg>{' '}
          {name}
        </li>
      ))}
    </ul>
  );
}
