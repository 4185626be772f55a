import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultSeed, profiles } from '../../../../src/papers/claims/settings.ts';
import { environmentOf, type RunRequest, readRequest } from '../../../../src/papers/run/request.ts';

const read = (value: unknown): RunRequest => readRequest({ CLAIMS: JSON.stringify(value) });
const usual = { profile: 'quick', seed: defaultSeed } as const;

describe('the request of a run', () => {
  test('is the quick profile, the seed of the paper and the usual evidence where nothing is said', () => {
    const whole = { ...usual, evidence: 'reports/evidence.json' };
    expect(readRequest({})).toStrictEqual(whole);
    expect(readRequest({ CLAIMS: '' })).toStrictEqual(whole);
    expect(read({})).toStrictEqual(usual);
  });

  test('reaches a process as it was made, and nothing of its environment gets into it', () => {
    const text = fc.string({ minLength: 1 });
    const count = fc.integer({ min: 1, max: 999_999_999 });
    const requests = fc.record(
      {
        profile: fc.constantFrom(...profiles),
        seed: text,
        runs: count,
        shrinks: fc.oneof(fc.constant(0), count),
        withoutExhibits: fc.boolean(),
        claim: text,
        replay: text,
        sabotage: text,
        evidence: text,
        journal: text,
        resume: fc.boolean(),
        blob: text,
      },
      { requiredKeys: ['profile', 'seed'], noNullPrototype: true },
    );
    fc.assert(
      fc.property(requests, requests, (request, other) => {
        expect(readRequest({ ...environmentOf(other), ...environmentOf(request) })).toStrictEqual(request);
      }),
    );
  });

  test('is refused in one line where a field does not exist or has no such value', () => {
    const refused: readonly [unknown, RegExp][] = [
      [{ profile: 'slow' }, /^CLAIMS: expected .*, got profile: .*smoke.*quick.*full/],
      [{ seed: '' }, /seed/],
      [{ runs: 0 }, /runs: expected an integer from 1 to 999999999/],
      [{ runs: '7' }, /runs/],
      [{ runs: 1.5 }, /runs/],
      [{ runs: 1e9 }, /runs/],
      [{ shrinks: -1 }, /shrinks: expected an integer from 0 to 999999999/],
      [{ sed: '7' }, /"sed"/],
      [7, /object/],
      [null, /object/],
    ];
    for (const [value, line] of refused) expect(() => read(value)).toThrow(line);
    expect(() => readRequest({ CLAIMS: 'seed=7' })).toThrow(/^CLAIMS: expected .* as JSON, got "seed=7"$/);
  });
});
