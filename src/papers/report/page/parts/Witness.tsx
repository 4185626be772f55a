import type { VNode } from 'preact';
import type { Witness as WitnessShape } from '../../../evidence/shape/comparison.ts';
import { closeness, percentage, readable, shortened, spaced } from '../../wording.ts';

/** An instance with both sides of the comparison on it and the numbers that go with them. */
export function Witness({ witness }: { readonly witness: WitnessShape }): VNode {
  const { comparison, margin, tightness, instance } = witness;
  const { what, left, relation, right, tolerance, numbers } = comparison;
  return (
    <div class="witness">
      <p>
        {what}:{' '}
        <strong class="numbers">
          {readable(left)} {margin < 0 ? negated[relation] : relation} {readable(right)}
        </strong>
      </p>
      <ul class="facts">
        <li>
          allowance {readable(tolerance.value)} <span class="quiet">({tolerance.because})</span>
        </li>
        <li>
          margin {readable(margin)}, allowance used {percentage(tightness)}: {closeness(tightness)}
        </li>
        {Object.entries(numbers).map(([name, value]) => (
          <li key={name}>
            {spaced(name)} {readable(value)}
          </li>
        ))}
      </ul>
      <p class="quiet">
        Instance <code class="wraps">{shortened(JSON.stringify(instance), 400)}</code>
      </p>
    </div>
  );
}

/** The relation that a failing comparison really has. */
export const negated = { '≤': '≰', '≥': '≱', '=': '≠' } as const;
