import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { EdgeList } from '../../../src/applications/maxcut/graph/graph.ts';
import { readable } from '../../../src/papers/report/wording.ts';
import type { CutFrame, CutFrames } from '../../worker/cutTask.ts';
import { Legend, Plot, type PlotSeries } from '../parts/Plot.tsx';
import { Slider } from '../parts/Slider.tsx';

interface CutFilmProps {
  readonly film: CutFrames;
  readonly edges: EdgeList;
}

/** Milliseconds between two frames when the descent is played. */
const frameTime = 60;

/** A descent, played once or moved through by hand. */
export function CutFilm({ film, edges }: CutFilmProps): VNode {
  const { frames, hyperplanes, bound, certificate } = film;
  const last = frames.length - 1;
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const [at, setAt] = useState(isStill ? last : 0);
  const [isPlaying, setPlaying] = useState(!isStill);
  useEffect(() => {
    if (!isPlaying || at >= last) return;
    const next = setTimeout(() => setAt(at + 1), frameTime);
    return () => clearTimeout(next);
  }, [isPlaying, at, last]);
  const frame = frames[Math.min(at, last)];
  const series = seriesOf(film, at);
  // The signs of the first moments are noise: the axis begins where the comparison does.
  const least = Math.min(0.8 * hyperplanes, ...frames.map(({ expectation }) => expectation));
  const room = 0.05 * (bound - least || 1);
  const move = (to: number): void => {
    setPlaying(false);
    setAt(to);
  };
  return (
    <>
      <Slider
        id="step"
        label="Moment of the descent"
        shown={`step ${frame.step} of ${frames[last].step}`}
        value={at}
        least={0}
        most={last}
        step={1}
        change={move}
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
          <Vertices frame={frame} edges={edges} />
          <figcaption>
            Each vertex at its mean μ (across). The ring around it is the length of its vector: what is still
            left to chance. Coloured edges are cut by sign(μ).
          </figcaption>
        </figure>
        <figure>
          <Plot
            label={`Cut by step: ${readable(frame.cut)} at step ${frame.step}; hyperplanes ${readable(hyperplanes)} on average; no cut above ${readable(bound)}`}
            x={{ label: 'step, counted from 1', range: [1, frames[last].step + 1], isLog: true }}
            y={{ label: 'weight cut', range: [least - room, bound + room] }}
            series={series}
          />
          <Legend series={series} />
        </figure>
      </div>
      <dl class="measures">
        <Fact name="Cut of sign(μ)" value={readable(frame.cut)} id="cut" />
        <Fact name="Expected cut" value={readable(frame.expectation)} />
        <Fact name="Hyperplanes on average" value={readable(hyperplanes)} id="hyperplanes" />
        <Fact name="No cut is above" value={readable(bound)} />
        <Fact name="‖V‖ at the end" value={readable(certificate.weightNorm)} />
        <Fact name="Its bound, by the lemma" value={readable(certificate.weightBound)} />
        <Fact
          name="‖∇f‖ at the end, and ρ"
          value={`${readable(certificate.gradientNorm)}, ${readable(certificate.gradientTolerance)}`}
        />
        <Fact
          name="λ_min at the end, and −√(Kρ)"
          value={`${readable(certificate.lowestCurvature)}, ${readable(-certificate.curvatureTolerance)}`}
        />
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

/** The curves up to a moment, and the levels they are held against. */
function seriesOf({ frames, hyperplanes, bound }: CutFrames, at: number): readonly PlotSeries[] {
  const shown = frames.slice(0, at + 1);
  const level = (value: number): readonly (readonly [number, number])[] => [
    [1, value],
    [frames[frames.length - 1].step + 1, value],
  ];
  return [
    {
      name: 'cut of sign(μ)',
      colour: 1,
      mark: 'line',
      points: shown.map(({ step, cut }) => [step + 1, cut]),
    },
    {
      name: 'expected cut',
      colour: 3,
      mark: 'line',
      points: shown.map(({ step, expectation }) => [step + 1, expectation]),
    },
    { name: 'hyperplanes on average', colour: 2, mark: 'dashed', points: level(hyperplanes) },
    { name: 'no cut is above', colour: 6, mark: 'dashed', points: level(bound) },
  ];
}

const [width, height] = [440, 300];

/** Vertices at their means, in the order of their numbers from top to bottom. */
function Vertices({
  frame: { mean, spread },
  edges,
}: {
  readonly frame: CutFrame;
  readonly edges: EdgeList;
}): VNode {
  const n = mean.length;
  const across = (m: number): number => width / 2 + (width / 2 - 24) * Math.tanh(m);
  const up = (i: number): number => 14 + ((i + 0.5) * (height - 28)) / n;
  const lines = { cut: '', whole: '' };
  for (let e = 0; e < edges.sources.length; e++) {
    const [u, v] = [edges.sources[e], edges.targets[e]];
    const path = `M${across(mean[u]).toFixed(1)} ${up(u).toFixed(1)}L${across(mean[v]).toFixed(1)} ${up(v).toFixed(1)}`;
    lines[mean[u] < 0 === mean[v] < 0 ? 'whole' : 'cut'] += path;
  }
  const spreadOf = (i: number): number => Math.max(0, Math.min(22, 14 * spread[i]));
  return (
    <svg
      class="plot vertices"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label="The vertices at their means"
    >
      <path class="whole" d={lines.whole} />
      <path class="cut" d={lines.cut} />
      {Array.from({ length: n }, (_, i) => (
        <g key={String(i)}>
          <circle class="ring" cx={across(mean[i])} cy={up(i)} r={spreadOf(i)} />
          <circle
            class={mean[i] < 0 ? 'left' : 'right'}
            cx={across(mean[i])}
            cy={up(i)}
            r={n > 60 ? 2.5 : 4}
          />
        </g>
      ))}
    </svg>
  );
}
