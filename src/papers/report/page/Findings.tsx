import type { VNode } from 'preact';
import { type ObservationStatus, statusOf } from '../../evidence/status.ts';
import { verdictInWords } from '../summary.ts';
import type { ObservationView, ReportView } from '../view.ts';
import { originText, readable } from '../wording.ts';
import { Command } from './parts/Command.tsx';
import { ObservationPill, StatusPill } from './parts/Pill.tsx';

/** What did not reproduce, and everything that was found beside the published numbers. */
export function Findings({ view }: { readonly view: ReportView }): VNode {
  const of = (verdict: ObservationStatus): readonly ObservationView[] =>
    view.observations.filter(({ observation }) => observation.verdict === verdict);
  const open = view.claims.filter(({ claim }) => !['green', 'unstated'].includes(statusOf(claim)));
  const unstated = view.claims.filter(({ claim }) => claim.verdict === 'unstated');
  return (
    <section id="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">What did not reproduce, and what we found</h2>
      {open.length > 0 && <h3>Claims that are not green</h3>}
      {open.map(({ claim }) => (
        <div class="finding-card" key={claim.id}>
          <p>
            <StatusPill status={statusOf(claim)} /> <a href={`#${claim.id}`}>{claim.label}</a>: {claim.title}
          </p>
          <p>{verdictInWords(claim)}</p>
          <Command label="Replay" text={claim.replay} />
        </div>
      ))}
      <Group title="Numbers that did not reproduce" views={of('not-reproduced')} view={view} />
      <Group title="Derived numbers that differ" views={of('differs')} view={view} />
      <Group title="Numbers that agree, with a qualification" views={of('qualified')} view={view} />
      <Group title="Numbers that were reproduced" views={of('reproduced')} view={view} />
      <Group title="Derived numbers that agree" views={of('agrees')} view={view} />
      {view.observations.length === 0 && <p>No published number was compared in this run.</p>}
      {unstated.length > 0 && <h3>Not tested</h3>}
      {unstated.length > 0 && (
        <ul>
          {unstated.map(({ claim }) => (
            <li key={claim.id}>
              <a href={`#${claim.id}`}>{claim.label}</a>, {claim.title}: {claim.reason}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface GroupProps {
  readonly title: string;
  readonly views: readonly ObservationView[];
  readonly view: ReportView;
}

function Group({ title, views, view }: GroupProps): VNode | null {
  if (views.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      {views.map(({ observation, owner, command }) => (
        <div class="finding-card" key={observation.id + observation.quantity}>
          <p>
            <ObservationPill verdict={observation.verdict} />{' '}
            {owner === '' ? observation.id : <a href={`#${owner}`}>{view.labels.get(owner)}</a>}:{' '}
            {observation.quantity}
          </p>
          <p class="numbers">
            reported {readable(observation.reported)} ({originText(observation.origin)}), measured{' '}
            {readable(observation.measured)}
          </p>
          <p>{observation.finding}</p>
          <Command label="Measure again" text={command} />
        </div>
      ))}
    </>
  );
}
