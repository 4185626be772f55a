import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../../../src/numerics/base/inputError.ts';
import { threadFunction } from '../../../src/numerics/threads/threadFunction.ts';
import { runOnThread, WorkerPool } from '../../../src/numerics/threads/workerPool.ts';
import { countUntilAborted, fail, fillShared, square, waitForAbort } from './threadTasks.ts';

const module = new URL('./threadTasks.ts', import.meta.url).href;
const squares = threadFunction(module, square);
const failing = threadFunction(module, fail);

describe.each([0, 1, 3])('a pool of %i threads', (threads) => {
  const pool = new WorkerPool(threads);
  afterAll(() => pool.close());

  it('returns to each caller the result of its own call', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ noNaN: true }), { maxLength: 20 }), async (inputs) => {
        const results = await Promise.all(inputs.map((input) => pool.run(squares, input)));
        expect(results).toEqual(inputs.map((input) => input * input));
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it('gives a function memory that stays shared with the caller', async () => {
    const shared = new Float64Array(new SharedArrayBuffer(24));
    expect(await pool.run(threadFunction(module, fillShared), shared)).toBe(true);
    expect([...shared]).toEqual([7, 7, 7]);
  });

  it('carries errors with their class and message, and goes on', async () => {
    await expect(pool.run(failing, 'range')).rejects.toThrow(new RangeError('rows: too many'));
    const input = await pool.run(failing, 'input').catch((error: unknown) => error);
    expect(input).toBeInstanceOf(InputError);
    expect(String(input)).toBe('InputError: a.csv:3: expected numbers, got words');
    await expect(pool.run(squares, 3)).resolves.toBe(9);
  });

  it('tells a function of an abort that came before it started', async () => {
    const signal = AbortSignal.abort();
    await expect(pool.run(threadFunction(module, waitForAbort), null, { signal })).resolves.toBe(
      'aborted before',
    );
    await expect(pool.run(threadFunction(module, countUntilAborted), 1, { signal })).resolves.toBe(0);
  });

  it('passes the event of an abort to a function that waits for it', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const progress = () => controller.abort();
    const waiting = pool.run(threadFunction(module, waitForAbort), null, { signal, progress });
    await expect(waiting).resolves.toMatch(/^aborted/);
  });
});

describe('a worker pool', () => {
  it('ends a function in the midst of its computation once the signal fires, its messages having come before', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const count = await runOnThread(threadFunction(module, countUntilAborted), 1000, {
      signal: controller.signal,
      progress: (message) => {
        seen.push(message);
        if (seen.length === 3) controller.abort();
      },
    });
    expect(seen.slice(0, 3)).toEqual([1, 1001, 2001]);
    expect(count).toBeGreaterThan(2000);
  });

  it('runs as many functions at the same time as it has threads, and no more', async () => {
    const pool = new WorkerPool(2);
    const controllers = [0, 1, 2].map(() => new AbortController());
    const started: number[] = [];
    const ends = controllers.map(({ signal }, call) =>
      pool.run(threadFunction(module, waitForAbort), null, { signal, progress: () => started.push(call) }),
    );
    try {
      while (started.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      expect([...started].sort()).toEqual([0, 1]);
      controllers[0].abort();
      await ends[0];
      while (started.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
      for (const controller of controllers) controller.abort();
      await expect(Promise.all(ends)).resolves.toHaveLength(3);
    } finally {
      await pool.close();
    }
  }, 60_000);

  it('rejects what cannot cross threads, a thread that ends, and a function that is not there; others are not concerned', async () => {
    const pool = new WorkerPool(1);
    try {
      await expect(pool.run(failing, 'text')).rejects.toThrow('no error at all');
      await expect(pool.run(failing, 'function')).rejects.toThrow('could not be cloned');
      const takesAll = threadFunction(module, square as (x: unknown) => number);
      await expect(pool.run(takesAll, () => {})).rejects.toThrow('could not be cloned');
      const elsewhere = threadFunction(import.meta.resolve('./threadTasks.ts'), function absent() {});
      await expect(pool.run(elsewhere, null)).rejects.toThrow('exports no function absent');
      const [exit, next] = [pool.run(failing, 'exit'), pool.run(squares, 4)];
      await expect(exit).rejects.toThrow('the thread ended');
      await expect(next).resolves.toBe(16);
    } finally {
      await pool.close();
    }
  }, 60_000);

  it('rejects running and waiting calls when it is closed', async () => {
    const pool = new WorkerPool(1);
    const counting = threadFunction(module, countUntilAborted);
    let close: Promise<void> | undefined;
    const running = pool.run(counting, 1e9, { progress: () => (close = pool.close()) });
    const waiting = pool.run(squares, 2);
    await expect(running).rejects.toThrow('closed');
    await expect(waiting).rejects.toThrow('closed');
    await close;
    await expect(pool.run(squares, 2)).rejects.toThrow('closed');
  }, 60_000);

  it('takes named functions only', () => {
    expect(() =>
      threadFunction(
        module,
        (
          () => (x: number) =>
            x
        )(),
      ),
    ).toThrow(TypeError);
  });
});
