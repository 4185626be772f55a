import type { VNode } from 'preact';
import type { ClaimView } from '../../view.ts';
import { originText, readable } from '../../wording.ts';
import { ObservationPill } from './Pill.tsx';
import { Scrolls } from './Scrolls.tsx';

interface ObservationTableProps {
  readonly observations: ClaimView['observations'];
  /** Whose numbers these are. */
  readonly label: string;
}

/** Published numbers beside ours. */
export function ObservationTable({ observations, label }: ObservationTableProps): VNode | null {
  if (observations.length === 0) return null;
  return (
    <Scrolls label={`Published numbers and ours: ${label}`}>
      <table>
        <caption>Published numbers and ours</caption>
        <thead>
          <tr>
            <th scope="col">Quantity</th>
            <th scope="col">Reported</th>
            <th scope="col">Measured</th>
            <th scope="col">Verdict</th>
            <th scope="col">Finding</th>
          </tr>
        </thead>
        <tbody>
          {observations.map((each) => (
            <tr key={each.id + each.quantity}>
              <th scope="row">{each.quantity}</th>
              <td>
                <span class="numbers">{readable(each.reported)}</span>{' '}
                <span class="quiet">{originText(each.origin)}</span>
              </td>
              <td>
                <span class="numbers">{readable(each.measured)}</span>{' '}
                <span class="quiet">
                  ± {readable(each.tolerance.value)} counts as equal: {each.tolerance.because}
                </span>
              </td>
              <td>
                <ObservationPill verdict={each.verdict} />
              </td>
              <td class="finding">{each.finding}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolls>
  );
}
