import { InputError } from '../../../src/numerics/base/inputError.ts';
import type { ThreadContext } from '../../../src/numerics/threads/threadFunction.ts';

/** What threads run in the tests of the worker pool: they import this module. */

export function square(x: number): number {
  return x * x;
}

/** Counts, without ever returning to the event loop, until it is told to end. */
export function countUntilAborted(every: number, { signal, progress }: ThreadContext<number>): number {
  let count = 0;
  while (!signal.aborted) if (count++ % every === 0) progress(count);
  return count;
}

/** Waits for the signal's event. */
export function waitForAbort(_: null, { signal, progress }: ThreadContext<string>): Promise<string> {
  progress('waiting');
  if (signal.aborted) return Promise.resolve('aborted before');
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve('aborted')));
}

export function fail(kind: 'range' | 'input' | 'text' | 'exit' | 'function'): unknown {
  if (kind === 'range') throw new RangeError('rows: too many');
  if (kind === 'input') throw new InputError({ source: 'a.csv', line: 3, expected: 'numbers', got: 'words' });
  if (kind === 'exit') process.exit(1);
  if (kind === 'function') return () => {};
  throw 'no error at all';
}

/** Fills a shared array, and says whether it is shared with the caller. */
export function fillShared(shared: Float64Array): boolean {
  shared.fill(7);
  return shared.buffer instanceof SharedArrayBuffer;
}
