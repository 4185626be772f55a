import type { VNode } from 'preact';
import type { ClaimEvidence } from '../../evidence/evidence.ts';
import { isCaught, statusOf } from '../../evidence/status.ts';
import { observationsOf } from '../badge.ts';
import type { ReportView } from '../view.ts';
import { closeness, counted, grouped, percentage, readable } from '../wording.ts';
import { Marks } from './parts/Marks.tsx';
import { Scrolls } from './parts/Scrolls.tsx';
import { Sides } from './parts/Sides.tsx';

/** The theorems for a referee: verdict, how hard each was tried, its weakest point, and its tightest comparison. */
export function Theorems({ view }: { readonly view: ReportView }): VNode | null {
  const theorems = view.claims.filter(({ claim }) => claim.kind === 'theorem');
  if (theorems.length === 0) return null;
  return (
    <section id="theorems" aria-labelledby="theorems-title">
      <h2 id="theorems-title">The theorems</h2>
      <Scrolls label="The theorems">
        <table class="theorems">
          <thead>
            <tr>
              <th scope="col">Theorem</th>
              <th scope="col">Verdict</th>
              <th scope="col">How hard it was tried</th>
              <th scope="col">Weakest point</th>
              <th scope="col">Closest to failing</th>
            </tr>
          </thead>
          <tbody>
            {theorems.map(({ claim }) => (
              <tr key={claim.id}>
                <th scope="row">
                  <a href={`#${claim.id}`}>{claim.label}</a> <span class="quiet">{claim.title}</span>
                </th>
                <td>
                  <Marks status={statusOf(claim)} observations={observationsOf(view.evidence, claim.id)} />
                </td>
                <td>{effort(claim)}</td>
                <td>{weakestPoint(claim)}</td>
                <td>
                  {claim.worst !== null && (
                    <>
                      {claim.worst.comparison.what} <Sides witness={claim.worst} />, with a margin of{' '}
                      {readable(claim.worst.margin)}: {closeness(claim.worst.tightness)}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </section>
  );
}

function effort({ instances, trials, sabotages, nulls }: ClaimEvidence): string {
  const parts = [
    counted(instances, 'instance'),
    ...(trials > 0 ? [counted(trials, 'random trial')] : []),
    `${sabotages.filter(isCaught).length} of ${counted(sabotages.length, 'sabotage')} refuted`,
    ...(nulls.length > 0 ? [counted(nulls.length, 'trivial method')] : []),
  ];
  return parts.join(', ');
}

/** What a sceptic would point at first: the trivial method that comes closest, else the instances that say nothing. */
function weakestPoint({
  nulls,
  gaveUp,
  hypothesisUnmet,
  trivial,
  instances,
  sabotages,
}: ClaimEvidence): string {
  const [closest] = [...nulls].sort((a, b) => b.share - a.share);
  if (closest !== undefined && closest.share > 0)
    return `${closest.name}: satisfies it on ${percentage(closest.share)} of the instances`;
  const silent = gaveUp + hypothesisUnmet + trivial;
  if (silent > 0) return `${grouped(silent)} of ${counted(instances + silent, 'instance')} say nothing`;
  const missed = sabotages.find((sabotage) => !isCaught(sabotage));
  if (missed !== undefined) return `not refuted: ${missed.name}`;
  const [faintest] = [...sabotages]
    .filter(({ comparison }) => comparison !== '')
    .sort((a, b) => a.share - b.share);
  if (faintest !== undefined && faintest.share < 1)
    return `${faintest.name}: breaks it on ${percentage(faintest.share)} of the instances only`;
  return 'none found';
}
