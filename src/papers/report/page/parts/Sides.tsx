import type { VNode } from 'preact';
import type { Witness as WitnessShape } from '../../../evidence/shape/comparison.ts';
import { readable } from '../../wording.ts';
import { negated } from './Witness.tsx';

/** Both sides of the comparison that failed, short enough for a line. */
export function Sides({ witness }: { readonly witness: WitnessShape | null }): VNode | null {
  if (witness === null) return null;
  const { left, relation, right } = witness.comparison;
  return (
    <span class="quiet numbers">
      ({readable(left)} {witness.margin < 0 ? negated[relation] : relation} {readable(right)})
    </span>
  );
}
