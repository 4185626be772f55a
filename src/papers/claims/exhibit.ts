import type { Tolerance } from '../../numerics/base/tolerance.ts';
import type {
  Axis,
  Certificate,
  Chart,
  Exhibit,
  Observation,
  Origin,
  Series,
} from '../evidence/shape/exhibit.ts';

export type { Axis, Certificate, Chart, Exhibit, Observation, Origin, Series };

/** A number that the paper prints, with the place. */
export function printed(where: string): Origin {
  return { kind: 'printed', where };
}

/** A number that the authors' published program computes, with the file. */
export function fromProgram(where: string): Origin {
  return { kind: "from the authors' program", where };
}

/** A number that follows from something else that is published, with what. */
export function derived(where: string): Origin {
  return { kind: 'derived', where };
}

/**
 * Holds a number of ours against another one.
 *
 * @param comparison both numbers; `within`: the difference up to which it counts as reproduced, or as agreeing where the
 * other one is derived; `qualified`: set where the number agrees but something about it has to be said, so that the
 * verdict is at most `qualified`
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
  const isDerived = rest.origin.kind === 'derived';
  const best = isDerived ? 'agrees' : qualified ? 'qualified' : 'reproduced';
  const verdict = agrees ? best : isDerived ? 'differs' : 'not-reproduced';
  return { id, ...rest, tolerance: within, verdict };
}
