import type { Answer, Seen, Task } from '../protocol.ts';

/** What ends a task. */
export type Outcome = Exclude<Answer, Seen>;

/** A thread of the page's own, made from the script that stands in the page. */
export interface Helper {
  /**
   * Has a task done; one at a time.
   *
   * @param see shown the counts on the way
   */
  ask(task: Task, see?: (seen: Seen) => void): Promise<Outcome>;
  /** Ends the thread, whatever it does; what it was asked is never answered. */
  end(): void;
}

let address: string | undefined;

/** Starts a thread. A page from a file has no address to load a script from, so the script is a blob. */
export function startHelper(): Helper {
  address ??= URL.createObjectURL(
    new Blob([document.getElementById('worker')?.textContent ?? ''], { type: 'text/javascript' }),
  );
  const worker = new Worker(address);
  return {
    ask: (task, see) =>
      new Promise((resolve) => {
        worker.onerror = ({ message }) => resolve({ kind: 'failed', message });
        worker.onmessage = ({ data }: MessageEvent<Answer>) => {
          if (data.kind === 'seen') see?.(data);
          else resolve(data);
        };
        worker.postMessage(task);
      }),
    end: () => worker.terminate(),
  };
}

/** How many threads try a claim at once: all but one of the machine's, and not more than four. */
export function helpersAtOnce(): number {
  return Math.max(1, Math.min(4, (navigator.hardwareConcurrency || 2) - 1));
}
