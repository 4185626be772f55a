import type { VNode } from 'preact';
import type { ClaimEvidence } from '../../../evidence/evidence.ts';
import { isCaught } from '../../../evidence/status.ts';
import { howCaught } from '../../summary.ts';
import { Command } from './Command.tsx';
import { Sides } from './Sides.tsx';
import { Witness } from './Witness.tsx';

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
              {isCaught(sabotage) ? <p>{howCaught(sabotage)}</p> : <p>{sabotage.reason}</p>}
              {sabotage.worst && <Witness witness={sabotage.worst} />}
              {sabotage.restored && (
                <>
                  <p>With the hypothesis restored ({sabotage.drops}), and nothing else changed:</p>
                  <Witness witness={sabotage.restored} />
                </>
              )}
              <Command label="Replay this witness" text={sabotage.replay} />
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
