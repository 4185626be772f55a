import { checkInteger } from '../../../numerics/base/checks.ts';
import type { Activation } from '../model/activations.ts';
import type { LabelNoise } from './labelledNodes.ts';

/** What makes the labels before noise: a function of k relevant coordinates and of nothing else. */
export interface Teacher {
  /** Stable name: `tanh over 2 directions`. */
  readonly name: string;
  /** k. */
  readonly relevantDimension: number;
  /** Reads k numbers of `relevant` from `offset`. */
  readonly label: (relevant: Float64Array, offset: number) => number;
}

/**
 * Builds a teacher that is the mean of links, one per relevant direction: y = (1/k) Σ_j link_j(⟨u_j, x⟩).
 *
 * One link makes a single-index teacher, k equal ones the paper's multi-index teacher, different ones a mixture.
 *
 * @param links one activation per direction; only its value is used
 * @throws RangeError when there are none
 * Source: Tsikouras et al., arXiv 2510.19382v2, experiments: the mean over components of the link.
 */
export function indexTeacher(links: readonly Activation[]): Teacher {
  checkInteger('links.length', links.length, 1);
  const k = links.length;
  const names = [...new Set(links.map((link) => link.name))];
  const input = new Float64Array(1);
  const value = new Float64Array(1);
  const unused = new Float64Array(1);
  return {
    name: `${names.join(' + ')} over ${k} direction${k === 1 ? '' : 's'}`,
    relevantDimension: k,
    label: (relevant, offset) => {
      let total = 0;
      for (let j = 0; j < k; j++) {
        input[0] = relevant[offset + j];
        links[j].jetsInto(value, unused, unused, input, 1);
        total += value[0];
      }
      return total / k;
    },
  };
}

/** Turns a teacher's label into its sign, ±1 (zero becomes 1), for losses that need classes. */
export function signTeacher(teacher: Teacher): Teacher {
  return {
    ...teacher,
    name: `sign of ${teacher.name}`,
    label: (relevant, offset) => (teacher.label(relevant, offset) >= 0 ? 1 : -1),
  };
}

/** Additive label noise ±deviation with equal probability: mean 0, the given deviation, bounded. */
export function twoPointNoise(deviation: number): LabelNoise {
  return { scales: [1, 1], offsets: [-deviation, deviation], weights: [0.5, 0.5] };
}

/** Labels ±1 that are flipped with the given probability. */
export function flipNoise(probability: number): LabelNoise {
  return { scales: [1, -1], offsets: [0, 0], weights: [1 - probability, probability] };
}
