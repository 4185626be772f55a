import { createInterface } from 'node:readline';
import { $ } from 'zx';

/**
 * PyTorch in a process of its own, which times one gradient step whenever it is asked.
 *
 * As in ours, a step takes a minibatch from ordinary memory and gives its loss as a number.
 */
export interface TorchPeer {
  readonly version: string;
  /** How many it takes unless told. */
  readonly threads: number;
  /** Median milliseconds of a step with n samples, d inputs and width h, over about the given seconds. */
  step(threads: number, n: number, d: number, h: number, seconds: number): Promise<number>;
  close(): void;
}

const program = `import sys, time, torch
print(torch.__version__, torch.get_num_threads(), flush=True)
for line in sys.stdin:
    *sizes, seconds = line.split()
    threads, n, d, h = map(int, sizes)
    seconds = float(seconds)
    torch.set_num_threads(threads)
    points, labels = torch.randn(n, d).numpy(), torch.zeros(n, 1).numpy()
    W, b, a, c = (torch.randn(*s).requires_grad_() for s in ((h, d), (h,), (h, 1), (1,)))
    def step():
        X, y = torch.from_numpy(points), torch.from_numpy(labels)
        loss = ((torch.tanh(X @ W.T + b) @ a + c - y) ** 2).mean()
        torch.autograd.grad(loss, (W, b, a, c))
        return loss.item()
    for _ in range(5): step()
    times, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 5:
        t = time.perf_counter()
        step()
        times.append(time.perf_counter() - t)
    print(1000 * sorted(times)[len(times) // 2], flush=True)`;

/**
 * Starts a Python that has torch: the one that PYTHON names, else python3.
 *
 * @returns undefined where there is none
 */
export async function torchPeer(): Promise<TorchPeer | undefined> {
  const quiet = $({ nothrow: true, quiet: true, stdio: ['pipe', 'pipe', 'ignore'] });
  const run = quiet`exec ${process.env.PYTHON ?? 'python3'} -c ${program}`;
  run.stdin.on('error', () => {});
  const lines = createInterface({ input: run.stdout })[Symbol.asyncIterator]();
  const hello = await lines.next().catch(() => ({ done: true, value: '' }));
  if (hello.done) return undefined;
  const [version, threads] = hello.value.split(' ');
  return {
    version,
    threads: Number(threads),
    step: async (...words) => {
      run.stdin.write(`${words.join(' ')}\n`);
      return Number((await lines.next()).value);
    },
    close: () => run.stdin.end(),
  };
}
