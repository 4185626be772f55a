import type { EdgeTable, QuadraticTable } from '../../../src/formats/tables.ts';

/** The maximum cut of a table of edges, by trying every partition. */
export function maximumCut({ vertexCount, sources, targets, weights }: EdgeTable): number {
  let best = 0;
  for (let bits = 0; bits < 2 ** Math.max(0, vertexCount - 1); bits++) {
    let cut = 0;
    for (const [e, weight] of weights.entries()) {
      if (((bits >> sources[e]) & 1) !== ((bits >> targets[e]) & 1)) cut += weight;
    }
    best = Math.max(best, cut);
  }
  return best;
}

/** The best value of a quadratic function, by trying every assignment. */
export function bestEnergy(table: QuadraticTable): number {
  const { variables, sense, offset, linear, sources, targets, values } = table;
  const [no, yes] = variables === 'binary' ? [0, 1] : [-1, 1];
  const energies = Array.from({ length: 2 ** linear.length }, (_, bits) => {
    const x = Array.from(linear, (__, i) => ((bits >> i) & 1 ? yes : no));
    const products = Array.from(values, (b, k) => b * x[sources[k]] * x[targets[k]]);
    return offset + [...linear.map((a, i) => a * x[i]), ...products].reduce((sum, term) => sum + term, 0);
  });
  return sense === 'minimize' ? Math.min(...energies) : Math.max(...energies);
}
