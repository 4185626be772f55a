import { lemmaBound } from '../../../lemma/lemmaBound.ts';
import { type LemmaCertificate, lemmaCertificate } from '../../../lemma/lemmaCertificate.ts';
import { expectationSafety } from '../../../lemma/randomizedObjective.ts';
import { certify } from '../../../numerics/optimize/certify/certificate.ts';
import { hessianBlock } from '../../../numerics/optimize/certify/hessianBlock.ts';
import type { RandomStream } from '../../../numerics/random/stream.ts';
import { networkLayout } from '../model/networkLayout.ts';
import { type EnclosedRisk, type EnclosedRiskOptions, enclosedRisk } from '../risk/enclosedRisk.ts';
import { gaussianRisk, reducedParameters } from '../risk/gaussianRisk.ts';
import type { NetworkRisk } from '../risk/networkRisk.ts';
import { squashed, squashedParameters } from '../risk/squashedRisk.ts';

/** The network whose stationary point is to be certified. */
export interface JointProblem extends EnclosedRiskOptions {
  /** Nodes an axis of the rule whose error is estimated, where no bound is proven. */
  readonly nodesPerAxis: number;
  /** B, where deeper weights w enter as B·sin(w/B). @defaultValue not squashed */
  readonly weightBound?: number;
  /** K, where one is known. */
  readonly hessianLipschitz?: number;
}

/** What is certain about a point, jointly in all parameters. */
export interface JointCertificate {
  readonly outcome: 'certified';
  /** The lemma's own numbers: the W⊥-gradient and the Hessian block of b. */
  readonly lemma: LemmaCertificate;
  /** ‖∇f‖ over all parameters is at most this. */
  readonly gradientNorm: number;
  /** λ_min(∇²f) over all parameters is at least this. */
  readonly lowestCurvature: number;
  /** ρ/(2λ − γ) with ρ and γ of the two numbers above. */
  readonly bound: number;
  /**
   * ρ/(2λ − √(Kρ)) with the smallest ρ of which the point is a ρ-second-order stationary point: the paper's form.
   * Absent where no K is known.
   */
  readonly paperBound?: number;
  /** `proven`: no number in it is an estimate. */
  readonly proof: 'proven' | 'estimated';
}

/** Errors asked of an enclosure, before the point is known. */
const enclosureTolerance = 1e-10;

/**
 * Certifies a point as second-order stationary, jointly in all parameters, with Theorem 4.1's bounds at it.
 *
 * In directions of W⊥ beyond its own row space the Hessian is E∇²_z ℓ + 2λ, whatever d is; the rest of it is that of the
 * reduced network, whose eigenvalues are dense up to 300 parameters.
 *
 * Guarantee: with `proven`, ‖∇f‖ ≤ gradientNorm and λ_min ≥ lowestCurvature hold for the expectation itself: the
 * quadrature's error is bounded in a strip of analyticity. With `estimated` it is twice the change to twice the nodes.
 *
 * @param x parameters laid out for the network's d inputs
 * @returns the outcome of what failed, where something did
 * Source: Tsikouras et al., arXiv 2510.19382v2, Definition 2.2 and Theorem 4.1.
 */
export function jointCertificate(
  stream: RandomStream,
  problem: JointProblem,
  x: Float64Array,
): JointCertificate | { readonly outcome: 'non-finite' | 'breakdown' | 'too-large' } {
  const { weightBound, hessianLipschitz, regularization } = problem;
  const reduced = reducedAt(problem, x);
  if (reduced === undefined) return { outcome: 'too-large' };
  const { risk, point, errors, outside, proof } = reduced;
  const lemma = lemmaCertificate(risk, point);
  if (lemma.outcome !== 'certified') return { outcome: lemma.outcome };
  const measured = certify(stream, risk, point);
  if (measured.outcome !== 'measured') return measured;
  const gradientNorm = measured.gradientNorm + errors.gradient;
  // A squashed weight carries the error of a gradient into the Hessian, by at most 1/B.
  const curvatureError = errors.hessian + (weightBound === undefined ? 0 : errors.gradient / weightBound);
  const inside = measured.curvature.atLeast - curvatureError;
  const beyond = lemma.lowestShiftCurvature - lemma.curvatureError + 2 * regularization;
  const lowestCurvature = outside > 0 ? Math.min(inside, beyond) : inside;
  const deficit = Math.max(0, -lowestCurvature);
  if (!Number.isFinite(gradientNorm) || !Number.isFinite(deficit)) return { outcome: 'non-finite' };
  return {
    outcome: 'certified',
    lemma,
    gradientNorm,
    lowestCurvature,
    bound: lemmaBound(gradientNorm, deficit, regularization),
    ...(hessianLipschitz === undefined
      ? {}
      : { paperBound: paperForm(gradientNorm, deficit, hessianLipschitz, regularization) }),
    proof: measured.curvature.rigorous ? proof : 'estimated',
  };
}

