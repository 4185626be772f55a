import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { $, fs } from 'zx';
import { graphFromEdges, shareGraph, solveMaxCut } from '../../src/applications/maxcut/index.ts';
import { runProgram, throwing } from '../../src/numerics/base/program.ts';
import { randomStream } from '../../src/numerics/random/stream.ts';
import { WorkerPool } from '../../src/numerics/threads/workerPool.ts';
import { peer } from './peers/maxCutPeer.ts';

/** Vertices, edges and seconds. */
const sizes = [
  [1000, 10_000, 5],
  [10_000, 50_000, 10],
  [50_000, 250_000, 20],
  [200_000, 1_000_000, 30],
  [200_000, 2_000_000, 60],
  [1_000_000, 5_000_000, 60],
] as const;

interface Measured {
  readonly cut: number;
  readonly bound?: number;
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly megabytes: number;
}

/** A random graph of so many vertices and edges, all of weight 1. */
function randomGraph(n: number, m: number) {
  const stream = randomStream(`budgets ${n} ${m}`);
  const seen = new Set<number>();
  const sources = new Int32Array(m);
  const targets = new Int32Array(m);
  while (seen.size < m) {
    const [i, j] = [stream.integer(0, n - 1), stream.integer(0, n - 1)];
    const key = Math.min(i, j) * n + Math.max(i, j);
    if (i === j || seen.has(key)) continue;
    sources[seen.size] = i;
    targets[seen.size] = j;
    seen.add(key);
  }
  return shareGraph(graphFromEdges(n, { sources, targets, weights: new Float64Array(m).fill(1) }));
}

/** One size in a process of its own, so that its memory is its own; `method` is ours or the annealing. */
async function measure(n: number, m: number, seconds: number, method: string): Promise<Measured> {
  const graph = randomGraph(n, m);
  const threads = availableParallelism();
  const processor = process.cpuUsage();
  const started = performance.now();
  const ends = (found: { cut: number; bound?: number }): Measured => {
    const { user, system } = process.cpuUsage(processor);
    return {
      ...found,
      seconds: (performance.now() - started) / 1000,
      processorSeconds: (user + system) / 1e6,
      megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    };
  };
  if (method === 'maxcut') {
    const options = { budget: { seconds }, threads, polish: 'resample' } as const;
    const { cut, upperBound } = await solveMaxCut(randomStream(1), graph, options);
    return ends({ cut, bound: upperBound.value });
  }
  const pool = new WorkerPool(threads);
  const runs = Array.from({ length: threads }, (_, thread) =>
    pool.run(peer, { peer: 'annealing', graph, seed: String(thread), seconds }),
  );
  const cut = Math.max(...(await Promise.all(runs)).map((run) => run.cut));
  await pool.close();
  return ends({ cut });
}

/** Measures whether time budgets hold from small to large graphs, beside an annealing of equal seconds and threads. */
async function benchBudgets(): Promise<number> {
  const command = throwing(new Command('npm run bench -- budgets'))
    .description(
      'Asked and taken time, memory, cut and bound for six sizes; writes reports/bench/budgets.md.',
    )
    .option('--most <edges>', 'leave larger graphs out', '5000000')
    .option('--one <n,m,seconds,method>', 'one run, as JSON; what the table is made from')
    .parse();
  const { one, most } = command.opts<{ one?: string; most: string }>();
  if (one !== undefined) {
    const [n, m, seconds, method] = one.split(',');
    const measured = await measure(Number(n), Number(m), Number(seconds), method);
    process.stdout.write(`${JSON.stringify(measured)}\n`);
    return 0;
  }
  const lines = [
    '| vertices | edges | asked | taken | CPU | memory | cut | annealing | bound/edges |',
    '|---|---|---|---|---|---|---|---|---|',
  ];
  for (const [n, m, seconds] of sizes.filter(([, edges]) => edges <= Number(most))) {
    const run = async (method: string): Promise<Measured> => {
      const task = [n, m, seconds, method].join(',');
      const script = fileURLToPath(new URL('../bench.ts', import.meta.url));
      const { stdout } = await $({ quiet: true })`node --import tsx ${script} budgets --one ${task}`;
      return JSON.parse(stdout);
    };
    const own = await run('maxcut');
    const annealing = await run('annealing');
    const bound = own.bound === undefined ? '' : (own.bound / m).toFixed(3);
    const time = `${seconds} s | ${own.seconds.toFixed(1)} s | ${own.processorSeconds.toFixed(0)} s`;
    lines.push(
      `| ${n} | ${m} | ${time} | ${own.megabytes} MB | ${own.cut} | ${annealing.cut} (CPU ${annealing.processorSeconds.toFixed(0)} s) | ${bound} |`,
    );
    process.stderr.write(`${lines.at(-1)}\n`);
  }
  const text = `${lines.join('\n')}\n`;
  fs.ensureDirSync('reports/bench');
  fs.writeFileSync('reports/bench/budgets.md', text);
  process.stdout.write(text);
  return 0;
}

await runProgram(benchBudgets);
