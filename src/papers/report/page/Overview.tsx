import type { VNode } from 'preact';
import { isCaught, statuses, statusLooks, statusOf } from '../../evidence/status.ts';
import { observationsOf } from '../badge.ts';
import type { ReportView } from '../view.ts';
import { grouped, percentage } from '../wording.ts';
import { Marks } from './parts/Marks.tsx';
import { StatusPill } from './parts/Pill.tsx';
import { Raw } from './parts/Raw.tsx';
import { Scrolls } from './parts/Scrolls.tsx';

/** The graph of claims with what its signs mean. */
export function ClaimGraph({ view }: { readonly view: ReportView }): VNode {
  return (
    <section aria-labelledby="graph-title">
      <h2 id="graph-title">What rests on what</h2>
      <Scrolls label="Graph of claims">
        <Raw markup={view.graph} />
      </Scrolls>
      <ul class="legend">
        {statuses
          .filter((status) => view.summary.byStatus[status] > 0)
          .map((status) => (
            <li key={status}>
              <StatusPill status={status} /> {grouped(view.summary.byStatus[status])}:{' '}
              <span class="quiet">{statusLooks[status].meaning}</span>
            </li>
          ))}
      </ul>
    </section>
  );
}

/** All claims in one table. */
export function ClaimTable({ view }: { readonly view: ReportView }): VNode {
  return (
    <section id="overview" aria-labelledby="overview-title">
      <h2 id="overview-title">All claims</h2>
      <Scrolls label="All claims">
        <table class="overview">
          <thead>
            <tr>
              <th scope="col">The paper says</th>
              <th scope="col">Verdict</th>
              <th scope="col">Instances</th>
              <th scope="col">Tightness</th>
              <th scope="col">Sabotages refuted</th>
            </tr>
          </thead>
          <tbody>
            {view.claims.map(({ claim }) => (
              <tr key={claim.id}>
                <th scope="row">
                  <a href={`#${claim.id}`}>{claim.label}</a> <span class="quiet">{claim.title}</span>
                </th>
                <td>
                  <Marks status={statusOf(claim)} observations={observationsOf(view.evidence, claim.id)} />
                </td>
                <td class="numbers">{claim.instances > 0 ? grouped(claim.instances) : '–'}</td>
                <td class="numbers">{claim.instances > 0 ? percentage(claim.tightness) : '–'}</td>
                <td class="numbers">
                  {claim.sabotages.length > 0
                    ? `${claim.sabotages.filter(isCaught).length} of ${claim.sabotages.length}`
                    : '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </section>
  );
}