/** ρ/(2λ − √(Kρ)), ρ = max(‖∇f‖, γ²/K). */
function paperForm(gradientNorm: number, deficit: number, hessianLipschitz: number, lambda: number): number {
  const rho = Math.max(gradientNorm, deficit ** 2 / hessianLipschitz);
  return lemmaBound(rho, Math.sqrt(hessianLipschitz * rho), lambda);
}

interface Reduced extends EnclosedRisk {
  readonly proof: 'proven' | 'estimated';
}

/** The reduced network at the point, enclosed where that can be, before or after squashing as the problem says. */
function reducedAt(problem: JointProblem, x: Float64Array): Reduced | undefined {
  const { weightBound, deeperRegularization = 0, frozen = [] } = problem;
  const layout = networkLayout(problem.inputDimension, problem.relevantDimension, problem.widths);
  if (weightBound === undefined) return plainAt(problem, x);
  const found = plainAt({ ...problem, deeperRegularization: 0 }, squashedParameters(layout, weightBound, x));
  if (found === undefined) return undefined;
  const point = found.point.slice();
  point.set(x.subarray(layout.shift.start), found.risk.shift.start);
  const risk = squashed(found.risk, { weightBound, deeperRegularization, frozen });
  return { ...found, risk, point };
}

function plainAt(problem: JointProblem, x: Float64Array): Reduced | undefined {
  const enclosed = enclosedRisk(problem, x, enclosureTolerance);
  if (enclosed !== undefined && Number.isFinite(enclosed.errors.hessian)) {
    return { ...enclosed, proof: 'proven' };
  }
  return estimatedAt(problem, x);
}

/** Largest reduced network whose whole Hessian is compared between two rules. */
const densest = 300;

/** The reduced network by a rule of fixed size, with errors by the change to twice the nodes. */
function estimatedAt(problem: JointProblem, x: Float64Array): Reduced | undefined {
  const {
    inputDimension,
    relevantDimension: k,
    widths,
    nodesPerAxis,
    hessianLipschitz: _,
    ...rest
  } = problem;
  const axes = Math.min(widths[0], inputDimension - k);
  const build = (perAxis: number) =>
    gaussianRisk({ ...rest, widths, inputDimension: k + axes, relevantDimension: k, nodesPerAxis: perAxis });
  const risk = build(nodesPerAxis);
  if (risk.dimension > densest) return undefined;
  const point = reducedParameters(networkLayout(inputDimension, k, widths), x);
  const finer = build(2 * nodesPerAxis);
  const { weightGradient, shiftHessian } = risk.expectationErrorAt(point);
  const [gradient, hessian] = changes(risk, finer, point);
  return {
    risk,
    point,
    errors: { weightGradient, shiftHessian, gradient, hessian },
    outside: inputDimension - k - axes,
    proof: 'estimated',
  };
}

/** Twice the change of ∇f and, in Frobenius norm, of ∇²f. */
function changes(one: NetworkRisk, two: NetworkRisk, x: Float64Array): readonly [number, number] {
  const n = one.dimension;
  const first = one.gradientInto(new Float64Array(n), x);
  const second = two.gradientInto(new Float64Array(n), x);
  const [a, b] = [hessianBlock(one, x, 0, n), hessianBlock(two, x, 0, n)];
  if (a.outcome !== 'evaluated' || b.outcome !== 'evaluated') return [Infinity, Infinity];
  return [distance(first, second), distance(a.matrix, b.matrix)];
}

function distance(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i] - b[i]) ** 2;
  return expectationSafety * Math.sqrt(total);
}
