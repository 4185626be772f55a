import { expect, test } from 'vitest';
import { certify, meetsGoal } from '../../../../src/numerics/optimize/certify/certificate.ts';
import type { DescentStep } from '../../../../src/numerics/optimize/optimizer.ts';
import { perturbedDescent } from '../../../../src/numerics/optimize/perturbedDescent.ts';
import { perturbedDescentConstants } from '../../../../src/numerics/optimize/perturbedDescentConstants.ts';
import { trialsNeeded } from '../../../../src/numerics/statistics/trialsNeeded.ts';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';
import { cosineLattice } from './optimizeProblems.ts';

const root = rootStream('optimize.perturbed-descent');

test('the constants are those of Algorithm 2', () => {
  for (let run = 0; run < 50; run++) {
    const stream = root.fork(`constants ${run}`);
    const d = stream.integer(1, 1000);
    const [l, rho, gap] = [0, 0, 0].map(() => Math.exp(stream.gaussian()));
    const [c, delta] = [stream.uniform() ** 2 + 1e-3, 1e-3 + 0.5 * stream.uniform()].map((x) =>
      Math.min(1, x),
    );
    const accuracy = (l * l * stream.uniform()) / rho + 1e-9;
    const constants = perturbedDescentConstants({
      dimension: d,
      gradientLipschitz: l,
      hessianLipschitz: rho,
      accuracy: Math.min(accuracy, (l * l) / rho),
      valueGap: gap,
      failureProbability: delta,
      constant: c,
    });
    const e = Math.min(accuracy, (l * l) / rho);
    // Written a second time from the paper, in another arrangement.
    const chi = Math.max(3 * (Math.log(d * l * gap) - Math.log(c * delta) - 2 * Math.log(e)), 12);
    const close = (got: number, wanted: number): void =>
      expect(Math.abs(got / wanted - 1)).toBeLessThanOrEqual(1e-12);
    close(constants.logFactor, chi);
    close(constants.stepSize * l, c);
    close(constants.perturbationRadius * chi ** 2 * l, Math.sqrt(c) * e);
    close(constants.gradientThreshold * chi ** 2, Math.sqrt(c) * e);
    close((constants.valueThreshold * chi ** 3) ** 2, (c * c * e ** 3) / rho);
    const waiting = (chi * l) / (c * c * Math.sqrt(rho * e));
    expect(Math.abs(constants.waitingSteps - waiting - 0.5)).toBeLessThanOrEqual(0.5 + 1e-12 * waiting);
  }
});

test('values outside their intervals are refused', () => {
  const problem = {
    dimension: 3,
    gradientLipschitz: 1,
    hessianLipschitz: 1,
    accuracy: 0.1,
    valueGap: 1,
    failureProbability: 0.1,
    constant: 1,
  };
  expect(perturbedDescentConstants(problem).logFactor).toBeGreaterThan(0);
  for (const wrong of [{ accuracy: 1.1 }, { accuracy: 0 }, { constant: 1.1 }, { failureProbability: 0 }]) {
    expect(() => perturbedDescentConstants({ ...problem, ...wrong })).toThrow(RangeError);
  }
});

test('from exact saddles, an ε-SOSP comes back on a share 1 − δ of the seeds, always within the bound on steps', () => {
  const failureProbability = 0.05;
  const plan = trialsNeeded({
    asserted: 1 - failureProbability,
    gap: 0.1,
    falseAlarmRate: 1e-9,
    missRate: 1e-3,
  });
  let succeeded = 0;
  for (let run = 0; run < plan.trials; run++) {
    const stream = root.fork(`run ${run}`);
    const n = stream.integer(2, 4);
    const problem = cosineLattice(stream, n);
    const { gradientLipschitz, hessianLipschitz } = problem;
    const accuracy = 0.1;
    const valueGap = problem.objective.value(problem.saddle) - problem.least;
    const options = { gradientLipschitz, hessianLipschitz, valueGap, accuracy, failureProbability };
    const goal = { gradientTolerance: accuracy, curvatureTolerance: Math.sqrt(hessianLipschitz * accuracy) };
    const found = perturbedDescent(options).minimize(stream, problem.objective, problem.saddle, goal);
    expect(found.outcome).toBe('reached');
    const { iterationBound } = perturbedDescentConstants({ dimension: n, constant: 1, ...options });
    expect(found.steps).toBeLessThanOrEqual(iterationBound);
    const certificate = certify(stream, problem.objective, found.point);
    if (certificate.outcome !== 'measured') throw new Error(certificate.outcome);
    if (meetsGoal(certificate, goal) === 'yes') succeeded++;
  }
  expect(succeeded).toBeGreaterThanOrEqual(plan.fewestSuccesses);
});

