import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { Tinypool } from 'tinypool';
import { derandomizedCut } from '../../src/applications/maxcut/derandomizedCut.ts';
import { type Graph, graphFromEdges } from '../../src/applications/maxcut/graph.ts';
import { readGraph } from '../../src/applications/maxcut/readers/readGraph.ts';
import { shareGraph } from '../../src/applications/maxcut/search/taskRunner.ts';
import { smoothedCutObjective } from '../../src/applications/maxcut/smoothedCut.ts';
import { solveMaxCut } from '../../src/applications/maxcut/solveMaxCut.ts';
import { InputError } from '../../src/base/inputError.ts';
import { gaussianInto } from '../../src/random/fills.ts';
import { mersenneTwister } from '../../src/random/mersenneTwister.ts';
import { randomStream } from '../../src/random/stream.ts';
import { logLogSlope } from '../../src/statistics/logLogSlope.ts';
import type { PeerCut, PeerTask } from './peers/maxCutPeer.ts';
import { pythonCut } from './peers/pythonPeers.ts';

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

interface Flags {
  readonly folder?: string;
  readonly seconds: string;
  readonly seeds: string;
  readonly only?: string;
  readonly peers: boolean;
}

/**
 * Measures `maxcut` and its peers on a folder of graphs and writes `reports/bench/maxcut.{md,json}`.
 *
 * Peers get as many threads and seconds as the method; medians are over seeds.
 */
export async function benchMaxCut(argv: readonly string[]): Promise<void> {
  const command = new Command('bench maxcut')
    .option('--folder <path>', 'folder of graph files (default: ../shared/gset where it exists)')
    .option('--seconds <S>', 'budget of every run', '10')
    .option('--seeds <N>', 'runs of each', '3')
    .option('--only <names>', 'comma-separated instances, for instance G1,G70')
    .option('--no-peers', 'the method alone')
    .parse([...argv], { from: 'user' });
  const flags: Flags = command.opts();
  const instances = findInstances(flags);
  const threads = availableParallelism();
  const pool = new Tinypool({
    filename: new URL('./peers/threadEntry.mjs', import.meta.url).href,
    runtime: 'worker_threads',
    minThreads: threads,
    maxThreads: threads,
    isolateWorkers: false,
  });
  const rows: Row[] = [];
  for (const { name, file } of instances) {
    const graph = shareGraph(readGraph(file, readFileSync(file)));
    rows.push(await measure(name, graph, flags, threads, pool));
    process.stderr.write(`${formatRow(rows[rows.length - 1])}\n`);
  }
  await pool.destroy();
  const side = { paperGraph: await paperGraphRun(), scaling: stepScaling(), peakMegabytes: peakMegabytes() };
  const text = formatReport(rows, side, flags, threads);
  mkdirSync('reports/bench', { recursive: true });
  writeFileSync('reports/bench/maxcut.json', `${JSON.stringify({ rows, ...side }, undefined, 2)}\n`);
  writeFileSync('reports/bench/maxcut.md', text);
  process.stdout.write(text);
}

