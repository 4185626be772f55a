import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { counted } from '../../../src/papers/report/wording.ts';
import type { CutFrames } from '../../worker/cutTask.ts';
import { startHelper } from '../workers.ts';
import { CutFilm } from './CutFilm.tsx';
import { firstSample, graphSamples } from './graphSamples.ts';
import type { MechanismProps } from './mechanisms.ts';
import { readPasted } from './readPasted.ts';

/** Longest edge list that an address carries: browsers and mailers cut longer ones. */
const longestAddress = 6000;

/** Theorem 5.2 on a graph of the reader's own: V shrinks, μ separates, the cut grows. */
export function CutPanel({ settings, change }: MechanismProps): VNode {
  const { graph = firstSample, edges } = settings;
  const sample = graphSamples[graph] ?? graphSamples[firstSample];
  const [text, setText] = useState(edges ?? sample?.edges() ?? '');
  const pasted = useMemo(() => readPasted(text), [text]);
  const [film, setFilm] = useState<CutFrames | undefined>();
  const [failure, setFailure] = useState('');
  useEffect(() => {
    setFilm(undefined);
    setFailure('');
    if ('problem' in pasted) return;
    const helper = startHelper();
    // Somebody who is still typing is waited for.
    const wait = setTimeout(() => {
      void helper.ask({ kind: 'cut', ...pasted, seed: '7' }).then((answer) => {
        if (answer.kind === 'cut') setFilm(answer);
        else if (answer.kind === 'failed') setFailure(answer.message);
        helper.end();
      });
    }, 300);
    return () => {
      clearTimeout(wait);
      helper.end();
    };
  }, [pasted]);
  const choose = (name: string): void => {
    setText(graphSamples[name]?.edges() ?? '');
    change({ graph: name });
  };
  const type = (own: string): void => {
    setText(own);
    change(own.length <= longestAddress ? { edges: own } : {});
  };
  return (
    <article aria-labelledby="cut-title">
      <h2 id="cut-title">MAXCUT: a random hyperplane becomes one cut</h2>
      <p class="statement">
        The relaxation gives every vertex a vector v, and a random hyperplane cuts them. Let each vertex also
        have a mean μ, start all at 0, and descend the expected cut of sign(μ + v·x), with a small λ against
        the vectors. The vectors shrink to nothing, the means separate, and sign(μ) is one cut that is at
        least as good as the average of the hyperplanes.
      </p>
      <div class="controls">
        <p>
          <label for="graph">A graph to begin with</label>
          <select
            id="graph"
            value={edges === undefined ? graph : ''}
            onChange={({ currentTarget }) => choose(currentTarget.value)}
          >
            {edges !== undefined && <option value="">your own</option>}
            {Object.entries(graphSamples).map(([id, { name }]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </p>
      </div>
      <details open={edges !== undefined}>
        <summary>The edges, one a line: two vertices and, if you like, a weight</summary>
        <label for="edges" class="quiet">
          Edge list, at most 200 vertices
        </label>
        <textarea
          id="edges"
          spellcheck={false}
          value={text}
          aria-invalid={'problem' in pasted}
          aria-describedby="edges-problem"
          onInput={({ currentTarget }) => type(currentTarget.value)}
        />
      </details>
      <p id="edges-problem" role="status">
        {'problem' in pasted
          ? pasted.problem
          : `${counted(pasted.vertexCount, 'vertex', 'vertices')}, ${counted(pasted.edges.sources.length, 'edge')}.`}
        {!('problem' in pasted) && film === undefined && failure === '' && ' Descending.'}
        {failure}
      </p>
      {film !== undefined && !('problem' in pasted) && <CutFilm film={film} edges={pasted.edges} />}
    </article>
  );
}
