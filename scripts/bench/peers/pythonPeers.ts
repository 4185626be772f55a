import { spawnSync } from 'node:child_process';

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

/**
 * Runs a peer from a Python package, where a Python with that package is found.
 *
 * @param text the graph in rudy format with all weights written
 * @param patience seconds after which the run counts as not finished
 */
export function pythonCut(
  name: keyof typeof programs,
  text: string,
  seconds: number,
  seed: number,
  patience: number,
): PythonCut {
  if (spawnSync(python, ['-c', `import ${name}`]).status !== 0) return { missing: 'not installed' };
  const run = spawnSync(python, ['-c', programs[name], String(seconds), String(seed)], {
    input: text,
    encoding: 'utf8',
    timeout: 1000 * patience,
  });
  if (run.status === 0) return { cut: Number(run.stdout) };
  return { missing: run.signal === null ? 'failed' : `not finished in ${patience} s` };
}
