// The other end of kernelTeam.ts: claims parts of the job that is posted until told to stop. Plain JavaScript and
// CommonJS, so that a thread starts without any loader, also while the thread that owns the team is busy.
const { workerData } = require('node:worker_threads');
const { compiled, memory, control, table, names, width, spins } = workerData;
const [GENERATION, NEXT, DONE, PARTS, KERNEL, FAILED, STOP, HELPED] = [0, 1, 2, 3, 4, 5, 6, 7];
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
    Atomics.add(control, HELPED, 1);
    Atomics.add(control, DONE, 1);
    Atomics.notify(control, DONE);
  }
  let spin = 0;
  while (spin < spins && Atomics.load(control, GENERATION) === generation) spin++;
  if (spin === spins) Atomics.wait(control, GENERATION, generation);
}
