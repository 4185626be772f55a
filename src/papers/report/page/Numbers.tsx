import type { VNode } from 'preact';
import type { Origin } from '../../evidence/shape/exhibit.ts';
import type { ObservationView, ReportView } from '../view.ts';
import { counted, grouped, readable } from '../wording.ts';
import { ObservationPill } from './parts/Pill.tsx';
import { Scrolls } from './parts/Scrolls.tsx';

const origins: readonly { readonly kind: Origin['kind']; readonly title: string }[] = [
  { kind: 'printed', title: 'Printed in the paper' },
  { kind: "from the authors' program", title: 'From the authors’ program' },
  { kind: 'derived', title: 'Derived here' },
];

/** Every number that was held against ours, in three lists by where it comes from; and what was not tested. */
export function Numbers({ view }: { readonly view: ReportView }): VNode {
  const unstated = view.claims.filter(({ claim }) => claim.verdict === 'unstated');
  return (
    <section id="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">Numbers beside ours</h2>
      {origins.map(({ kind, title }) => (
        <OriginList
          key={kind}
          title={title}
          numbers={view.observations.filter(({ observation }) => observation.origin.kind === kind)}
          labels={view.labels}
        />
      ))}
      {view.observations.length === 0 && <p>No number was compared in this run.</p>}
      {unstated.length > 0 && (
        <>
          <h3>Not tested</h3>
          <ul>
            {unstated.map(({ claim }) => (
              <li key={claim.id}>
                <a href={`#${claim.id}`}>{claim.label}</a>, {claim.title}: {claim.reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface OriginListProps {
  readonly title: string;
  readonly numbers: readonly ObservationView[];
  readonly labels: ReadonlyMap<string, string>;
}

function OriginList({ title, numbers, labels }: OriginListProps): VNode | null {
  if (numbers.length === 0) return null;
  return (
    <details>
      <summary>
        <h3>{title}</h3> <span class="quiet">{tally(numbers)}</span>
      </summary>
      <Scrolls label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">Quantity</th>
              <th scope="col">Theirs</th>
              <th scope="col">Ours</th>
              <th scope="col">Verdict</th>
              <th scope="col">Finding</th>
            </tr>
          </thead>
          <tbody>
            {numbers.map(({ observation, owner }) => (
              <tr key={observation.id + observation.quantity}>
                <th scope="row">
                  {owner !== '' && (
                    <>
                      <a href={`#${owner}`}>{labels.get(owner)}</a>:{' '}
                    </>
                  )}
                  {observation.quantity} <span class="quiet">{observation.origin.where}</span>
                </th>
                <td class="numbers">{readable(observation.reported)}</td>
                <td class="numbers">{readable(observation.measured)}</td>
                <td>
                  <ObservationPill verdict={observation.verdict} />
                </td>
                <td class="finding">{observation.finding}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </details>
  );
}

/** How many of some numbers there are, and how many differ from ours. */
function tally(numbers: readonly ObservationView[]): string {
  const apart = numbers.filter(({ observation: { verdict } }) =>
    ['not-reproduced', 'differs'].includes(verdict),
  ).length;
  const all = counted(numbers.length, 'number');
  return apart === 0 ? `${all}, none of which differs from ours` : `${all}, ${grouped(apart)} ≠ ours`;
}
