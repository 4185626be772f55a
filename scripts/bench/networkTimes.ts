import { gelu, smoothRelu, tanh } from '../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../src/applications/networks/model/initialParameters.ts';
import { gemanMcClure, logCosh, pseudoHuber, squared } from '../../src/applications/networks/model/losses.ts';
import { networkLayout } from '../../src/applications/networks/model/networkLayout.ts';
import { networkRisk } from '../../src/applications/networks/risk/networkRisk.ts';
import type { StudentProblem } from '../../src/applications/networks/study/studentProblem.ts';
import { trainStudent } from '../../src/applications/networks/study/trainStudent.ts';
import { backendNames, loadTensors } from '../../src/applications/networks/tensors/tensorBackend.ts';
import { tensorNetwork, tensorsOf } from '../../src/applications/networks/tensors/tensorNetwork.ts';
import { sampleNodes } from '../../src/applications/networks/training/inputSamples.ts';
import { trustRegion } from '../../src/numerics/optimize/trustRegion.ts';
import { randomStream } from '../../src/numerics/random/stream.ts';
import { plainGradient } from './plainGradient.ts';
import { type TorchPeer, torchPeer } from './torchPeer.ts';

/** n, d, h of the steps that are timed. */
const sizes = [
  [50, 2, 1000],
  [400, 3, 64],
  [2000, 3, 64],
  [1000, 50, 1000],
] as const;
const stream = randomStream('bench networks');

