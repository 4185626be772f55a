import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { fs } from 'zx';
import {
  derandomizedCut,
  type Graph,
  graphFromEdges,
  shareGraph,
  smoothedCutObjective,
  solveMaxCut,
} from '../../src/applications/maxcut/index.ts';
import { readEdges } from '../../src/formats/readGraph.ts';
import { InputError } from '../../src/numerics/base/inputError.ts';
import { runProgram, throwing } from '../../src/numerics/base/program.ts';
import { gaussianInto } from '../../src/numerics/random/fills.ts';
import { randomStream } from '../../src/numerics/random/stream.ts';
import { logLogSlope } from '../../src/numerics/statistics/logLogSlope.ts';
import { WorkerPool } from '../../src/numerics/threads/workerPool.ts';
import { graphFromTable } from '../../src/tools/fromTables.ts';
import { formatReport, formatRow, type Row, type SideMeasures } from './maxcutTable.ts';
import { type PeerCut, type PeerTask, peer } from './peers/maxCutPeer.ts';
import { pythonCut } from './peers/pythonPeers.ts';

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
async function benchMaxCut(): Promise<number> {
  const command = throwing(new Command('npm run bench -- maxcut'))
    .option('--folder <path>', 'folder of graph files (default: ../shared/gset where it exists)')
    .option('--seconds <S>', 'budget of every run', '10')
    .option('--seeds <N>', 'runs of each', '3')
    .option('--only <names>', 'comma-separated instances, for instance G1,G70')
    .option('--no-peers', 'the method alone')
    .parse();
  const flags: Flags = command.opts();
  const instances = findInstances(flags);
  const threads = availableParallelism();
  const pool = new WorkerPool(threads);
  const rows: Row[] = [];
  for (const { name, file } of instances) {
    const graph = shareGraph(graphFromTable(file, await readEdges(file, fs.readFileSync(file))));
    rows.push(await measure(name, graph, flags, threads, pool));
    process.stderr.write(`${formatRow(rows[rows.length - 1])}\n`);
  }
  await pool.close();
  const side: SideMeasures = {
    paperGraph: await paperGraphRuns(),
    scaling: stepScaling(),
    peakMegabytes: peakMegabytes(),
  };
  const text = formatReport(rows, side, { ...flags, threads });
  fs.ensureDirSync('reports/bench');
  fs.writeFileSync('reports/bench/maxcut.json', `${JSON.stringify({ rows, ...side }, undefined, 2)}\n`);
  fs.writeFileSync('reports/bench/maxcut.md', text);
  process.stdout.write(text);
  return 0;
}

function findInstances({ folder, only }: Flags): { name: string; file: string }[] {
  const place = folder ?? fileURLToPath(new URL('../../../shared/gset', import.meta.url));
  if (!fs.existsSync(place)) {
    if (folder !== undefined) {
      throw new InputError({ source: folder, expected: 'a folder of graph files', got: 'nothing there' });
    }
    process.stderr.write(
      'No folder of Gset files found: give one with --folder. Measuring the paper’s graph only.\n',
    );
    return [];
  }
  const wanted = only?.split(',');
  return fs
    .readdirSync(place)
    .map((entry) => ({ name: entry.replace(/\..*$/, ''), file: join(place, entry) }))
    .filter(({ name }) => wanted?.includes(name) ?? true)
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

async function measure(
  name: string,
  graph: Graph,
  flags: Flags,
  threads: number,
  pool: WorkerPool,
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
    const best = async (name: PeerTask['peer'], of: (cut: PeerCut) => number): Promise<number> => {
      const medians = [];
      for (const seed of seeds) {
        const runs = Array.from({ length: name === 'hyperplanes' ? 1 : threads }, (_, thread) =>
          pool.run(peer, { peer: name, graph, seed: `${seed}.${thread}`, seconds }),
        );
        medians.push(Math.max(...(await Promise.all(runs)).map(of)));
      }
      return median(medians);
    };
    peers.annealing = await best('annealing', ({ cut }) => cut);
    peers['random 1-opt'] = await best('random 1-opt', ({ cut }) => cut);
    peers['1000 hyperplanes'] = await best('hyperplanes', ({ cut }) => cut);
    peers['1000 hyperplanes + 1-opt'] = await best('hyperplanes', ({ improved }) => improved);
    for (const python of ['MQLib', 'networkx'] as const) {
      const found = await pythonCut(python, {
        text: rudyText(graph),
        seconds,
        seed: 1,
        patience: Math.max(30, 3 * seconds),
      });
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

async function paperGraphRuns(): Promise<SideMeasures['paperGraph']> {
  const file = fileURLToPath(new URL('../../fixtures/graphs/paper-15.txt', import.meta.url));
  const graph = graphFromTable(file, await readEdges(file, fs.readFileSync(file)));
  const options = { budget: { seconds: 10 }, threads: 0, polish: 'resample' } as const;
  const seconds: number[] = [];
  let cut = 0;
  for (let run = 0; run < 7; run++) {
    const solution = await solveMaxCut(randomStream(`paper ${run}`), graph, options);
    if (solution.outcome !== 'optimal') throw new Error('the 15-node graph was not solved to its optimum');
    seconds.push(solution.seconds);
    cut = solution.cut;
  }
  return { cut, seconds: median(seconds), firstSeconds: seconds[0], runs: seconds.length };
}

/** Time of one gradient on tori of fixed degree 4, and its slope in n. */
function stepScaling(): SideMeasures['scaling'] {
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

await runProgram(benchMaxCut);