test('kicks come only at small gradients, waitingSteps apart at least, and are no longer than r', () => {
  for (let run = 0; run < 20; run++) {
    const stream = root.fork(`kicks ${run}`);
    const problem = cosineLattice(stream, 3);
    const { gradientLipschitz, hessianLipschitz, objective } = problem;
    const shared = {
      gradientLipschitz,
      hessianLipschitz,
      valueGap: 20,
      accuracy: 0.1,
      failureProbability: 0.1,
    };
    const constants = perturbedDescentConstants({ dimension: 3, constant: 1, ...shared });
    const trace: { point: Float64Array; gradient: Float64Array }[] = [];
    const keep = (point: Float64Array): void =>
      void trace.push({
        point: Float64Array.from(point),
        gradient: objective.gradientInto(new Float64Array(3), point),
      });
    keep(problem.saddle);
    const goal = { gradientTolerance: 0.1, curvatureTolerance: 0.5 };
    const found = perturbedDescent(shared).minimize(
      stream,
      objective,
      problem.saddle,
      goal,
      ({ point }: DescentStep) => keep(point),
    );
    let lastKick = Number.NEGATIVE_INFINITY;
    let anchor = problem.saddle;
    for (let t = 0; t + 1 < trace.length; t++) {
      const { point, gradient } = trace[t];
      const next = trace[t + 1].point;
      // Distance to the plain gradient step: 0 unless the step began with a kick ξ, then |ξ − η(∇f(x+ξ) − ∇f(x))|.
      const offset = Math.hypot(...point.map((x, i) => next[i] - (x + -constants.stepSize * gradient[i])));
      if (offset === 0) continue;
      expect(Math.hypot(...gradient)).toBeLessThanOrEqual(constants.gradientThreshold);
      expect(t - lastKick).toBeGreaterThan(constants.waitingSteps);
      // ‖I − η∇²f‖ ≤ 2 for η = 1/ℓ.
      expect(offset).toBeLessThanOrEqual(2 * constants.perturbationRadius * (1 + 1e-12));
      lastKick = t;
      anchor = point;
    }
    expect(lastKick).toBeGreaterThanOrEqual(0);
    // The end: exactly waitingSteps after the last kick, f had not fallen by the threshold; x̃ comes back.
    expect(found.steps - lastKick).toBe(constants.waitingSteps);
    expect(found.point).toEqual(anchor);
    const last = objective.value(trace[trace.length - 1].point);
    expect(last - found.value).toBeGreaterThan(-constants.valueThreshold);
  }
});

test('without an accuracy of its own, the method serves the goal it is given', () => {
  const problem = cosineLattice(root.fork('goal'), 3);
  const { gradientLipschitz, hessianLipschitz, objective, saddle, least } = problem;
  const valueGap = objective.value(saddle) - least;
  const method = perturbedDescent({
    gradientLipschitz,
    hessianLipschitz,
    valueGap,
    failureProbability: 1e-9,
  });
  for (const goal of [
    { gradientTolerance: 0.2, curvatureTolerance: 0.2 },
    { gradientTolerance: 0.02, curvatureTolerance: 1 },
  ]) {
    const found = method.minimize(root.fork('goal run'), objective, saddle, goal);
    const certificate = certify(root, objective, found.point);
    if (certificate.outcome !== 'measured') throw new Error(certificate.outcome);
    expect(meetsGoal(certificate, goal)).toBe('yes');
  }
});
