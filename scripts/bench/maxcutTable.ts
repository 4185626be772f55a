/** Best published cuts and the levels to reach, by Gset instance. */
const levels: Readonly<Record<string, { best: number; burer: number; annealing: number; least: number }>> = {
  G1: { best: 11624, burer: 11624, annealing: 11624, least: 11619 },
  G6: { best: 2178, burer: 2174, annealing: 2178, least: 2169 },
  G11: { best: 564, burer: 558, annealing: 564, least: 564 },
  G14: { best: 3064, burer: 3057, annealing: 3060, least: 3058 },
  G22: { best: 13359, burer: 13346, annealing: 13358, least: 13339 },
  G32: { best: 1410, burer: 1390, annealing: 1406, least: 1407 },
  G39: { best: 2408, burer: 2376, annealing: 2403, least: 2384 },
  G43: { best: 6660, burer: 6654, annealing: 6660, least: 6650 },
  G50: { best: 5880, burer: 5878, annealing: 5880, least: 5874 },
  G55: { best: 10299, burer: 10238, annealing: 10280, least: 10263 },
  G70: { best: 9591, burer: 9503, annealing: 9574, least: 9572 },
};

/** What was measured on one instance. */
export interface Row {
  readonly name: string;
  readonly cut: number;
  readonly cuts: readonly number[];
  readonly unpolished: number;
  readonly unpolishedSeconds: number;
  readonly certified: boolean;
  readonly upperBound: number;
  readonly boundMethod: string;
  readonly peers: Readonly<Record<string, number | string>>;
}

/** What is measured beside the instances. */
export interface SideMeasures {
  /** The paper's 15-node graph, solved to a proven optimum; median and first of several runs. */
  readonly paperGraph: {
    readonly cut: number;
    readonly seconds: number;
    readonly firstSeconds: number;
    readonly runs: number;
  };
  /** Time of one gradient on tori of fixed degree. */
  readonly scaling: {
    readonly vertices: readonly number[];
    readonly milliseconds: readonly number[];
    readonly slope: number;
  };
  readonly peakMegabytes: number;
}

/** One line of the table. */
export function formatRow(row: Row): string {
  const level = levels[row.name];
  const place =
    level === undefined ? '' : `${level.least} | ${level.burer} | ${level.annealing} | ${level.best}`;
  const share = level === undefined ? '' : (row.unpolished / level.best).toFixed(4);
  const peers = [
    'annealing',
    'random 1-opt',
    '1000 hyperplanes',
    '1000 hyperplanes + 1-opt',
    'MQLib',
    'networkx',
  ];
  const measured = peers.map((peer) => row.peers[peer] ?? 'not run').join(' | ');
  const certificate = row.certified ? 'verified' : 'not verified';
  return `| ${row.name} | **${row.cut}** | ${row.cuts.join(', ')} | ${place} | ${row.unpolished} (${row.unpolishedSeconds.toFixed(1)} s) | ${share} | ${certificate} | ${row.upperBound.toFixed(2)} (${row.boundMethod}) | ${measured} |`;
}

/** The whole report in Markdown. */
export function formatReport(
  rows: readonly Row[],
  { paperGraph, scaling, peakMegabytes }: SideMeasures,
  run: { readonly seconds: string; readonly seeds: string; readonly threads: number },
): string {
  const known = rows.filter(({ name }) => levels[name] !== undefined);
  const count = (level: 'least' | 'burer' | 'annealing' | 'best'): string =>
    `${known.filter(({ name, cut }) => cut >= levels[name][level]).length} of ${known.length}`;
  return `# MAXCUT bench

${run.seconds} s a run, ${run.seeds} seeds, ${run.threads} threads, Node ${process.version}. Medians over seeds. "Level", "BURER2002",
"annealing, published" and "best known" are fixed numbers; the columns after the bound were measured in this run.

| graph | cut | by seed | level | BURER2002 | annealing, published | best known | method alone | of best | certificate | upper bound | annealing | random 1-opt | 1000 hyperplanes | 1000 hyperplanes + 1-opt | MQLib | networkx |
|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|
${rows.map(formatRow).join('\n')}

- Reached: the level on ${count('least')}, BURER2002 on ${count('burer')}, annealing on ${count('annealing')}, the best known value on ${count('best')}.
- The paper's graph: cut ${paperGraph.cut}, proven, in ${(1000 * paperGraph.seconds).toFixed(1)} ms (median of ${paperGraph.runs} runs; the first, compiling, ${(1000 * paperGraph.firstSeconds).toFixed(1)} ms): ${Math.round(27 / paperGraph.seconds)} times faster than the authors' 27 s.
- One gradient, rank 8, degree 4: ${scaling.vertices.map((n, i) => `${n}: ${scaling.milliseconds[i].toFixed(2)} ms`).join(', ')}; slope ${scaling.slope.toFixed(3)}.
- Peak memory of this process: ${peakMegabytes} MB.
`;
}
