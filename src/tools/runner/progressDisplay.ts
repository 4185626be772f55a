import { visibleText } from '../../numerics/base/visibleText.ts';
import type { Host } from './host.ts';

/** Shows how a run stands. */
export interface ProgressDisplay {
  readonly show: (words: string) => void;
  readonly stop: () => void;
}

/** Starts a spinner on a terminal; elsewhere a line now and then, none for a run that ends soon. */
export async function startProgress(
  { stderr, progressSeconds }: Host,
  first: string,
): Promise<ProgressDisplay> {
  let latest = first;
  // A terminal without a width (one that a program made) would keep a spinner counting lines for ever.
  if (stderr.isTTY && (stderr.columns ?? 0) > 0) {
    const { default: ora } = await import('ora');
    // A discarded standard input would swallow what is typed for the next command.
    const spinner = ora({ text: first, discardStdin: false, stream: stderr }).start();
    return {
      show: (words) => {
        spinner.text = visibleText(words);
      },
      stop: () => spinner.stop(),
    };
  }
  const ignore = (): void => {};
  stderr.on('error', ignore);
  const timer = setInterval(() => stderr.write(`${visibleText(latest)}\n`), 1000 * progressSeconds);
  timer.unref();
  return {
    show: (words) => {
      latest = words;
    },
    stop: () => {
      clearInterval(timer);
      stderr.off('error', ignore);
    },
  };
}
