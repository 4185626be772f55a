import type { VNode } from 'preact';
import type { ClaimEvidence } from '../../../evidence/evidence.ts';
import { counted, percentage } from '../../wording.ts';
import { Scrolls } from './Scrolls.tsx';

/** Trivial methods under the claim's own comparisons, with the share of the instances that each satisfies. */
export function Nulls({ claim }: { readonly claim: ClaimEvidence }): VNode | null {
  if (claim.nulls.length === 0) return null;
  return (
    <>
      <h4>Trivial methods under the same comparisons</h4>
      <Scrolls label={`Trivial methods, ${claim.label}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Method</th>
              <th scope="col">Satisfies the claim on</th>
              <th scope="col">By stratum</th>
            </tr>
          </thead>
          <tbody>
            {claim.nulls.map(({ name, verdict, share, instances, draws, strata, reason }) => (
              <tr key={name}>
                <th scope="row">
                  {name}
                  {draws > 1 && <span class="quiet"> ({counted(draws, 'draw')} each)</span>}
                </th>
                <td>
                  {verdict === 'inconclusive'
                    ? `not judged: ${reason}`
                    : `${percentage(share)} of ${counted(instances, 'instance')}`}
                </td>
                <td>{strata.map((each) => `${each.name} ${percentage(each.share)}`).join('; ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </>
  );
}
