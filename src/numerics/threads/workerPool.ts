import type { Worker } from 'node:worker_threads';
import { checkInteger } from '../base/checks.ts';
import { startThread } from './startThread.ts';
import { type PortableError, revivedError } from './threadError.ts';
import type { ThreadFunction } from './threadFunction.ts';

export interface RunOptions<Message> {
  /** Asks the function to end; what it then returns is its own affair. */
  readonly signal?: AbortSignal | undefined;
  /** Told each message of the function. */
  readonly progress?: ((message: Message) => void) | undefined;
}

/** What a thread is sent; see threadEntry.cjs. */
interface Request {
  readonly call: number;
  readonly module: string;
  readonly name: string;
  readonly input: unknown;
  /** One entry that the thread reads while it computes; 1: aborted. */
  readonly flag: Int32Array;
}

/** What a thread answers: messages, then a result or an error. */
type Answer =
  | { readonly call: number; readonly kind: 'progress'; readonly content: unknown }
  | { readonly call: number; readonly kind: 'result'; readonly content: unknown }
  | { readonly call: number; readonly kind: 'error'; readonly content: PortableError };

/** A function that waits for a thread, or runs on one. */
interface Call {
  readonly request: Request;
  readonly progress: (message: unknown) => void;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  call: Call | undefined;
}

/**
 * Threads that run exported functions, one call a thread at a time, in the order of asking.
 *
 * A thread starts when it is first needed. One that ends by itself fails its call alone and is replaced at the next.
 * A pool that nobody waits for does not keep the process alive.
 */
export class WorkerPool {
  readonly #size: number;
  readonly #threads = new Set<Thread>();
  readonly #waiting: Call[] = [];
  #calls = 0;
  #closed = false;

  /**
   * @param threads in [0, 256]; 0: every function runs on the caller's thread when it is asked for
   * @throws RangeError outside of that
   */
  constructor(threads: number) {
    checkInteger('threads', threads, 0, 256);
    this.#size = threads;
  }

  /**
   * Runs a function on the next free thread.
   *
   * @returns its result, a copy; rejects with what the function throws (of an error: its class where that is built in
   * or `InputError`, name, message and stack), and if its thread ends before it does or the pool is closed
   * Cost: some tenths of a second for a thread's first function, to load its modules; then the copies.
   */
  async run<Input, Result, Message>(
    task: ThreadFunction<Input, Result, Message>,
    input: Input,
    { signal = new AbortController().signal, progress = () => {} }: RunOptions<Message> = {},
  ): Promise<Result> {
    if (this.#closed) throw new Error('the worker pool was closed');
    if (this.#size === 0) return await task.call(input, { signal, progress });
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const request = { call: ++this.#calls, module: task.module, name: task.call.name, input, flag };
    const abort = (): void => {
      Atomics.store(flag, 0, 1);
      for (const { worker, call } of this.#threads)
        if (call?.request === request) worker.postMessage('abort');
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      // What comes from a thread has the types of the function that ran there.
      return (await new Promise<unknown>((resolve, reject) => {
        const told = (message: unknown): void => progress(message as Message);
        this.#waiting.push({ request, progress: told, resolve, reject });
        this.#assign();
      })) as Result;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Ends all threads at once, whatever they are doing. Calls that have not ended are rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    const threads = [...this.#threads];
    const calls = [...this.#waiting.splice(0), ...threads.flatMap(({ call }) => call ?? [])];
    for (const { reject } of calls) reject(new Error('the worker pool was closed'));
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const thread = [...this.#threads].find(({ call }) => call === undefined) ?? this.#started();
      const call = thread && this.#waiting.shift();
      if (!thread || !call) return;
      try {
        thread.worker.postMessage(call.request);
        thread.worker.ref();
        thread.call = call;
      } catch (error) {
        // An input that cannot be copied.
        call.reject(error);
      }
    }
  }

  /** One thread more, unless there are enough. */
  #started(): Thread | undefined {
    if (this.#threads.size >= this.#size) return undefined;
    const thread: Thread = { worker: startThread({}), call: undefined };
    const { worker } = thread;
    this.#threads.add(thread);
    worker.on('message', (answer: Answer) => this.#receive(thread, answer));
    worker.on('messageerror', (error) => this.#lose(thread, error));
    worker.on('error', (error) => this.#lose(thread, error));
    worker.on('exit', () => this.#lose(thread, new Error('the thread ended before its function did')));
    return thread;
  }

  #receive(thread: Thread, answer: Answer): void {
    const { call } = thread;
    if (call?.request.call !== answer.call) return;
    if (answer.kind === 'progress') {
      call.progress(answer.content);
      return;
    }
    thread.call = undefined;
    thread.worker.unref();
    if (answer.kind === 'result') call.resolve(answer.content);
    else call.reject(revivedError(answer.content));
    this.#assign();
  }

  #lose(thread: Thread, error: Error): void {
    if (!this.#threads.delete(thread)) return;
    thread.call?.reject(error);
    this.#assign();
  }
}

/** Runs a function on a thread of its own: so that this one can answer meanwhile, a user's Ctrl-C for instance. */
export async function runOnThread<Input, Result, Message>(
  task: ThreadFunction<Input, Result, Message>,
  input: Input,
  options: RunOptions<Message> = {},
): Promise<Result> {
  const pool = new WorkerPool(1);
  try {
    return await pool.run(task, input, options);
  } finally {
    await pool.close();
  }
}
