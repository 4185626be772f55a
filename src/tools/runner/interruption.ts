/** The wish of a user that a run end, until `release`. */
export interface Interruption {
  readonly signal: AbortSignal;
  readonly release: () => void;
}

/**
 * Milliseconds within which a second signal counts as the first: Ctrl-C reaches the whole group of processes, and
 * the ones above this one (npm, tsx) pass it on once more.
 */
const echo = 500;

/**
 * Listens for Ctrl-C and SIGTERM: the first asks the run to end with its best, a later one ends the process.
 *
 * The listeners stay until `release`. One that were gone while its signal is still being delivered (`once`) would be
 * mistaken for none by the hook that restores a terminal's cursor, and that hook would then end the process.
 */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  let first = 0;
  const listen = (name: NodeJS.Signals): void => {
    if (!controller.signal.aborted) {
      first = performance.now();
      controller.abort();
    } else if (performance.now() - first > echo) {
      release();
      process.kill(process.pid, name);
    }
  };
  const release = (): void => {
    process.off('SIGINT', listen);
    process.off('SIGTERM', listen);
  };
  process.on('SIGINT', listen);
  process.on('SIGTERM', listen);
  return { signal: controller.signal, release };
}
