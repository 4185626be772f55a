import type { VNode } from 'preact';
import type { ClaimView, HypothesisView } from '../view.ts';
import { Sides } from './parts/Sides.tsx';

/** What a claim presupposes, each with the witness that shows that the claim fails without it. */
export function Hypotheses({ hypotheses }: Pick<ClaimView, 'hypotheses'>): VNode | null {
  if (hypotheses.length === 0) return null;
  return (
    <>
      <h4>Hypotheses, and what happens without them</h4>
      <ul>
        {hypotheses.map(({ words, shownBy }) => (
          <li key={words}>
            <p>
              {words}: {shownBy === null ? 'not dropped alone' : <Needed shownBy={shownBy} />}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

function Needed({ shownBy }: { readonly shownBy: NonNullable<HypothesisView['shownBy']> }): VNode {
  const { claim, sabotage } = shownBy;
  return (
    <>
      needed, as <a href={`#${claim.id}`}>{claim.label}</a> shows: {sabotage.name}{' '}
      <Sides witness={sabotage.worst} />
    </>
  );
}
