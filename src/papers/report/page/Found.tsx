import type { VNode } from 'preact';
import { statusOf } from '../../evidence/status.ts';
import { verdictInWords } from '../summary.ts';
import type { ReportView } from '../view.ts';
import { originText, readable } from '../wording.ts';
import { Command } from './parts/Command.tsx';
import { ObservationPill, StatusPill } from './parts/Pill.tsx';

/** What a reader should know before anything else: numbers that did not reproduce, and claims that are not green. */
export function Found({ view }: { readonly view: ReportView }): VNode {
  const numbers = view.observations.filter(({ observation: { verdict } }) =>
    ['not-reproduced', 'differs'].includes(verdict),
  );
  const open = view.claims.filter(({ claim }) => !['green', 'unstated'].includes(statusOf(claim)));
  return (
    <section id="found" class="found-box" aria-labelledby="found-title">
      <h2 id="found-title">What we found</h2>
      {numbers.length + open.length === 0 && (
        <p>Every published number that was compared was reproduced, and every claim that was tested holds.</p>
      )}
      <ul>
        {numbers.map(({ observation, owner, command }) => (
          <li key={observation.id + observation.quantity}>
            <p>
              <ObservationPill verdict={observation.verdict} />{' '}
              {owner !== '' && (
                <>
                  <a href={`#${owner}`}>{view.labels.get(owner)}</a>:{' '}
                </>
              )}
              {observation.quantity}:{' '}
              <b class="numbers">
                {readable(observation.reported)} reported, {readable(observation.measured)} measured
              </b>{' '}
              <span class="quiet">({originText(observation.origin)})</span>
            </p>
            <details>
              <summary>Why</summary>
              <p>{observation.finding}</p>
              <Command label="Measure again" text={command} />
            </details>
          </li>
        ))}
        {open.map(({ claim }) => (
          <li key={claim.id}>
            <p>
              <StatusPill status={statusOf(claim)} /> <a href={`#${claim.id}`}>{claim.label}</a>:{' '}
              {claim.title}
            </p>
            <details>
              <summary>Why</summary>
              <p>{verdictInWords(claim)}</p>
              <Command label="Judge it again" text={claim.replay} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
