import type { Comparison, Raw, Witness } from '../../evidence/shape/comparison.ts';
import { margin, tightness } from '../comparison.ts';

/** The comparison of largest tightness, as a witness. */
export function worstWitness(instance: Raw, path: string, comparisons: readonly Comparison[]): Witness {
  let worst = comparisons[0];
  for (const comparison of comparisons) if (tightness(comparison) > tightness(worst)) worst = comparison;
  return { instance, path, comparison: worst, margin: margin(worst), tightness: tightness(worst) };
}
