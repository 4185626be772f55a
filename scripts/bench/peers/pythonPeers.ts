import { $ } from 'zx';

/** A cut that a Python package found, or why there is none. */
export type PythonCut = { readonly cut: number } | { readonly missing: string };

const programs = {
  // The heuristic is Burer, Monteiro and Zhang's rank-two relaxation as MQLib implements it.
  MQLib: `
import sys, numpy, MQLib
n, m = map(int, sys.stdin.readline().split())
w = numpy.zeros((n, n))
for line in sys.stdin:
    u, v, x = line.split(); w[int(u) - 1, int(v) - 1] = w[int(v) - 1, int(u) - 1] = float(x)
r = MQLib.runHeuristic('BURER2002', MQLib.Instance('M', w), float(sys.argv[1]), lambda *_: 1)
print(r['objval'])`,
  networkx: `
import sys, networkx
g = networkx.Graph(); n, m = map(int, sys.stdin.readline().split()); g.add_nodes_from(range(1, n + 1))
for line in sys.stdin:
    u, v, x = line.split(); g.add_edge(int(u), int(v), weight=float(x))
print(networkx.algorithms.approximation.one_exchange(g, weight='weight', seed=int(sys.argv[2]))[0])`,
} as const;

/** The interpreter: what PYTHON names, as for the doctor, else the one in the path. */
const python = process.env.PYTHON ?? 'python3';

/** What a peer is asked. */
export interface PythonTask {
  /** The graph in rudy format with all weights written. */
  readonly text: string;
  readonly seconds: number;
  readonly seed: number;
  /** Seconds after which the run counts as not finished. */
  readonly patience: number;
}

/** Runs a peer from a Python package, where a Python with that package is found. */
export async function pythonCut(name: keyof typeof programs, task: PythonTask): Promise<PythonCut> {
  const run = $({ nothrow: true, quiet: true, input: task.text, timeout: `${task.patience}s` });
  if (!(await run`${python} -c ${`import ${name}`}`).ok) return { missing: 'not installed' };
  const { ok, stdout, signal } = await run`${python} -c ${programs[name]} ${task.seconds} ${task.seed}`;
  if (ok) return { cut: Number(stdout) };
  return { missing: signal === null ? 'failed' : `not finished in ${task.patience} s` };
}
