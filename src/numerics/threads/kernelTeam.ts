import { Worker } from 'node:worker_threads';
import { checkInteger } from '../base/checks.ts';

/** Some threads that run WebAssembly kernels on one shared memory, in parts. */
export interface KernelTeam {
  readonly memory: WebAssembly.Memory;
  /**
   * Runs one kernel for every part and waits until all have ended.
   *
   * @param name an exported function of the module
   * @param parts the arguments of each part; parts may run in any order and at the same time
   * @throws Error if a kernel traps: then the memory's contents are undefined
   */
  run(name: string, parts: readonly (readonly number[])[]): void;
  /** Parts that other threads than the caller's have run so far. */
  helped(): number;
  /** Ends the other threads. */
  close(): void;
}

/** Most parts of a job, and most arguments of a kernel. */
const [mostParts, mostArguments] = [64, 15] as const;

/** Numbers of the job table for each part: how many arguments there are, then the arguments. */
const width = mostArguments + 1;

/** Looks at a flag before a thread goes to sleep: some ten microseconds, the time of waking it. */
const spins = 5000;

/** Places of the flags that all threads share. */
const [GENERATION, NEXT, DONE, PARTS, KERNEL, FAILED, STOP, HELPED] = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/**
 * Starts a team: the calling thread, which works too and waits without an event loop, and `threads − 1` others.
 *
 * Parts are claimed one by one, so a thread that has not started yet, or shares its core, is not waited for. What a
 * caller computes from its parts is the same for every number of threads, as long as it cuts them the same way.
 *
 * @param module imports one shared memory, `env.memory`
 * @param pages of 64 KiB that the memory starts with; kernels may have it grown up to 4 GiB
 * @param threads from 1 to 64, with the caller
 * @throws RangeError if pages or threads are outside their range
 * Cost: some tens of milliseconds a thread, beside the caller's work; a job costs some microseconds.
 */
export function startKernelTeam(module: WebAssembly.Module, pages: number, threads: number): KernelTeam {
  checkInteger('pages', pages, 1, 65536);
  checkInteger('threads', threads, 1, 64);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65536, shared: true });
  const control = new Int32Array(new SharedArrayBuffer(4 * 8));
  const table = new Float64Array(new SharedArrayBuffer(8 * width * mostParts));
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports;
  const names = WebAssembly.Module.exports(module).map(({ name }) => name);
  const workerData = { compiled: module, memory, control, table, names, width, spins };
  const others = Array.from({ length: threads - 1 }, () => {
    const other = new Worker(new URL('./kernelThread.cjs', import.meta.url), { workerData, execArgv: [] });
    // A thread that cannot start leaves its parts to the others.
    other.on('error', () => {});
    other.unref();
    return other;
  });

  const run = (name: string, parts: readonly (readonly number[])[]): void => {
    const kernel = kernels[name] as (...values: readonly number[]) => void;
    if (others.length === 0) {
      for (const part of parts) kernel(...part);
      return;
    }
    for (let part = 0; part < parts.length; part++) {
      table[part * width] = parts[part].length;
      table.set(parts[part], part * width + 1);
    }
    // Claims count up to 0. They open last: until then a thread that is late from the job before finds none.
    Atomics.store(control, PARTS, parts.length);
    Atomics.store(control, KERNEL, names.indexOf(name));
    Atomics.store(control, DONE, 0);
    Atomics.store(control, NEXT, -parts.length);
    Atomics.add(control, GENERATION, 1);
    Atomics.notify(control, GENERATION);
    let own = 0;
    for (let claim = Atomics.add(control, NEXT, 1); claim < 0; claim = Atomics.add(control, NEXT, 1)) {
      kernel(...parts[claim + parts.length]);
      Atomics.add(control, DONE, 1);
      own++;
    }
    if (own < parts.length) waitForOthers(control, parts.length);
    if (Atomics.load(control, FAILED) === 1) throw new Error(`kernel ${name} trapped on another thread`);
  };

  return {
    memory,
    run,
    helped: () => Atomics.load(control, HELPED),
    close: () => {
      Atomics.store(control, STOP, 1);
      Atomics.add(control, GENERATION, 1);
      Atomics.notify(control, GENERATION);
    },
  };
}

function waitForOthers(control: Int32Array, parts: number): void {
  for (let spin = 0; spin < spins; spin++) if (Atomics.load(control, DONE) === parts) return;
  for (let done = Atomics.load(control, DONE); done < parts; done = Atomics.load(control, DONE)) {
    Atomics.wait(control, DONE, done);
  }
}
