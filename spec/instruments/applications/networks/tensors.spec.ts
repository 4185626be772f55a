import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  erf,
  gelu,
  hermite,
  sine,
  smoothRelu,
  tanh,
} from '../../../../src/applications/networks/model/activations.ts';
import { initialParameters } from '../../../../src/applications/networks/model/initialParameters.ts';
import { losses, squared } from '../../../../src/applications/networks/model/losses.ts';
import { networkLayout } from '../../../../src/applications/networks/model/networkLayout.ts';
import { networkRisk } from '../../../../src/applications/networks/risk/networkRisk.ts';
import { indexTeacher } from '../../../../src/applications/networks/risk/teacher.ts';
import {
  type BackendName,
  backendNames,
  loadTensors,
  polyfillNodeUtil,
  type Tensors,
} from '../../../../src/applications/networks/tensors/tensorBackend.ts';
import {
  type TensorNetwork,
  tensorNetwork,
  tensorsOf,
} from '../../../../src/applications/networks/tensors/tensorNetwork.ts';
import { sampleNodes } from '../../../../src/applications/networks/training/inputSamples.ts';
import { trainOnline } from '../../../../src/applications/networks/training/onlineTraining.ts';
import { randomStream } from '../../../../src/numerics/random/stream.ts';

const root = randomStream('networks-tensors');

/** The backends that load here. wasm and cpu must; the native one may be missing. */
async function available(): Promise<BackendName[]> {
  const names: BackendName[] = [];
  for (const name of backendNames) {
    try {
      await loadTensors([name]);
      names.push(name);
    } catch (error) {
      if (name !== 'tensorflow') throw error;
    }
  }
  return names;
}
const names = await available();