/** Median milliseconds of a call over about the given seconds, after warming up. */
function median(call: () => void, seconds: number): number {
  const times: number[] = [];
  for (let warm = 0; warm < 5; warm++) call();
  for (const end = performance.now() + seconds * 1000; performance.now() < end || times.length < 5; ) {
    const begun = performance.now();
    call();
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}

/** What is timed at one size: a way to time it, or the library's own. */
type Contender = (seconds: number) => number | Promise<number>;

/**
 * One row per size: milliseconds of a gradient step on everything that runs here, and the native backend's ratio to
 * PyTorch. All are timed in turn for `rounds` rounds, so that a busy moment meets them alike; the best round counts.
 */
export async function stepTimes(seconds = 1, rounds = 3): Promise<Record<string, number | string>[]> {
  const rows: Record<string, number | string>[] = [];
  const peer = await torchPeer();
  for (const [n, d, h] of sizes) {
    const { contenders, dispose } = await contendersAt(n, d, h, peer);
    const best = new Map<string, number>();
    for (let round = 0; round < rounds; round++) {
      for (const [name, time] of contenders) {
        best.set(name, Math.min(best.get(name) ?? Infinity, await time(seconds / rounds)));
      }
    }
    dispose();
    const row: Record<string, number | string> = { 'n, d, h': `${n}, ${d}, ${h}` };
    for (const [name, time] of best) row[name] = time;
    const [ours, theirs] = [best.get('tensorflow float32'), best.get(peerName)];
    if (ours !== undefined && theirs !== undefined) row['tensorflow / PyTorch'] = ours / theirs;
    rows.push(row);
  }
  peer?.close();
  return rows;
}

const peerName = 'PyTorch float32';

/** How many threads each may use, in words. */
export async function threadsUsed(): Promise<string> {
  const peer = await torchPeer();
  peer?.close();
  const python = peer === undefined ? '' : `PyTorch ${peer.version} ${peer.threads}, `;
  return `Threads: ${python}all others 1. Medians, best of three rounds in turn.`;
}

async function contendersAt(
  n: number,
  d: number,
  h: number,
  peer: TorchPeer | undefined,
): Promise<{ contenders: Map<string, Contender>; dispose: () => void }> {
  const contenders = new Map<string, Contender>();
  const disposals: (() => void)[] = [];
  const layout = networkLayout(d, 1, [h]);
  const x = initialParameters(stream.fork(`start ${h}`), layout);
  const nodes = sampleNodes(stream.fork(`nodes ${n} ${d}`), n, d);
  if (peer !== undefined) {
    contenders.set(peerName, (seconds) => peer.step(peer.threads, n, d, h, seconds));
    contenders.set(`${peerName}, 1 thread`, (seconds) => peer.step(1, n, d, h, seconds));
  }
  for (const name of backendNames) {
    const tensors = await loadTensors([name]).catch(() => undefined);
    if (tensors === undefined) continue;
    const { tf } = tensors;
    const network = tensorNetwork(tensors, layout, 'tanh', squared);
    const parameters = network.upload(x);
    const inputs = Float32Array.from(nodes.points);
    const labels = new Float32Array(n);
    disposals.push(() => tf.dispose(tensorsOf(parameters)));
    contenders.set(`${name} float32`, async (seconds) => {
      await tf.setBackend(name);
      const step = () => tf.dispose(tensorsOf(network.gradient(parameters, inputs, labels).gradient));
      return median(step, seconds);
    });
  }
  const options = { inputDimension: d, relevantDimension: 1, widths: [h], activation: tanh, loss: squared };
  const risk = networkRisk({ ...options, teacher: () => 0, regularization: 0, nodes });
  const out = new Float64Array(layout.dimension);
  let shift = 0;
  contenders.set('float64', (seconds) =>
    median(() => {
      // A new point each time, so that nothing is remembered from the last.
      x[layout.outputShift.start] = shift = 1e-9 - shift;
      risk.gradientInto(out, x);
    }, seconds),
  );
  const plain = new Float64Array(h * (d + 2) + 1).fill(0.1);
  const zeros = new Float64Array(n);
  contenders.set('plain loops float64', (seconds) =>
    median(() => plainGradient(plain, nodes.points, zeros, h), seconds),
  );
  return {
    contenders,
    dispose: () => {
      for (const one of disposals) one();
    },
  };
}

/** The fixed ten networks: seconds from a random start to a certified point whose bound is a hundredth of it. */
export async function certifiedNetworks(budget = 60): Promise<Record<string, number | string>[]> {
  const problem = (width: number, depth: number, regularization: number): StudentProblem => ({
    input: 3,
    teacher: 1,
    link: tanh,
    depth,
    width,
    regularization,
    activation: [tanh, gelu, smoothRelu(2)][(width + depth) % 3],
    loss: [squared, pseudoHuber, logCosh, gemanMcClure][(width + 2 * depth) % 4],
  });
  const ten: StudentProblem[] = [
    ...[4, 16, 64].map((width) => problem(width, 1, 1e-2)),
    ...[4, 16].map((width) => problem(width, 2, 1e-2)),
    ...[4, 16].map((width) => problem(width, 3, 1e-2)),
    ...[problem(4, 4, 1e-2), problem(4, 6, 1e-2), problem(8, 3, 1e-3)],
  ];
  const rows: Record<string, number | string>[] = [];
  for (const [index, one] of ten.entries()) {
    const begun = performance.now();
    const found = await trainStudent(stream.fork(`ten ${index}`), one, {
      optimizer: () => trustRegion({ stepLimit: 20 }),
      seconds: budget,
      clock: () => performance.now(),
      sufficient: 0.01,
    });
    const { certificate, startNorm } = found.found;
    const certified = certificate.outcome === 'certified' && Number.isFinite(certificate.bound);
    rows.push({
      network: `${one.depth} × ${one.width}`,
      activation: one.activation.name,
      loss: one.loss.name,
      λ: one.regularization,
      'start |W⊥|': Number(startNorm.toPrecision(3)),
      '|W⊥|': certificate.outcome === 'certified' ? certificate.weightNorm.toExponential(1) : 'none',
      bound: certified ? certificate.bound.toExponential(1) : 'none',
      seconds: Number(((performance.now() - begun) / 1000).toFixed(1)),
    });
  }
  return rows;
}

/** A table in Markdown. */
export function table(rows: readonly Record<string, number | string>[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: number | string | undefined) =>
    typeof value === 'number' && !Number.isInteger(value) ? value.toPrecision(3) : `${value ?? ''}`;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(names),
    line(names.map(() => '---')),
    ...rows.map((row) => line(names.map((name) => cell(row[name])))),
  ].join('\n');
}
