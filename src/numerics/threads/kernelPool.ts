import { checkInteger } from '../base/checks.ts';
import { startThread } from './startThread.ts';

/** Most parts of a job, and most arguments of a kernel. */
const [mostParts, mostArguments] = [64, 15] as const;

/** Numbers of the job table for each part: how many arguments there are, then the arguments. */
const width = mostArguments + 1;

/** Looks at a flag before a thread goes to sleep: some ten microseconds, the time of waking it. */
const spins = 5000;

/** Places of the flags that all threads share. */
const [GENERATION, NEXT, DONE, PARTS, KERNEL, FAILED, STOP, ELSEWHERE] = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/**
 * Threads that run the kernels of a WebAssembly module on one shared memory: the calling thread, which works too and
 * waits without an event loop, and some others.
 *
 * A job is cut into parts, and these are claimed one by one, so a thread that has not started yet, or shares its core,
 * is not waited for. What a caller computes from its parts is the same for every number of threads, as long as it cuts
 * them the same way.
 */
export class KernelPool {
  readonly memory: WebAssembly.Memory;
  readonly #control = new Int32Array(new SharedArrayBuffer(4 * 8));
  readonly #table = new Float64Array(new SharedArrayBuffer(8 * width * mostParts));
  readonly #kernels: WebAssembly.Exports;
  readonly #names: readonly string[];
  readonly #isAlone: boolean;

  /**
   * @param module imports one shared memory, `env.memory`
   * @param pages of 64 KiB that the memory starts with; kernels may have it grown up to 4 GiB
   * @param threads from 1 to 64, with the caller
   * @throws RangeError if pages or threads are outside their range
   * Cost: some tens of milliseconds a thread, beside the caller's work.
   */
  constructor(module: WebAssembly.Module, pages: number, threads: number) {
    checkInteger('pages', pages, 1, 65536);
    checkInteger('threads', threads, 1, 64);
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: 65536, shared: true });
    this.#kernels = new WebAssembly.Instance(module, { env: { memory: this.memory } }).exports;
    this.#names = WebAssembly.Module.exports(module).map(({ name }) => name);
    this.#isAlone = threads === 1;
    const kernels = {
      compiled: module,
      memory: this.memory,
      control: this.#control,
      table: this.#table,
      names: this.#names,
      width,
      spins,
    };
    for (let other = 1; other < threads; other++) {
      const worker = startThread({ kernels });
      // A thread that cannot start leaves its parts to the others.
      worker.on('error', () => {});
      worker.unref();
    }
  }

  /**
   * Runs one kernel for every part and waits until all have ended.
   *
   * @param name an exported function of the module
   * @param parts the arguments of each part, at most 64 of at most 15; they may run in any order and at the same time
   * @throws Error if a kernel traps: then the memory's contents are undefined
   * Cost: some microseconds beside the kernels.
   */
  run(name: string, parts: readonly (readonly number[])[]): void {
    const kernel = this.#kernels[name] as (...values: readonly number[]) => void;
    if (this.#isAlone) {
      for (const part of parts) kernel(...part);
      return;
    }
    const control = this.#control;
    const table = this.#table;
    for (let part = 0; part < parts.length; part++) {
      table[part * width] = parts[part].length;
      table.set(parts[part], part * width + 1);
    }
    // Claims count up to 0. They open last: until then a thread that is late from the job before finds none.
    Atomics.store(control, PARTS, parts.length);
    Atomics.store(control, KERNEL, this.#names.indexOf(name));
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
  }

  /** Parts that threads other than the caller's have run so far. */
  get partsElsewhere(): number {
    return Atomics.load(this.#control, ELSEWHERE);
  }

  /** Ends the other threads. */
  close(): void {
    Atomics.store(this.#control, STOP, 1);
    Atomics.add(this.#control, GENERATION, 1);
    Atomics.notify(this.#control, GENERATION);
  }
}

function waitForOthers(control: Int32Array, parts: number): void {
  for (let spin = 0; spin < spins; spin++) if (Atomics.load(control, DONE) === parts) return;
  for (let done = Atomics.load(control, DONE); done < parts; done = Atomics.load(control, DONE)) {
    Atomics.wait(control, DONE, done);
  }
}
