import type { Tolerance } from '../../numerics/base/tolerance.ts';
import type { Axis, Certificate, Chart, Exhibit, Observation, Series } from '../evidence/shape/exhibit.ts';

export type { Axis, Certificate, Chart, Exhibit, Observation, Series };

/**
 * Holds a number of ours against a published one.
 *
 * @param within the difference up to which it counts as reproduced
 * @param qualification set where the number agrees but something about it has to be said: the verdict is then at
 * most `qualified`
 */
export function compareWithReported(
  id: string,
  comparison: Omit<Observation, 'id' | 'verdict' | 'tolerance'> & {
    readonly within: Tolerance;
    readonly qualified?: boolean;
  },
): Observation {
  const { within, qualified = false, ...rest } = comparison;
  const agrees = Math.abs(rest.measured - rest.reported) <= within.value;
  const verdict = agrees ? (qualified ? 'qualified' : 'reproduced') : 'not-reproduced';
  return { id, ...rest, tolerance: within, verdict };
}
