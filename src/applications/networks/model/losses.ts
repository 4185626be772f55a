/**
 * A smooth loss ℓ(p, y) of a prediction p and a label y, with two derivatives in p.
 *
 * `suprema` bounds |∂ℓ/∂p|, |∂²ℓ/∂p²|, |∂³ℓ/∂p³| over all p for labels of size at most 1 (labels enter only
 * through p − y, or for the logistic loss are ±1); `Infinity` where there is no bound.
 */
export interface Loss {
  readonly name: string;
  readonly convex: boolean;
  /** Whether labels must be −1 or 1. */
  readonly binaryLabels: boolean;
  readonly suprema: readonly [number, number, number];
  /** ℓ(p, y). */
  value(prediction: number, label: number): number;
  /** ∂ℓ/∂p. */
  first(prediction: number, label: number): number;
  /** ∂²ℓ/∂p². */
  second(prediction: number, label: number): number;
}

/** (p − y)². */
export const squared: Loss = {
  name: 'squared',
  convex: true,
  binaryLabels: false,
  suprema: [Infinity, 2, 0],
  value: (p, y) => (p - y) * (p - y),
  first: (p, y) => 2 * (p - y),
  second: () => 2,
};

/** log(1 + e^{−yp}) for y = ±1. */
export const logistic: Loss = {
  name: 'logistic',
  convex: true,
  binaryLabels: true,
  // With s the sigmoid: s, s(1 − s), s(1 − s)(1 − 2s).
  suprema: [1, 1 / 4, 1 / (6 * Math.sqrt(3))],
  value: (p, y) => {
    const m = y * p;
    return (m < 0 ? -m : 0) + Math.log1p(Math.exp(-Math.abs(m)));
  },
  first: (p, y) => {
    const m = y * p;
    const e = Math.exp(-Math.abs(m));
    return (-y * (m >= 0 ? e : 1)) / (1 + e);
  },
  second: (p, y) => {
    const e = Math.exp(-Math.abs(y * p));
    return (y * y * e) / ((1 + e) * (1 + e));
  },
};

/** √(1 + (p − y)²) − 1. */
export const pseudoHuber: Loss = {
  name: 'pseudo-huber',
  convex: true,
  binaryLabels: false,
  // |ℓ'''| = 3|r|(1 + r²)^{−5/2} peaks at r = 1/2.
  suprema: [1, 1, 1.5 * 1.25 ** -2.5],
  value: (p, y) => {
    const r = p - y;
    // r²/(√(1 + r²) + 1) does not cancel near r = 0.
    return (r * r) / (Math.sqrt(1 + r * r) + 1);
  },
  first: (p, y) => (p - y) / Math.sqrt(1 + (p - y) * (p - y)),
  second: (p, y) => (1 + (p - y) * (p - y)) ** -1.5,
};

/** log cosh(p − y). */
export const logCosh: Loss = {
  name: 'log-cosh',
  convex: true,
  binaryLabels: false,
  suprema: [1, 1, 4 / (3 * Math.sqrt(3))],
  value: (p, y) => {
    const r = Math.abs(p - y);
    return r + Math.log1p(Math.expm1(-2 * r) / 2);
  },
  first: (p, y) => Math.tanh(p - y),
  second: (p, y) => {
    const t = Math.tanh(p - y);
    return 1 - t * t;
  },
};

/** Geman–McClure: r²/(1 + r²), r = p − y. Bounded and not convex: the curvature is negative for r² > 1/3. */
export const gemanMcClure: Loss = {
  name: 'geman-mcclure',
  convex: false,
  binaryLabels: false,
  // ℓ' = 2r/(1 + r²)² peaks at r² = 1/3; ℓ''' = 24 r(r² − 1)/(1 + r²)⁴ at r² = 1 − 2/√5.
  suprema: [(3 * Math.sqrt(3)) / 8, 2, gemanMcClureThird(Math.sqrt(1 - 2 / Math.sqrt(5)))],
  value: (p, y) => ((p - y) * (p - y)) / (1 + (p - y) * (p - y)),
  first: (p, y) => (2 * (p - y)) / (1 + (p - y) * (p - y)) ** 2,
  second: (p, y) => (2 - 6 * (p - y) * (p - y)) / (1 + (p - y) * (p - y)) ** 3,
};

/** 1 − cos(p − y): labels are angles. Bounded and not convex: the curvature is −1 opposite the label. */
export const angular: Loss = {
  name: 'angular',
  convex: false,
  binaryLabels: false,
  suprema: [1, 1, 1],
  // 2 sin²(r/2) does not cancel near r = 0.
  value: (p, y) => 2 * Math.sin((p - y) / 2) ** 2,
  first: (p, y) => Math.sin(p - y),
  second: (p, y) => Math.cos(p - y),
};

function gemanMcClureThird(r: number): number {
  return Math.abs(24 * r * (r * r - 1)) / (1 + r * r) ** 4;
}

/** Every loss by name. */
export const losses: ReadonlyMap<string, Loss> = new Map(
  [squared, logistic, pseudoHuber, logCosh, gemanMcClure, angular].map((loss) => [loss.name, loss]),
);
