import { dot } from '../../../../src/numerics/linalg/vectors.ts';
import type { Objective } from '../../../../src/numerics/optimize/objective.ts';
import { gaussianInto } from '../../../../src/numerics/random/fills.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';

/** An objective about which everything is known beforehand. */
export interface KnownProblem {
  readonly objective: Objective;
  /** Smallest value: every second-order stationary point has it. */
  readonly least: number;
  /** A point with zero gradient (to rounding) and a negative curvature of size 1/2 or more. */
  readonly saddle: Float64Array;
  readonly gradientLipschitz: number;
  readonly hessianLipschitz: number;
}

/** Curvature at every minimum is at least this in all directions, and at all other stationary points −this in one. */
export const strictness = 0.25;

/** A random rotation's rows, by Gram–Schmidt, twice. */
export function rotation(stream: RandomStream, n: number): Float64Array[] {
  const rows: Float64Array[] = [];
  for (let i = 0; i < n; i++) {
    const row = gaussianInto(new Float64Array(n), stream);
    for (let pass = 0; pass < 2; pass++) {
      for (const other of rows) {
        const part = dot(row, other);
        for (let k = 0; k < n; k++) row[k] -= part * other[k];
      }
      const length = Math.sqrt(dot(row, row));
      for (let k = 0; k < n; k++) row[k] /= length;
    }
    rows.push(row);
  }
  return rows;
}

/** f(x) = Σ φ_i((Qx)_i) for one-dimensional functions φ_i and a rotation Q. */
function rotatedSum(
  rows: readonly Float64Array[],
  value: (i: number, t: number) => number,
  first: (i: number, t: number) => number,
  second: (i: number, t: number) => number,
): Objective {
  const n = rows.length;
  const addRows = (out: Float64Array, weight: (i: number) => number): Float64Array => {
    out.fill(0);
    for (let i = 0; i < n; i++) {
      const w = weight(i);
      for (let k = 0; k < n; k++) out[k] += w * rows[i][k];
    }
    return out;
  };
  return {
    dimension: n,
    value: (x) => rows.reduce((total, row, i) => total + value(i, dot(row, x)), 0),
    gradientInto: (out, x) => addRows(out, (i) => first(i, dot(rows[i], x))),
    hessianVectorInto: (out, x, d) => addRows(out, (i) => second(i, dot(rows[i], x)) * dot(rows[i], d)),
  };
}

/**
 * f(x) = Σ a_i cos((Qx)_i), a_i in [1/2, 2]: trigonometric, with Lipschitz constants max a_i. Minima have value
 * −Σ a_i, all other stationary points curvature of size min a_i or more. At 0 all curvatures are negative; the
 * saddle given has half of its coordinates at a minimum.
 */
export function cosineLattice(stream: RandomStream, n: number): KnownProblem {
  const a = Float64Array.from({ length: n }, () => 0.5 + 1.5 * stream.uniform());
  const rows = rotation(stream, n);
  const saddle = new Float64Array(n);
  for (let i = 0; i < n; i += 2) if (i + 1 < n) for (let k = 0; k < n; k++) saddle[k] += Math.PI * rows[i][k];
  const largest = a.reduce((best, entry) => Math.max(best, entry), 0);
  return {
    objective: rotatedSum(
      rows,
      (i, t) => a[i] * Math.cos(t),
      (i, t) => -a[i] * Math.sin(t),
      (i, t) => -a[i] * Math.cos(t),
    ),
    least: -a.reduce((total, entry) => total + entry, 0),
    saddle,
    gradientLipschitz: largest,
    hessianLipschitz: largest,
  };
}

/**
 * f(x) = ½ xᵀAx + ¼‖x‖⁴, a polynomial. A's lowest eigenvalue λ₁ is in [−2, −1/2], the others in [λ₁ + 1/4, 2].
 * Stationary points are 0 and ±√(−λ)·v for negative eigenpairs; only those of λ₁ are second-order, with value −λ₁²/4
 * and curvatures −2λ₁ and λ − λ₁. The saddle given is 0. Lipschitz constants hold on the ball of radius 3.
 */
export function saddleQuartic(stream: RandomStream, n: number): KnownProblem {
  const lowest = -0.5 - 1.5 * stream.uniform();
  const second = lowest + strictness;
  const lambda = Float64Array.from({ length: n }, (_, i) =>
    i === 0 ? lowest : second + (2 - second) * stream.uniform(),
  );
  const rows = rotation(stream, n);
  const quadratic = rotatedSum(
    rows,
    (i, t) => (lambda[i] * t * t) / 2,
    (i, t) => lambda[i] * t,
    (i) => lambda[i],
  );
  return {
    objective: {
      dimension: n,
      value: (x) => quadratic.value(x) + dot(x, x) ** 2 / 4,
      gradientInto: (out, x) => {
        quadratic.gradientInto(out, x);
        const square = dot(x, x);
        for (let k = 0; k < n; k++) out[k] += square * x[k];
        return out;
      },
      hessianVectorInto: (out, x, d) => {
        quadratic.hessianVectorInto(out, x, d);
        const square = dot(x, x);
        const along = 2 * dot(x, d);
        for (let k = 0; k < n; k++) out[k] += square * d[k] + along * x[k];
        return out;
      },
    },
    least: -(lowest ** 2) / 4,
    saddle: new Float64Array(n),
    gradientLipschitz: 2 + 3 * 9,
    hessianLipschitz: 6 * 3,
  };
}

export const problemFamilies = { cosineLattice, saddleQuartic } as const;
