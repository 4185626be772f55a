import { checkInteger, checkLength } from '../../../numerics/base/checks.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import type { Assignment } from '../problem/constraints.ts';
import { fieldAt, type SignQuadratic } from '../problem/signQuadratic.ts';
import { flip } from './exactAssignment.ts';

/** What a tabu search is run with. */
export interface TabuOptions {
  /** Flips. */
  readonly flips: number;
  /** Asked every thousand flips; true ends the search. */
  readonly shouldStop?: () => boolean;
}

/**
 * Improves an assignment by flips of one variable: the best that is not tabu, even where it loses.
 *
 * A flipped variable stays for 10 to 10 + n/100 flips, unless flipping it would give a new best.
 *
 * Guarantee: Q of the result is at least Q of the start.
 *
 * @param stream source of the tenures
 * @param start not written to
 * @returns a fresh assignment, the best that was met
 * Source: F. Glover (1989); G. Palubeckis, "Multistart tabu search strategies for the unconstrained binary quadratic
 * optimization problem", Ann. Oper. Res. 131 (2004).
 * Cost: O(n + degree) a flip.
 */
export function tabuSearch(
  stream: RandomStream,
  quadratic: SignQuadratic,
  start: Assignment,
  { flips, shouldStop = () => false }: TabuOptions,
): Assignment {
  const n = quadratic.variables;
  checkLength('start', start, n);
  checkInteger('flips', flips, 0);
  const signs = Int8Array.from(start);
  const best = Int8Array.from(start);
  const fields = Float64Array.from(signs, (_, i) => fieldAt(quadratic, signs, i));
  const freeAt = new Int32Array(n);
  const slack = 64 * n * Number.EPSILON * quadratic.totalWeight;
  let gained = 0;
  let bestGain = 0;
  for (let step = 1; step <= flips && n > 0; step++) {
    let chosen = -1;
    let gain = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      const each = -2 * signs[i] * fields[i];
      if (each > gain && (freeAt[i] <= step || gained + each > bestGain + slack)) {
        gain = each;
        chosen = i;
      }
    }
    if (chosen < 0) continue;
    flip(quadratic, signs, fields, chosen);
    gained += gain;
    freeAt[chosen] = step + Math.min(n >> 1, 10 + stream.integer(0, 10 + Math.floor(n / 100)));
    if (gained > bestGain + slack) {
      bestGain = gained;
      best.set(signs);
    }
    if (step % 1000 === 0 && shouldStop()) break;
  }
  return best;
}
