import type { Writable } from 'node:stream';
import { InputError } from '../../numerics/base/inputError.ts';
import type { OwnData } from '../../papers/evidence/ownData.ts';
import { type Interruption, listenForInterruption } from './interruption.ts';

/** What a tool runs in: the process, or a test. */
export interface Host {
  readonly stdout: Writable;
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** What starts the tool, for the help and for the command that repeats a run: `npm run -s maxcut --`. */
  readonly invocation: string;
  /** Seconds between two lines of progress where there is no terminal. */
  readonly progressSeconds: number;
  /** Begins to listen for the user's wish that the run end. */
  readonly interruption: () => Interruption;
  /** Draws a chart as SVG, for `--chart`; absent where nothing here can. */
  readonly drawChart?: (chart: OwnData['charts'][number]) => Promise<string>;
}

/** The process that runs this. */
export function processHost(invocation: string): Host {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    invocation,
    progressSeconds: 10,
    interruption: listenForInterruption,
  };
}

/**
 * Prints a text and waits until it is out. A reader who has left (a closed pipe) is no error.
 *
 * @throws InputError in one line where it cannot be written: a full disk
 */
export async function print(to: Writable, text: string): Promise<void> {
  // A stream also tells a failed write as an event, which nobody may be listening for.
  const ignore = (): void => {};
  to.on('error', ignore);
  try {
    const error = await new Promise<Error | null | undefined>((resolve) => to.write(text, resolve));
    if (error && !isClosedPipe(error)) {
      throw new InputError({ source: 'standard output', expected: 'a place to write', got: error.message });
    }
  } finally {
    // The event comes after the callback.
    setImmediate(() => to.off('error', ignore));
  }
}

function isClosedPipe(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}
