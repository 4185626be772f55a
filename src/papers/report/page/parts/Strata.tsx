import type { VNode } from 'preact';
import type { ClaimEvidence } from '../../../evidence/evidence.ts';
import { counted, grouped, percentage } from '../../wording.ts';
import { Scrolls } from './Scrolls.tsx';

/** The classes of instances with what became of them, and how close each comparison came to failing. */
export function Strata({ claim }: { readonly claim: ClaimEvidence }): VNode | null {
  if (claim.strata.length === 0) return null;
  return (
    <details>
      <summary>
        {counted(claim.strata.length, 'stratum', 'strata')}, {counted(claim.comparisons.length, 'comparison')}
      </summary>
      <Scrolls label={`Strata of ${claim.label}`}>
        <table>
          <thead>
            <tr>
              {['Stratum', 'Drawn', 'Met', 'Trivial', 'Unmet', 'Gave up', 'Why'].map((head) => (
                <th scope="col" key={head}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {claim.strata.map(({ name, demanded, met, trivial, hypothesisUnmet, gaveUp, reasons }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {[demanded, met, trivial, hypothesisUnmet, gaveUp].map((count, column) => (
                  <td class="numbers" key={String(column)}>
                    {grouped(count)}
                  </td>
                ))}
                <td>
                  {Object.entries(reasons)
                    .map(([reason, count]) => `${reason} (${grouped(count)})`)
                    .join('; ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
      <ul>
        {claim.comparisons.map(({ what, tightness, instances }) => (
          <li key={what}>
            {what}: allowance used {percentage(tightness)} at most, on {counted(instances, 'instance')}
          </li>
        ))}
      </ul>
    </details>
  );
}
