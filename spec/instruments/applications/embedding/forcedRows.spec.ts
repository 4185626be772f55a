import { describe, expect, it } from 'vitest';
import { forcedRows } from '../../../../src/applications/embedding/theorem/forcedRows.ts';
import { simplexBound } from '../../../../src/applications/embedding/theorem/rankBound.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

const root = rootStream('forced rows');

/** C(k + p − 1, p), exactly. */
function monomials(k: number, p: number): bigint {
  let total = 1n;
  for (let i = 1; i <= p; i++) total = (total * BigInt(k - 1 + i)) / BigInt(i);
  return total;
}

/** The definition, counted up. */
function counted(n: number, epsilon: number, most: number): number {
  const product = (2 * epsilon) / (1 - epsilon);
  let forced = 1;
  for (let p = 1; p <= most; p++) {
    const rank = n / (1 + (n - 1) * product ** (2 * p));
    while (Number(monomials(forced, p)) < rank * (1 - 1e-11)) forced++;
  }
  return forced;
}

describe('rows that a simplex and its origin force', () => {
  it('are the fewest whose monomials of every degree reach the rank of the powers', () => {
    const stream = root.fork('counted');
    for (let trial = 0; trial < 60; trial++) {
      const n = Math.floor(2 * 10 ** (7 * stream.uniform()));
      const epsilon = 0.03 + 0.3 * stream.uniform();
      const most = stream.integer(1, 12);
      expect(forcedRows(n, epsilon, most)).toBe(counted(n, epsilon, most));
    }
  });

  it('are all of n where nothing is distorted, and one from ε = ⅓ on', () => {
    expect(forcedRows(50, 1e-9)).toBe(50);
    expect(forcedRows(50, 1 / 3)).toBe(1);
    expect(forcedRows(50, 0.9)).toBe(1);
  });

  it('with the first power alone are of the order of those of the rank bound', () => {
    for (const n of [20, 100, 500]) {
      for (const epsilon of [0.02, 0.05, 0.1]) {
        let rows = 1;
        while (simplexBound(n, rows) > epsilon) rows++;
        // Both are n/(1 + nδ²), but for what δ is of ε, ε there and 2ε/(1 − ε) here; the origin has a dimension more.
        const forced = forcedRows(n, epsilon, 1);
        expect(forced).toBeLessThanOrEqual(rows + 1);
        expect(forced).toBeGreaterThan(0.2 * rows);
      }
    }
  });

  it('grow without end with n where those of the first power do not', () => {
    const [few, many] = [1e4, 1e14].map((n) => forcedRows(n, 0.1));
    expect(many).toBeGreaterThan(2.5 * few);
    expect(forcedRows(1e14, 0.1, 1)).toBeLessThanOrEqual(Math.ceil((0.9 / 0.2) ** 2));
  });

  it('refuse arguments outside their intervals', () => {
    expect(() => forcedRows(1, 0.1)).toThrow('pointCount: expected');
    expect(() => forcedRows(10, 0)).toThrow('distortion: expected');
    expect(() => forcedRows(10, 1.5)).toThrow('distortion: expected');
    expect(() => forcedRows(10, 0.1, 0)).toThrow('most: expected');
  });
});
