import {
  type ConstraintProblem,
  constraintProblem,
  directedCut,
  exactAssignment,
  exactLimit,
  signQuadratic,
} from '../../../../src/applications/constraints/index.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import { type Domain, integer, map, oneOf, record, streams } from '../../../../src/papers/claims/domain.ts';

/** A constraint: two literals (0: none) and a weight. */
type Constraint = readonly [first: number, second: number, weight: number];
type Family = (stream: RandomStream, n: number) => readonly Constraint[];

/** A problem with its optimum where all assignments can be tried. */
export interface ConstraintInstance {
  readonly family: string;
  readonly problem: ConstraintProblem;
  readonly optimum: () => number | undefined;
}

function literal(stream: RandomStream, n: number, apart = 0): number {
  let variable = apart;
  while (variable === apart) variable = stream.integer(1, n);
  return stream.uniform() < 0.5 ? -variable : variable;
}

function twoLiterals(stream: RandomStream, n: number): readonly [number, number] {
  const first = literal(stream, n);
  return [first, literal(stream, n, Math.abs(first))];
}

const clauseFamilies = {
  /** Two to four clauses a variable: more than can be satisfied. */
  uniform: (stream, n) =>
    Array.from({ length: stream.integer(2, 4) * n }, () => [...twoLiterals(stream, n), 1] as const),
  'real weights': (stream, n) =>
    Array.from({ length: 3 * n }, () => [...twoLiterals(stream, n), 10 * stream.uniform()] as const),
  /** A third of the clauses have one literal. */
  'single literals': (stream, n) =>
    Array.from({ length: 3 * n }, (_, c) =>
      c % 3 === 0 ? ([literal(stream, n), 0, 1] as const) : ([...twoLiterals(stream, n), 1] as const),
    ),
  /** That neighbours on a ring of odd length differ, which one pair of them cannot. */
  rings: (_, n) => {
    const odd = n - 1 + (n % 2);
    return Array.from({ length: odd }, (_each, i) => [i + 1, ((i + 1) % odd) + 1] as const).flatMap(
      ([u, v]): Constraint[] => [
        [u, v, 1],
        [-u, -v, 1],
      ],
    );
  },
  /** That the ends of random edges differ. */
  cuts: (stream, n) =>
    Array.from({ length: 3 * n }, () => twoLiterals(stream, n)).flatMap(([u, v]): Constraint[] => [
      [Math.abs(u), Math.abs(v), 1],
      [-Math.abs(u), -Math.abs(v), 1],
    ]),
} satisfies Record<string, Family>;

export type ClauseFamily = keyof typeof clauseFamilies;
export const clauseFamilyNames = Object.keys(clauseFamilies) as [ClauseFamily, ...ClauseFamily[]];

/** Clauses of the families on `least` to `most` variables. */
export function clauseSets(
  least: number,
  most: number,
  families: readonly [ClauseFamily, ...ClauseFamily[]] = clauseFamilyNames,
): Domain<ConstraintInstance> {
  const fields = { family: oneOf(...families), n: integer(least, most), stream: streams() };
  return map(record(fields), ({ family, n, stream }) => {
    const list = clauseFamilies[family](stream, n);
    return instance(family, constraintProblem(n, 'clauses', columns(list)));
  });
}

/** Directed graphs: random arcs, tournaments, or cycles with chords; weights 1 or real. */
export function digraphs(least: number, most: number): Domain<ConstraintInstance> {
  const fields = {
    family: oneOf('arcs', 'tournament', 'cycles'),
    n: integer(least, most),
    stream: streams(),
  };
  return map(record(fields), ({ family, n, stream }) => {
    const arcs = arcsOf(family, stream, n);
    const problem = directedCut(n, {
      sources: arcs.map(([u]) => u),
      targets: arcs.map(([, v]) => v),
      weights: arcs.map(() => (family === 'arcs' ? 10 * stream.uniform() : 1)),
    });
    return instance(family, problem);
  });
}

function arcsOf(
  family: 'arcs' | 'tournament' | 'cycles',
  stream: RandomStream,
  n: number,
): [number, number][] {
  if (family === 'arcs') {
    return Array.from({ length: 4 * n }, () => {
      const [u, v] = twoLiterals(stream, n);
      return [Math.abs(u) - 1, Math.abs(v) - 1];
    });
  }
  if (family === 'cycles') {
    return Array.from({ length: n }, (_, i): [number, number][] => [
      [i, (i + 1) % n],
      [i, (i + 1 + stream.integer(1, n - 2)) % n],
    ]).flat();
  }
  // A tournament among at most forty vertices at a time, so that large ones stay sparse.
  const arcs: [number, number][] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < Math.min(n, 40 * Math.floor(i / 40) + 40); j++) {
      arcs.push(stream.uniform() < 0.5 ? [i, j] : [j, i]);
    }
  }
  return arcs;
}

function instance(family: string, problem: ConstraintProblem): ConstraintInstance {
  return {
    family,
    problem,
    optimum: () =>
      problem.variables <= exactLimit ? exactAssignment(problem, signQuadratic(problem)).weight : undefined,
  };
}

function columns(list: readonly Constraint[]) {
  return {
    first: list.map(([first]) => first),
    second: list.map(([, second]) => second),
    weights: list.map(([, , weight]) => weight),
  };
}

/**
 * Cuts of an odd cycle, an arc both ways standing for an edge, on which every pair of vertices carries a small
 * negative weight: what an assignment gains it nearly loses again, the relaxation less so.
 *
 * @param offset `none` leaves the cycle alone
 */
export function frustratedArcs(stream: RandomStream, offset: 'negative' | 'none'): ConstraintProblem {
  const n = 2 * stream.integer(2, 5) + 1;
  // Balanced sides cut (n² − 1)/4 pairs, so that 0.95 of the n − 1 edges they cut is lost again.
  const loss = offset === 'none' ? 0 : 3.8 / (n + 1);
  const arcs: [number, number, number][] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const isStep = (i + 1) % n === j || (j + 1) % n === i;
      if (i !== j && (isStep || loss > 0)) arcs.push([i, j, (isStep ? 1 : 0) - loss]);
    }
  }
  const whole = directedCut(n, {
    sources: arcs.map(([i]) => i),
    targets: arcs.map(([, j]) => j),
    weights: arcs.map(() => 1),
  });
  // The constructor takes no negative weights: the guarantees are for the others.
  return { ...whole, weights: Float64Array.from(arcs, ([, , weight]) => weight) };
}
