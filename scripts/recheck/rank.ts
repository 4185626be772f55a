import type { Dyadic } from './exact.ts';

/** A Mersenne prime: an entry that is not 0 seldom becomes 0 modulo it. */
const prime = (1n << 61n) - 1n;

/**
 * A number that the rank of a matrix is at least: its rank modulo a prime, all entries times the same power of two.
 *
 * A minor that is not 0 modulo the prime is not 0.
 */
export function rankAtLeast(matrix: readonly (readonly Dyadic[])[]): number {
  const lowest = Math.min(...matrix.flatMap((row) => row.map(({ m, e }) => (m === 0n ? 0 : e))));
  let rows = matrix.map((row) =>
    row.map(({ m, e }) => (m === 0n ? 0n : modulo(m << BigInt(Math.max(0, e - lowest))))),
  );
  const columns = rows[0]?.length ?? 0;
  let rank = 0;
  for (let c = 0; c < columns; c++) {
    const pivot = rows.find((row) => (row[c] ?? 0n) !== 0n);
    if (pivot === undefined) continue;
    rank++;
    const inverse = power(pivot[c] ?? 1n, prime - 2n);
    rows = rows
      .filter((row) => row !== pivot)
      .map((row) => {
        const factor = modulo((row[c] ?? 0n) * inverse);
        return factor === 0n ? row : row.map((entry, i) => modulo(entry - factor * (pivot[i] ?? 0n)));
      });
  }
  return rank;
}

function modulo(value: bigint): bigint {
  return ((value % prime) + prime) % prime;
}

function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = modulo(result * square);
    square = modulo(square * square);
  }
  return result;
}
