/** What a function is given on a thread besides its input. */
export interface ThreadContext<Message = never> {
  /**
   * The caller's wish that the function end. `aborted` is true as soon as the caller's signal fires, also in the
   * midst of a computation, so a loop polls it; its event comes when the thread is idle.
   */
  readonly signal: AbortSignal;
  /** Sends a message to the caller at once. */
  readonly progress: (message: Message) => void;
}

/** A function that another thread can find: an export of a module. */
export interface ThreadFunction<Input, Result, Message = never> {
  /** The URL of the module. */
  readonly module: string;
  /** Exported under its own name. */
  readonly call: (input: Input, context: ThreadContext<Message>) => Result | Promise<Result>;
}

/**
 * Makes a function known to threads. Input, result and messages are copied as by `structuredClone`; arrays on a
 * `SharedArrayBuffer` are shared. Streams of random numbers do not cross threads, their seeds do.
 *
 *     export function longest(input: Input, { signal, progress }: ThreadContext<number>): Result { … }
 *     const task = threadFunction(import.meta.url, longest);
 *
 * @param module `import.meta.url` of the module that exports the function
 * @param call a function exported under its own name
 * @throws TypeError if the function has no name
 */
export function threadFunction<Input, Result, Message = never>(
  module: string,
  call: ThreadFunction<Input, Result, Message>['call'],
): ThreadFunction<Input, Result, Message> {
  if (call.name === '') throw new TypeError('call: expected an exported function, got one without a name');
  return { module, call };
}