describe('tensor backends', () => {
  test('the first of the preferred ones that loads is taken, and the others are accounted for', async ({
    task,
  }) => {
    const { backend, passedOver, tf } = await loadTensors();
    task.meta.tensorBackend = backend;
    expect(backend).toBe(names[0]);
    expect(tf.getBackend()).toBe(backend);
    expect(passedOver).toHaveLength(backendNames.indexOf(backend));
  });

  test('util gets back what newer Node versions removed, and keeps what it has', () => {
    const own = () => true;
    const bare: { isArray?: unknown; isNullOrUndefined?: unknown } = {};
    polyfillNodeUtil(bare);
    const { isArray, isNullOrUndefined } = bare;
    if (typeof isArray !== 'function' || typeof isNullOrUndefined !== 'function')
      throw new Error('no functions');
    expect([isArray([]), isArray('a')]).toEqual([true, false]);
    expect([null, undefined, 0, ''].map((value) => isNullOrUndefined(value))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const full = { isArray: own, isNullOrUndefined: own };
    polyfillNodeUtil(full);
    expect(full).toEqual({ isArray: own, isNullOrUndefined: own });
  });

  test.skipIf(!names.includes('tensorflow'))('the native backend runs where Node has removed them', () => {
    // A process of its own in which they are gone before anything is imported, as on Node 23 and later.
    const program = `import util from 'node:util';
      delete util.isArray; delete util.isNullOrUndefined;
      const { loadTensors } = await import('./src/applications/networks/tensors/tensorBackend.ts');
      const { tf, backend } = await loadTensors(['tensorflow']);
      const { values } = tf.topk(tf.tensor1d([3, 1, 2]), 2);
      console.log(backend, Array.from(values.dataSync()).join());`;
    const node = ['--import', 'tsx', '--input-type=module', '-e', program];
    const printed = execFileSync(process.execPath, node, {
      cwd: resolve(import.meta.dirname, '../../../..'),
    });
    expect(printed.toString().trim()).toBe('tensorflow 3,2');
  });
});

describe.each(names)('tensor networks on %s', (name) => {
  const activations = [tanh, sine, erf, gelu, smoothRelu(2), smoothRelu(10), hermite(2), hermite(3)];

  test('gradients agree with the float64 network to float32 rounding, on random architectures', async () => {
    const tensors = await loadTensors([name]);
    for (let trial = 0; trial < 40; trial++) {
      const stream = root.fork(`agreement ${trial}`);
      const d = stream.integer(1, 6);
      const k = stream.integer(0, d - 1);
      const activation = activations[stream.integer(0, activations.length - 1)];
      const depth = activation.name.startsWith('hermite') ? 1 : stream.integer(1, 4);
      const layout = networkLayout(
        d,
        k,
        Array.from({ length: depth }, () => stream.integer(1, 20)),
      );
      const loss = [...losses.values()][stream.integer(0, losses.size - 1)];
      const n = stream.integer(1, 30);
      const nodes = sampleNodes(stream.fork('nodes'), n, d);
      const points = Float64Array.from(nodes.points, Math.fround);
      const labels = Float64Array.from({ length: n }, () => (stream.uniform() < 0.5 ? -1 : 1));
      const x = Float64Array.from(initialParameters(stream.fork('start'), layout), Math.fround);

      const network = tensorNetwork(tensors, layout, activation.name, loss);
      const parameters = network.upload(x);
      expect(network.download(parameters)).toEqual(x);
      const before = tensors.tf.memory().numTensors;
      const { gradient, loss: value } = network.gradient(
        parameters,
        Float32Array.from(points),
        Float32Array.from(labels),
      );
      const single = network.download(gradient);
      tensors.tf.dispose(tensorsOf(gradient));
      expect(tensors.tf.memory().numTensors).toBe(before);
      tensors.tf.dispose(tensorsOf(parameters));

      // One node at a time, so that what cancels between nodes is counted at its size.
      const double = new Float64Array(layout.dimension);
      let expectedValue = 0;
      let size = 0;
      for (let i = 0; i < n; i++) {
        const one = networkRisk({
          inputDimension: d,
          relevantDimension: k,
          widths: layout.widths,
          activation,
          loss,
          teacher: () => labels[i],
          regularization: 0,
          nodes: { points: points.slice(i * d, i * d + d), weights: Float64Array.of(1) },
        });
        const share = one.gradientInto(new Float64Array(layout.dimension), x);
        for (let j = 0; j < share.length; j++) double[j] += share[j] / n;
        expectedValue += one.value(x) / n;
        size += Math.hypot(...share) / n;
      }
      const operations = n + d + layout.widths.reduce((a, b) => a + b, 0);
      // 2⁻²³ is float32's epsilon. The condition of a network is what ‖x‖ and its sums make of it: a slope is as
      // wrong as its argument, so the parameters' size enters once for each layer.
      const amplification = (1 + Math.hypot(...x)) ** 2;
      const slack = operations * amplification * 2 ** -23 * (size + 1);
      const label = `${layout.widths} ${activation.name} ${loss.name} n=${n} d=${d}`;
      expect(Math.hypot(...single.map((g, j) => g - double[j])), label).toBeLessThanOrEqual(slack);
      expect(Math.abs(value - expectedValue), label).toBeLessThanOrEqual(
        slack * (1 + Math.abs(expectedValue)),
      );
      // Not only small beside the allowance: most of the digits of a float32 are there.
      expect(Math.hypot(...single.map((g, j) => g - double[j])), label).toBeLessThanOrEqual(
        1e-3 * (size + 1e-3),
      );
    }
  });

  test('a minibatch leaves nothing behind for the next, larger, smaller or as large', async () => {
    const tensors = await loadTensors([name]);
    const layout = networkLayout(3, 1, [5]);
    const stream = root.fork('buffers');
    const x = initialParameters(stream.fork('start'), layout);
    const gradientOf = (network: TensorNetwork, n: number, label: string) => {
      const parameters = network.upload(x);
      const inputs = Float32Array.from(sampleNodes(stream.fork(label), n, 3).points);
      const { loss, gradient } = network.gradient(parameters, inputs, new Float32Array(n).fill(0.5));
      const found = network.download(gradient);
      tensors.tf.dispose([...tensorsOf(parameters), ...tensorsOf(gradient)]);
      return { loss, found };
    };
    const make = () => tensorNetwork(tensors, layout, 'tanh', squared);
    const kept = make();
    for (const [i, n] of [4, 4, 9, 2, 4].entries())
      expect(gradientOf(kept, n, `batch ${i}`)).toEqual(gradientOf(make(), n, `batch ${i}`));
  });

  // All run the same program of tensors; where another is preferred, counts are looked at for fewer steps.
  const steps = name === names[0] ? 10_000 : 1000;
  test(`the count of tensors is flat over ${steps} steps`, async () => {
    const tensors = await loadTensors([name]);
    const layout = networkLayout(2, 1, [8, 4]);
    const stream = root.fork('leaks');
    const start = initialParameters(stream.fork('start'), layout);
    const counts = new Set<number>();
    const before = tensors.tf.memory().numTensors;
    const run = trainOnline(stream, tensors, {
      layout,
      activation: gelu,
      loss: squared,
      teacher: indexTeacher([tanh]),
      batchSize: 5,
      steps,
      decay: 1e-3,
      frozen: [],
      start,
      observeEvery: 500,
      weightRate: () => 0.01,
      shiftRate: () => 0.01,
      perturbation: { deviation: 0.01, gradientThreshold: 0.2 },
      observe: (step) => {
        // The last look happens after the last gradient is gone.
        if (step < steps) counts.add(tensors.tf.memory().numTensors);
      },
    });
    expect(run).toMatchObject({ outcome: 'finished', steps, backend: name });
    expect(run.perturbations).toBeGreaterThan(0);
    expect(counts.size).toBe(1);
    expect(tensors.tf.memory().numTensors).toBe(before);
  });

  test('training is repeated bit for bit from the same stream, and not from another', async () => {
    const tensors: Tensors = await loadTensors([name]);
    const layout = networkLayout(3, 1, [6]);
    const train = (label: string) =>
      trainOnline(root.fork(label), tensors, {
        layout,
        activation: tanh,
        loss: squared,
        teacher: indexTeacher([tanh]),
        batchSize: 4,
        steps: 20,
        decay: 1e-3,
        frozen: ['output-weights'] as const,
        start: initialParameters(root.fork('start'), layout),
        weightRate: () => 0.05,
        shiftRate: () => 0.05,
        perturbation: { deviation: 0.1, gradientThreshold: 10 },
      }).point;
    expect(train('a')).toEqual(train('a'));
    expect(train('a')).not.toEqual(train('b'));
  });
});
