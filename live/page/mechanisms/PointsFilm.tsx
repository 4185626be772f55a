import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { readable } from '../../../src/papers/report/wording.ts';
import type { PointsFrames } from '../../worker/pointsTask.ts';
import { Legend, Plot, type PlotSeries } from '../parts/Plot.tsx';
import { Slider } from '../parts/Slider.tsx';

interface PointsFilmProps {
  readonly film: PointsFrames;
  readonly distortion: number;
}

/** Milliseconds between two frames when the descent is played. */
const frameTime = 120;

/** Every pair's distortion along the descent, beside random matrices of the same size. */
export function PointsFilm({
  film: { frames, rows, random, violationSum, threshold },
  distortion,
}: PointsFilmProps): VNode {
  const last = frames.length - 1;
  const [at, setAt] = useState(matchMedia('(prefers-reduced-motion: reduce)').matches ? last : 0);
  const [isPlaying, setPlaying] = useState(at < last);
  useEffect(() => {
    if (!isPlaying || at >= last) return;
    const next = setTimeout(() => setAt(at + 1), frameTime);
    return () => clearTimeout(next);
  }, [isPlaying, at, last]);
  const frame = frames[Math.min(at, last)];
  const pairs = frame.distortions.length;
  const curve = (values: Float64Array): readonly (readonly [number, number])[] =>
    [...values].sort((a, b) => a - b).map((value, i) => [i + 1, value]);
  const level = (value: number): readonly (readonly [number, number])[] => [
    [1, value],
    [pairs, value],
  ];
  const series: readonly PlotSeries[] = [
    { name: 'M, every pair in order', colour: 1, mark: 'line', points: curve(frame.distortions) },
    { name: 'a random matrix of the same size', colour: 2, mark: 'line', points: curve(random[0]) },
    { name: 'ε above and below', colour: 6, mark: 'dashed', points: level(distortion) },
  ];
  const shown = [...series, { ...series[2], name: 'below', points: level(-distortion) }];
  const deviations: readonly PlotSeries[] = [
    {
      name: 'σ',
      colour: 3,
      mark: 'line',
      points: frames.slice(0, at + 1).map(({ deviation }, i) => [i + 1, deviation]),
    },
  ];
  const worst = (values: Float64Array): number =>
    values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const held = random.filter((values) => worst(values) <= distortion).length;
  return (
    <>
      <Slider
        id="step"
        label="Moment of the descent"
        shown={`${at + 1} of ${last + 1}`}
        value={at}
        least={0}
        most={last}
        step={1}
        change={(to) => {
          setPlaying(false);
          setAt(to);
        }}
      />
      <p>
        <button
          type="button"
          class="plain"
          onClick={() => {
            setAt(at >= last ? 0 : at);
            setPlaying(!isPlaying || at >= last);
          }}
        >
          {isPlaying && at < last ? 'Pause' : 'Play'}
        </button>
      </p>
      <div class="panels">
        <figure>
          <Plot
            label={`Distortion of every pair under M, worst ${readable(worst(frame.distortions))}, and under a random matrix, worst ${readable(worst(random[0]))}`}
            x={{ label: 'pair, by distortion', range: [1, Math.max(2, pairs)] }}
            y={{ label: '|Mu|² − 1', range: [-1.1, 1.6] }}
            series={shown}
          />
          <Legend series={series} />
        </figure>
        <figure>
          <Plot
            label={`The deviation σ falls from ${readable(frames[0].deviation)} to ${readable(frames[last].deviation)}`}
            x={{ label: 'moment', range: [1, last + 1] }}
            y={{ label: 'σ', range: [0, 1.1 * frames[0].deviation] }}
            series={deviations}
          />
          <Legend series={deviations} />
        </figure>
      </div>
      <dl class="measures">
        <Fact name="Rows of M" value={readable(rows)} />
        <Fact name="σ now" value={readable(frame.deviation)} />
        <Fact name="Worst distortion under M" value={readable(worst(frame.distortions))} id="worst" />
        <Fact name="Random matrices within ε" value={`${held} of ${random.length}`} />
        <Fact name="Σ p at the end" value={readable(violationSum)} />
        <Fact name="Below this no pair is violated" value={readable(threshold)} />
      </dl>
    </>
  );
}

function Fact({
  name,
  value,
  id,
}: {
  readonly name: string;
  readonly value: string;
  readonly id?: string | undefined;
}): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd {...(id === undefined ? {} : { id })}>{value}</dd>
    </div>
  );
}
