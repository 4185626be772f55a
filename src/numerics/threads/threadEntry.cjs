// Where every thread of this project starts: as a worker that runs the functions it is sent (workerPool.ts), or with
// kernels on shared memory (kernelPool.ts). Plain JavaScript and CommonJS, so that a thread starts without any loader,
// also while the thread that started it is busy.
const { parentPort, workerData } = require('node:worker_threads');

if (workerData.kernels === undefined) serveCalls();
else runKernels(workerData.kernels);

/** Runs one call at a time, each an exported function of a module, and posts its progress and its end. */
function serveCalls() {
  let interrupt = () => {};
  let loading;

  parentPort.on('message', async (message) => {
    if (message === 'abort') {
      interrupt();
      return;
    }
    const { call, module, name, input, flag } = message;
    const post = (kind, content) => parentPort.postMessage({ call, kind, content });
    try {
      if (/\.tsx?$/.test(module)) {
        loading ??= import('tsx/esm/api').then(({ register }) => register());
        await loading;
      }
      const run = (await import(module))[name];
      if (typeof run !== 'function') throw new TypeError(`${module} exports no function ${name}`);
      const controller = flaggedController(flag);
      interrupt = () => controller.abort();
      if (controller.signal.aborted) interrupt();
      post(
        'result',
        await run(input, { signal: controller.signal, progress: (text) => post('progress', text) }),
      );
    } catch (error) {
      post('error', portable(error));
    }
  });
}

/** A controller whose signal also reads as aborted once the flag is up: no event reaches a thread that computes. */
function flaggedController(flag) {
  const controller = new AbortController();
  Object.defineProperty(controller.signal, 'aborted', { get: () => Atomics.load(flag, 0) === 1 });
  return controller;
}

/** What of an error survives the way to another thread. */
function portable(error) {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: undefined };
  return { name: error.name, message: error.message, stack: error.stack };
}

/** Claims parts of the job that is posted until told to stop. */
function runKernels({ compiled, memory, control, table, names, width, spins }) {
  const [GENERATION, NEXT, DONE, PARTS, KERNEL, FAILED, STOP, ELSEWHERE] = [0, 1, 2, 3, 4, 5, 6, 7];
  const { exports: kernels } = new WebAssembly.Instance(compiled, { env: { memory } });
  for (;;) {
    const generation = Atomics.load(control, GENERATION);
    if (Atomics.load(control, STOP) === 1) break;
    for (;;) {
      const claim = Atomics.add(control, NEXT, 1);
      if (claim >= 0) break;
      const from = (claim + Atomics.load(control, PARTS)) * width;
      try {
        kernels[names[Atomics.load(control, KERNEL)]](...table.subarray(from + 1, from + 1 + table[from]));
      } catch {
        Atomics.store(control, FAILED, 1);
      }
      Atomics.add(control, ELSEWHERE, 1);
      Atomics.add(control, DONE, 1);
      Atomics.notify(control, DONE);
    }
    let spin = 0;
    while (spin < spins && Atomics.load(control, GENERATION) === generation) spin++;
    if (spin === spins) Atomics.wait(control, GENERATION, generation);
  }
}
