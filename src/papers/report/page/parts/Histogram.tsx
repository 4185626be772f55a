import type { VNode } from 'preact';
import { counted, grouped } from '../../wording.ts';

const bar = { width: 26, gap: 2, height: 60 };

/** How much of the allowance the instances used: counts in equal bins from 0 to 100 %, as bars and in words. */
export function Histogram({
  counts,
  name,
}: {
  readonly counts: readonly number[];
  readonly name: string;
}): VNode | null {
  const most = Math.max(0, ...counts);
  if (most === 0) return null;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const share = (edge: number): string => `${Math.round((100 * edge) / counts.length)} %`;
  const words = counts
    .flatMap((count, i) => (count > 0 ? [`${share(i)} to ${share(i + 1)}: ${grouped(count)}`] : []))
    .join('; ');
  const width = counts.length * (bar.width + bar.gap) + bar.gap;
  return (
    <figure class="histogram">
      <svg
        viewBox={`0 0 ${width} ${bar.height + 30}`}
        width={width}
        height={bar.height + 30}
        role="img"
        aria-label={`${name}: share of the allowance used, by ${counted(total, 'instance')}. ${words}.`}
      >
        {counts.map((count, i) => {
          const left = bar.gap + i * (bar.width + bar.gap);
          const height = count === 0 ? 0 : Math.max(1.5, (bar.height * count) / most);
          return (
            <g key={share(i)}>
              <rect x={left} y={14 + bar.height - height} width={bar.width} height={height} />
              {count > 0 && (
                <text x={left + bar.width / 2} y={10 + bar.height - height} text-anchor="middle">
                  {brief(count)}
                </text>
              )}
            </g>
          );
        })}
        <path d={`M0 ${bar.height + 14.5}H${width}`} />
        <text x="2" y={bar.height + 27}>
          0 %
        </text>
        <text x={width - 2} y={bar.height + 27} text-anchor="end">
          100 %
        </text>
      </svg>
      <figcaption>Share of the allowance used, instances in each tenth.</figcaption>
    </figure>
  );
}

function brief(count: number): string {
  return count < 10_000 ? String(count) : `${Math.round(count / 1000)}k`;
}
