import { expect, test } from 'vitest';
import { compensatedSum } from '../../../../src/numerics/linalg/compensatedSum.ts';
import { binomialTail } from '../../../../src/numerics/statistics/binomialTail.ts';
import { clopperPearson } from '../../../../src/numerics/statistics/clopperPearson.ts';
import { trialsNeeded } from '../../../../src/numerics/statistics/trialsNeeded.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';

const root = rootStream('statistics.binomial');

/** P[X = k] for k = 0 … n by the ratio recurrence from the mode, normalised: positive terms only. */
function probabilities(n: number, p: number): Float64Array {
  const mass = new Float64Array(n + 1);
  if (p === 0 || p === 1) {
    mass[p * n] = 1;
    return mass;
  }
  const mode = Math.min(n, Math.floor((n + 1) * p));
  mass[mode] = 1;
  for (let k = mode; k < n; k++) mass[k + 1] = (mass[k] * (n - k) * p) / ((k + 1) * (1 - p));
  for (let k = mode; k > 0; k--) mass[k - 1] = (mass[k] * k * (1 - p)) / ((n - k + 1) * p);
  const total = compensatedSum(mass);
  return mass.map((entry) => entry / total);
}

/** P[from ≤ X ≤ to] by direct summation, and a bound on its own relative rounding. */
function summed(n: number, p: number, from: number, to: number): number {
  return compensatedSum(probabilities(n, p).subarray(Math.max(0, from), Math.max(0, to + 1)));
}

/** The recurrence makes four roundings a term; the incomplete beta of the library is given 10⁻¹¹. */
function relativeTolerance(n: number): number {
  return 8 * n * Number.EPSILON + 1e-11;
}

test('P[X ≤ s] is the sum of the probabilities up to s', () => {
  for (let run = 0; run < 300; run++) {
    const stream = root.fork(`tail ${run}`);
    const n = stream.integer(0, 2000);
    const p = stream.uniform() ** 3;
    const s = Math.round(n * p + 3 * stream.gaussian() * Math.sqrt(n * p * (1 - p)));
    const direct = summed(n, p, 0, s);
    if (direct < 1e-290) continue;
    expect(Math.abs(binomialTail(n, p, s) / Math.min(1, direct) - 1)).toBeLessThanOrEqual(
      relativeTolerance(n),
    );
  }
});

test('the tail is 0 below 0, 1 from n on, and exact at p = 0 and p = 1', () => {
  expect(binomialTail(5, 0.3, -1)).toBe(0);
  expect(binomialTail(5, 0.3, 5)).toBe(1);
  expect(binomialTail(0, 0.3, 0)).toBe(1);
  expect(binomialTail(5, 0, 0)).toBe(1);
  expect(binomialTail(5, 1, 4)).toBe(0);
});

test('both ends of the interval leave exactly half the error rate outside', () => {
  for (let run = 0; run < 100; run++) {
    const stream = root.fork(`interval ${run}`);
    const n = stream.integer(1, 500);
    const s = stream.integer(0, n);
    const rate = 10 ** (-6 * stream.uniform());
    const { lower, upper } = clopperPearson(s, n, rate);
    const wanted = rate / 2;
    if (s < n)
      expect(Math.abs(summed(n, upper, 0, s) / wanted - 1)).toBeLessThanOrEqual(endTolerance(n, upper));
    else expect(upper).toBe(1);
    if (s > 0)
      expect(Math.abs(summed(n, lower, s, n) / wanted - 1)).toBeLessThanOrEqual(endTolerance(n, lower));
    else expect(lower).toBe(0);
  }
});

/** One rounding of p or of 1 − p moves a tail by a relative n·ε/min(p, 1 − p) at most. */
function endTolerance(n: number, p: number): number {
  return relativeTolerance(n) + (2 * n * Number.EPSILON) / Math.min(p, 1 - p);
}