function findInstances({ folder, only }: Flags): { name: string; file: string }[] {
  const place = folder ?? fileURLToPath(new URL('../../../shared/gset', import.meta.url));
  if (!existsSync(place)) {
    if (folder !== undefined) {
      throw new InputError({ source: folder, expected: 'a folder of graph files', got: 'nothing there' });
    }
    process.stderr.write(
      'No folder of Gset files found: give one with --folder. Measuring the paper’s graph only.\n',
    );
    return [];
  }
  const wanted = only?.split(',');
  return readdirSync(place)
    .map((entry) => ({ name: entry.replace(/\..*$/, ''), file: join(place, entry) }))
    .filter(({ name }) => wanted?.includes(name) ?? true)
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

interface Row {
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

async function measure(
  name: string,
  graph: Graph,
  flags: Flags,
  threads: number,
  pool: Tinypool,
): Promise<Row> {
  const seconds = Number(flags.seconds);
  const seeds = Array.from({ length: Number(flags.seeds) }, (_, i) => String(i + 1));
  const solutions = [];
  const alone = [];
  for (const seed of seeds) {
    const stream = randomStream(seed);
    solutions.push(await solveMaxCut(stream, graph, { budget: { seconds }, threads, polish: 'resample' }));
    const started = performance.now();
    alone.push({
      ...derandomizedCut(stream.fork('alone'), graph),
      seconds: (performance.now() - started) / 1000,
    });
  }
  const peers: Record<string, number | string> = {};
  if (flags.peers) {
    const best = async (peer: PeerTask['peer'], of: (cut: PeerCut) => number): Promise<number> => {
      const medians = [];
      for (const seed of seeds) {
        const runs = Array.from({ length: peer === 'hyperplanes' ? 1 : threads }, (_, thread) =>
          pool.run({ peer, graph, seed: `${seed}.${thread}`, seconds } satisfies PeerTask),
        );
        medians.push(Math.max(...(await Promise.all<PeerCut>(runs)).map(of)));
      }
      return median(medians);
    };
    peers.annealing = await best('annealing', ({ cut }) => cut);
    peers['random 1-opt'] = await best('random 1-opt', ({ cut }) => cut);
    peers['1000 hyperplanes'] = await best('hyperplanes', ({ cut }) => cut);
    peers['1000 hyperplanes + 1-opt'] = await best('hyperplanes', ({ improved }) => improved);
    for (const python of ['MQLib', 'networkx'] as const) {
      const found = pythonCut(python, rudyText(graph), seconds, 1, Math.max(30, 3 * seconds));
      peers[python] = 'cut' in found ? found.cut : found.missing;
    }
  }
  return {
    name,
    cut: median(solutions.map(({ cut }) => cut)),
    cuts: solutions.map(({ cut }) => cut),
    unpolished: median(alone.map(({ cut }) => cut)),
    unpolishedSeconds: median(alone.map((run) => run.seconds)),
    certified: alone.every(({ certificate }) => certificate.holds),
    upperBound: Math.min(...solutions.map(({ upperBound }) => upperBound.value)),
    boundMethod: solutions[0].upperBound.method,
    peers,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1];
}

function rudyText(graph: Graph): string {
  const lines = [`${graph.vertexCount} ${graph.edgeCount}`];
  for (let i = 0; i < graph.vertexCount; i++) {
    for (let p = graph.offsets[i]; p < graph.offsets[i + 1]; p++) {
      if (graph.neighbours[p] > i) lines.push(`${i + 1} ${graph.neighbours[p] + 1} ${graph.weights[p]}`);
    }
  }
  return lines.join('\n');
}

/** The paper's 15-node graph, solved to a proven optimum, against the 27 s its authors' program takes. */
async function paperGraphRun(): Promise<{ cut: number; seconds: number; timesFaster: number }> {
  const generator = mersenneTwister(42);
  const uniforms = Array.from({ length: 225 }, () => generator.float32());
  const pairs = uniforms.flatMap((u, c) =>
    u < 0.6 && Math.floor(c / 15) < c % 15 ? [[Math.floor(c / 15), c % 15]] : [],
  );
  const edges = {
    sources: pairs.map(([u]) => u),
    targets: pairs.map(([, v]) => v),
    weights: pairs.map(() => 1),
  };
  const graph = graphFromEdges(15, edges);
  const { cut, seconds } = await solveMaxCut(randomStream('paper'), graph, {
    budget: { seconds: 10 },
    threads: 0,
    polish: 'resample',
  });
  return { cut, seconds, timesFaster: 27 / seconds };
}

/** Time of one gradient on tori of fixed degree 4, and its slope in n. */
function stepScaling(): { vertices: number[]; milliseconds: number[]; slope: number } {
  const vertices = [1250, 2500, 5000, 10_000, 20_000];
  const milliseconds = vertices.map((n) => {
    const objective = smoothedCutObjective(torus(n), { rank: 8, smoothing: 0.1, regularization: 0.02 });
    const point = gaussianInto(new Float64Array(objective.dimension), randomStream(n), 0.3);
    const gradient = new Float64Array(objective.dimension);
    const times = Array.from({ length: 15 }, () => {
      const started = performance.now();
      for (let repeat = 0; repeat < 20_000 / n; repeat++) objective.gradientInto(gradient, point);
      return (performance.now() - started) / (20_000 / n);
    });
    return Math.min(...times);
  });
  return { vertices, milliseconds, slope: logLogSlope(vertices, milliseconds).slope };
}

function torus(n: number): Graph {
  const width = 25;
  const height = n / width;
  const sources: number[] = [];
  const targets: number[] = [];
  for (let i = 0; i < n; i++) {
    const [row, column] = [Math.floor(i / width), i % width];
    sources.push(i, i);
    targets.push(row * width + ((column + 1) % width), ((row + 1) % height) * width + column);
  }
  return graphFromEdges(n, { sources, targets, weights: sources.map(() => 1) });
}

/** Most memory this process ever held. */
function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

function formatRow(row: Row): string {
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

function formatReport(
  rows: readonly Row[],
  side: {
    paperGraph: Awaited<ReturnType<typeof paperGraphRun>>;
    scaling: ReturnType<typeof stepScaling>;
    peakMegabytes: number;
  },
  flags: Flags,
  threads: number,
): string {
  const known = rows.filter(({ name }) => levels[name] !== undefined);
  const count = (level: 'least' | 'burer' | 'annealing' | 'best'): string =>
    `${known.filter(({ name, cut }) => cut >= levels[name][level]).length} of ${known.length}`;
  const { paperGraph, scaling } = side;
  return `# MAXCUT bench

${flags.seconds} s a run, ${flags.seeds} seeds, ${threads} threads, Node ${process.version}. Medians over seeds. "Level", "BURER2002",
"annealing, published" and "best known" are fixed numbers; the columns after the bound were measured in this run.

| graph | cut | by seed | level | BURER2002 | annealing, published | best known | method alone | of best | certificate | upper bound | annealing | random 1-opt | 1000 hyperplanes | 1000 hyperplanes + 1-opt | MQLib | networkx |
|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|
${rows.map(formatRow).join('\n')}

- Reached: the level on ${count('least')}, BURER2002 on ${count('burer')}, annealing on ${count('annealing')}, the best known value on ${count('best')}.
- The paper's graph: cut ${paperGraph.cut}, proven, in ${(1000 * paperGraph.seconds).toFixed(1)} ms, ${Math.round(paperGraph.timesFaster)} times faster than the authors' 27 s.
- One gradient, rank 8, degree 4: ${scaling.vertices.map((n, i) => `${n}: ${scaling.milliseconds[i].toFixed(2)} ms`).join(', ')}; slope ${scaling.slope.toFixed(3)}.
- Peak memory of this process: ${side.peakMegabytes} MB.
`;
}
