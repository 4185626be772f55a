import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { counted } from '../../../src/papers/report/wording.ts';
import type { PointsFrames } from '../../worker/pointsTask.ts';
import { Slider } from '../parts/Slider.tsx';
import { startHelper } from '../workers.ts';
import type { MechanismProps } from './mechanisms.ts';
import { PointsFilm } from './PointsFilm.tsx';
import { firstPoints, pointSamples, readPoints } from './pastedPoints.ts';

/** Longest list of points that an address carries. */
const longestAddress = 6000;

/** Theorem 5.5 on points of the reader's own: σ shrinks, and every pair comes within ε. */
export function PointsPanel({ settings, change }: MechanismProps): VNode {
  const { sample = firstPoints, points } = settings;
  const [text, setText] = useState(
    points ?? (pointSamples[sample] ?? pointSamples[firstPoints])?.text() ?? '',
  );
  const pasted = useMemo(() => readPoints(text), [text]);
  const wanted = Number(settings.epsilon ?? 0.7);
  const distortion = wanted >= 0.4 && wanted <= 0.95 ? wanted : 0.7;
  const [film, setFilm] = useState<PointsFrames | undefined>();
  const [failure, setFailure] = useState('');
  useEffect(() => {
    setFilm(undefined);
    setFailure('');
    if ('problem' in pasted) return;
    const helper = startHelper();
    // Somebody who is still typing or dragging is waited for.
    const wait = setTimeout(() => {
      void helper.ask({ kind: 'points', ...pasted, distortion, seed: '7' }).then((answer) => {
        if (answer.kind === 'points') setFilm(answer);
        else if (answer.kind === 'failed') setFailure(answer.message);
        helper.end();
      });
    }, 300);
    return () => {
      clearTimeout(wait);
      helper.end();
    };
  }, [pasted, distortion]);
  const type = (own: string): void => {
    setText(own);
    const { points: _old, ...others } = settings;
    change(own.length <= longestAddress ? { ...others, points: own } : others);
  };
  return (
    <article aria-labelledby="points-title">
      <h2 id="points-title">Johnson–Lindenstrauss: a random matrix becomes one matrix</h2>
      <p class="statement">
        A Gaussian matrix keeps all distances within ε with some luck. Start from one with mean M = 0 and
        deviation σ, and descend the sum of the probabilities that a pair is distorted by more. σ shrinks to
        0, and what is left is a matrix M that distorts no pair by more than ε.
      </p>
      <div class="controls">
        <p>
          <label for="sample">Points to begin with</label>
          <select
            id="sample"
            value={points === undefined ? sample : ''}
            onChange={({ currentTarget }) => {
              setText(pointSamples[currentTarget.value]?.text() ?? '');
              change({ sample: currentTarget.value, epsilon: String(distortion) });
            }}
          >
            {points !== undefined && <option value="">your own</option>}
            {Object.entries(pointSamples).map(([id, { name }]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </p>
      </div>
      <Slider
        id="epsilon"
        label="Distortion ε"
        shown={distortion.toFixed(2)}
        value={distortion}
        least={0.4}
        most={0.95}
        step={0.05}
        change={(value) => change({ ...settings, epsilon: String(value) })}
      />
      <details open={points !== undefined}>
        <summary>The points, one a line</summary>
        <label for="points" class="quiet">
          Coordinates, at most 24 points
        </label>
        <textarea
          id="points"
          spellcheck={false}
          value={text}
          aria-invalid={'problem' in pasted}
          aria-describedby="points-problem"
          onInput={({ currentTarget }) => type(currentTarget.value)}
        />
      </details>
      <p id="points-problem" role="status">
        {'problem' in pasted
          ? pasted.problem
          : `${counted(pasted.pointCount, 'point')} in ${counted(pasted.dimension, 'dimension')}.`}
        {!('problem' in pasted) && film === undefined && failure === '' && ' Descending.'}
        {failure}
      </p>
      {film !== undefined && <PointsFilm film={film} distortion={distortion} />}
    </article>
  );
}
