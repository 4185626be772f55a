import { type Certificate, type Checked, countOf, exactly, Findings, numberOf } from './certificate.ts';
import { type Dyadic, dyadic, inner, minus, notAbove, plus, sign, times } from './exact.ts';
import { rankAtLeast } from './rank.ts';

/**
 * Checks without rounding that a matrix keeps the squared distance of every pair of points up to a factor, in fewer
 * rows than an isometry needs.
 *
 *     (1 − ε)·|p − q|² ≤ |M(p − q)|² ≤ (1 + ε)·|p − q|²
 *
 * `points` is n·d, `matrix` k·d, both row-major; `distortion` is ε. Some pair has to differ, and the differences have at
 * least `rank`, which is above k.
 */
export function checkEmbedding(certificate: Certificate): Checked {
  const n = countOf(certificate, 'pointCount', 2, 10_000);
  const d = countOf(certificate, 'dimension', 1, 10_000);
  const k = countOf(certificate, 'rows', 1, 10_000);
  const rank = countOf(certificate, 'rank', 1, 10_000);
  const points = exactly(certificate, 'points', n * d);
  const matrix = exactly(certificate, 'matrix', k * d);
  const distortion = dyadic(numberOf(certificate, 'distortion'));
  const one = dyadic(1);
  const rows = Array.from({ length: k }, (_, i) => matrix.slice(i * d, (i + 1) * d));
  const findings = new Findings();
  let differing = 0;
  for (let p = 0; p < n; p++) {
    for (let q = 0; q < p; q++) {
      const x = Array.from({ length: d }, (_, c): Dyadic => {
        const [a = one, b = one] = [points[p * d + c], points[q * d + c]];
        return minus(a, b);
      });
      const before = inner(x, x);
      const image = rows.map((row) => inner(row, x));
      const after = inner(image, image);
      if (sign(before) > 0) differing++;
      const pair = `points ${q} and ${p}`;
      findings.expect(
        notAbove(after, times(plus(one, distortion), before)),
        `${pair} come too far apart for the distortion`,
      );
      findings.expect(
        notAbove(times(minus(one, distortion), before), after),
        `${pair} come too close for the distortion`,
      );
    }
  }
  findings.expect(differing > 0, 'all points coincide, so that nothing is shown');
  findings.expect(k < rank, 'the matrix has as many rows as an isometry');
  const differences = Array.from({ length: n - 1 }, (_, p) =>
    Array.from({ length: d }, (__, c) => {
      const [a = one, b = one] = [points[(p + 1) * d + c], points[c]];
      return minus(a, b);
    }),
  );
  findings.expect(rankAtLeast(differences) >= rank, 'the differences have a lower rank than stated');
  return findings;
}