test('no successes in n trials exclude p above 1 − (α/2)^{1/n}', () => {
  for (const n of [1, 10, 1000]) {
    const known = 1 - (0.05 / 2) ** (1 / n);
    expect(Math.abs(clopperPearson(0, n, 0.05).upper - known)).toBeLessThanOrEqual(1e-11);
  }
});

test('the interval covers the true probability at least at the stated rate, whatever it is', () => {
  const n = 60;
  for (const p of [0.003, 0.1, 0.37, 0.5, 0.99]) {
    const mass = probabilities(n, p);
    const missed = compensatedSum(
      mass.map((weight, s) => {
        const { lower, upper } = clopperPearson(s, n, 0.1);
        return lower <= p && p <= upper ? 0 : weight;
      }),
    );
    expect(missed).toBeLessThanOrEqual(0.1);
  }
});

function randomDesign(run: number, smallestGap: number) {
  const stream = root.fork(`design ${run}`);
  const asserted = stream.uniform() < 0.2 ? 1 : 0.05 + 0.94 * stream.uniform();
  const gap = asserted * (smallestGap + (0.9 - smallestGap) * stream.uniform());
  const falseAlarmRate = 10 ** (-1 - 8 * stream.uniform());
  const missRate = 10 ** (-1 - 4 * stream.uniform());
  return { asserted, gap, falseAlarmRate, missRate };
}

test('both error rates of a plan are what direct summation gives, and are kept', () => {
  for (let run = 0; run < 100; run++) {
    const design = randomDesign(run, 0.05);
    const plan = trialsNeeded(design);
    const { trials: n, fewestSuccesses: s } = plan;
    const falseAlarm = summed(n, design.asserted, 0, s - 1);
    const miss = summed(n, design.asserted - design.gap, s, n);
    const tolerance = relativeTolerance(n);
    expect(Math.abs(plan.falseAlarm - falseAlarm)).toBeLessThanOrEqual(tolerance * falseAlarm);
    expect(Math.abs(plan.miss - miss)).toBeLessThanOrEqual(tolerance * miss);
    expect(falseAlarm).toBeLessThanOrEqual(design.falseAlarmRate * (1 + tolerance));
    expect(miss).toBeLessThanOrEqual(design.missRate * (1 + tolerance));
  }
});

test('no smaller number of trials has a threshold with both rates', () => {
  for (let run = 0; run < 25; run++) {
    const design = randomDesign(run, 0.2);
    const { trials } = trialsNeeded(design);
    for (let n = 1; n < trials; n++) {
      const asserted = probabilities(n, design.asserted);
      const lowered = probabilities(n, design.asserted - design.gap);
      // A higher threshold alarms more and misses less: the highest that may alarm is the best.
      let alarm = 0;
      let s = 0;
      while (s < n && alarm + asserted[s] <= design.falseAlarmRate) alarm += asserted[s++];
      const miss = compensatedSum(lowered.subarray(s));
      expect(miss).toBeGreaterThan(design.missRate * (1 - relativeTolerance(n)));
    }
  }
});

test('a certain event is judged by all trials, as many as a miss allows: (1 − gap)^n ≤ missRate', () => {
  const plan = trialsNeeded({ asserted: 1, gap: 0.01, falseAlarmRate: 1e-9, missRate: 1e-6 });
  const known = Math.ceil(Math.log(1e-6) / Math.log(0.99));
  expect(plan).toMatchObject({ trials: known, fewestSuccesses: known, falseAlarm: 0 });
});

test('designs outside their intervals are refused', () => {
  const design = { asserted: 0.9, gap: 0.1, falseAlarmRate: 1e-3, missRate: 1e-3 };
  for (const wrong of [{ asserted: 1.1 }, { gap: 0.9 }, { gap: 0 }, { falseAlarmRate: 0 }, { missRate: 1 }]) {
    expect(() => trialsNeeded({ ...design, ...wrong })).toThrow(RangeError);
  }
});
