import { arrayOf, type Certificate, type Checked, countOf, Findings, numberOf } from './certificate.ts';
import { type Dyadic, dyadic, isSemidefinite, minus, notAbove, plus, times, zero } from './exact.ts';

/** min over −1 ≤ x < 1 of (2/π)·arccos(x)/(1 − x), by Goemans and Williamson, rounded down: 0.878567… */
const alpha = 0.87856;

/**
 * Checks a cut, the proof that none is much heavier, and the promise of the derandomized rounding.
 *
 * - the edges between the sides weigh `cut`, up to the rounding of summing them;
 * - W + Diag(y) is positive semidefinite, without rounding, so that no cut exceeds Σw/2 + Σy/4 ≤ `bound`;
 * - `cut` ≤ `bound`, and `cut` ≥ α·R − `loss` with R the relaxation's value at the unit `vectors`;
 * - up to 18 vertices, the heaviest of all cuts, found by trying each, lies between `cut` and `bound`.
 *
 * Edge e joins `sources[e]` and `targets[e]` with weight `weights[e]`; `sides` are ±1; `vectors` is n·rank.
 */
export function checkCut(certificate: Certificate): Checked {
  const n = countOf(certificate, 'vertexCount', 1, 500);
  const m = countOf(certificate, 'edgeCount', 0, 100_000);
  const rank = countOf(certificate, 'rank', 1, 500);
  const ends = ['sources', 'targets'].map((name) => arrayOf(certificate, name, m));
  const [sources = [], targets = []] = ends;
  const weights = arrayOf(certificate, 'weights', m);
  const sides = arrayOf(certificate, 'sides', n);
  const multipliers = arrayOf(certificate, 'multipliers', n).map(dyadic);
  const vectors = arrayOf(certificate, 'vectors', n * rank);
  const cut = numberOf(certificate, 'cut');
  const bound = numberOf(certificate, 'bound');
  const findings = new Findings();
  const isVertex = (v: number): boolean => Number.isInteger(v) && v >= 0 && v < n;
  findings.expect(
    ends.every((list) => list.every(isVertex)) && sides.every((side) => Math.abs(side) === 1),
    'an edge leads nowhere, or a vertex has no side',
  );
  if (findings.problems.length > 0) return findings;

  const size = weights.reduce((sum, w) => sum + Math.abs(w), 0);
  const slack = 2 * (m + 1) * Number.EPSILON * size;
  const edges = weights.map((w, e) => ({ u: sources[e] ?? 0, v: targets[e] ?? 0, w, exact: dyadic(w) }));
  const apart = edges
    .filter(({ u, v }) => sides[u] !== sides[v])
    .reduce((sum, e) => plus(sum, e.exact), zero);
  findings.expect(isNear(apart, cut, slack), `the edges between the sides do not weigh ${cut}`);

  const dual = Array.from({ length: n * n }, (_, at) =>
    at % (n + 1) === 0 ? (multipliers[at / (n + 1)] ?? zero) : zero,
  );
  for (const { u, v, exact } of edges) {
    for (const at of [u * n + v, v * n + u]) dual[at] = plus(dual[at] ?? zero, exact);
  }
  findings.expect(isSemidefinite(dual, n), 'W + Diag(y) is not semidefinite: the bound has no proof');
  const total = edges.reduce((sum, { exact }) => plus(sum, exact), zero);
  const trace = multipliers.reduce(plus, zero);
  const proven = plus(times(dyadic(0.5), total), times(dyadic(0.25), trace));
  // The multipliers were worked out from the bound, with a rounding each.
  const granted = dyadic(bound + 4 * n * Number.EPSILON * (Math.abs(bound) + size));
  findings.expect(notAbove(proven, granted), `what is proven is more than the bound ${bound}`);
  findings.expect(cut <= bound + slack, `the cut ${cut} is over the bound ${bound}`);

  let relaxation = 0;
  let unit = true;
  const product = (u: number, v: number): number => {
    let sum = 0;
    for (let c = 0; c < rank; c++) sum += (vectors[u * rank + c] ?? 0) * (vectors[v * rank + c] ?? 0);
    return sum;
  };
  for (let v = 0; v < n; v++) unit &&= Math.abs(product(v, v) - 1) <= 8 * rank * Number.EPSILON;
  for (const { u, v, w } of edges) relaxation += (w * (1 - product(u, v))) / 2;
  findings.expect(unit, 'a vector does not have length 1');
  const promised = alpha * relaxation - numberOf(certificate, 'loss');
  findings.expect(cut >= promised - 8 * rank * slack, `the cut ${cut} is less than promised, ${promised}`);

  if (n <= 18) {
    const heaviest = heaviestCut(n, edges);
    findings.expect(
      cut <= heaviest + slack && heaviest <= bound + slack,
      `the heaviest of all cuts, ${heaviest}, is not between ${cut} and ${bound}`,
    );
  }
  return findings;
}

interface Edge {
  readonly u: number;
  readonly v: number;
  readonly w: number;
}

/** Tries the 2^(n−1) ways to part the vertices. */
function heaviestCut(n: number, edges: readonly Edge[]): number {
  let heaviest = 0;
  for (let parted = 0; parted < 2 ** (n - 1); parted++) {
    let weight = 0;
    for (const { u, v, w } of edges) if (((parted >> u) ^ (parted >> v)) & 1) weight += w;
    heaviest = Math.max(heaviest, weight);
  }
  return heaviest;
}

function isNear(exact: Dyadic, value: number, slack: number): boolean {
  const difference = minus(exact, dyadic(value));
  const allowed = dyadic(slack);
  return notAbove(difference, allowed) && notAbove(minus(zero, difference), allowed);
}
