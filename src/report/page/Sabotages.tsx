import type { VNode } from 'preact';
import type { ClaimEvidence, WitnessEvidence } from '../evidence.ts';
import { isCaught } from '../status.ts';
import { counted, readable } from '../wording.ts';
import { Command } from './Command.tsx';
import { negated, Witness } from './Witness.tsx';

/** What becomes of the claim when something it needs is taken away: each sabotage with its witness. */
export function Sabotages({ claim }: { readonly claim: ClaimEvidence }): VNode | null {
  if (claim.sabotages.length === 0) return null;
  return (
    <>
      <h4>Sabotages: what must fail</h4>
      <ul class="sabotages">
        {claim.sabotages.map((sabotage) => (
          <li key={sabotage.name}>
            <details>
              <summary>
                <span class={`pill ${isCaught(sabotage) ? 'status-green' : 'status-refuted'}`}>
                  <span aria-hidden="true">{isCaught(sabotage) ? '✓' : '✗'}</span>{' '}
                  {isCaught(sabotage) ? 'refuted, as it must be' : `not refuted: ${sabotage.verdict}`}
                </span>{' '}
                {sabotage.name} <Sides witness={sabotage.worst} />
              </summary>
              {isCaught(sabotage) ? (
                <p>Found within {counted(sabotage.instances, 'instance')}.</p>
              ) : (
                <p>{sabotage.reason}</p>
              )}
              {sabotage.worst && <Witness witness={sabotage.worst} />}
              <Command label="Replay this witness" text={sabotage.replay} />
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Both sides of the comparison that failed, for the line that is always seen. */
function Sides({ witness }: { readonly witness: WitnessEvidence | null }): VNode | null {
  if (witness === null) return null;
  const { left, relation, right } = witness.comparison;
  return (
    <span class="quiet numbers">
      ({readable(left)} {witness.margin < 0 ? negated[relation] : relation} {readable(right)})
    </span>
  );
}
