/**
 * A smooth function ψ of one variable together with its Gaussian expectations.
 *
 * For ξ ~ N(0, 1), shift m and deviation s ≥ 0, `expectationsInto` writes six numbers:
 *
 *     out[0] = E ψ(m + sξ)     out[1] = E ψ′(m + sξ)      out[2] = E ψ″(m + sξ)
 *     out[3] = E ψ′(m + sξ)ξ   out[4] = E ψ″(m + sξ)ξ     out[5] = E ψ″(m + sξ)ξ²
 *
 * The last three are derivatives in s along the sample path. No entry is computed from another by Stein's lemma, so
 * that the lemma can be tested on them.
 */
export interface RidgeProfile {
  readonly name: string;
  /** ψ, ψ′, ψ″ at t, written to out[0..2]. */
  derivativesInto(out: Float64Array, t: number): Float64Array;
  /** The six expectations above, written to out[0..5]. */
  expectationsInto(out: Float64Array, m: number, s: number): Float64Array;
  /** sup |ψ‴| where it is finite: makes Σ|c|‖ω‖³ sup|ψ‴| a Hessian-Lipschitz constant of Σ c ψ(ω·u). */
  readonly thirdDerivativeBound?: number;
  readonly method: 'closed-form' | 'quadrature';
  /** Summands behind one expectation. */
  readonly summands: number;
  /**
   * Size of what is added up in the expectations, for a rounding bound: at least
   * E (|ψ′| + |ψ″|)(1 + |m| + s|ξ|)(1 + ξ²), where an argument's own rounding is charged to the next derivative.
   */
  magnitude(m: number, s: number): number;
  /** The same profile by coarser rules, for an error estimate; empty where the expectations are exact. */
  readonly coarser: readonly RidgeProfile[];
}

/** ψ = sin, with E sin(m + sξ) = e^{−s²/2} sin m in closed form. */
export const sineProfile: RidgeProfile = {
  name: 'sine',
  method: 'closed-form',
  coarser: [],
  summands: 1,
  magnitude: (m, s) => 4 * (1 + m + 2 * s) * (1 + s * s),
  thirdDerivativeBound: 1,
  derivativesInto(out, t) {
    out[0] = Math.sin(t);
    out[1] = Math.cos(t);
    out[2] = -out[0];
    return out;
  },
  expectationsInto(out, m, s) {
    const damping = Math.exp((-s * s) / 2);
    const sine = damping * Math.sin(m);
    const cosine = damping * Math.cos(m);
    out[0] = sine;
    out[1] = cosine;
    out[2] = -sine;
    out[3] = -s * sine;
    out[4] = -s * cosine;
    out[5] = (s * s - 1) * sine;
    return out;
  },
};

/** Nodes z and weights w of a rule with Σ w h(z) ≈ E h(ξ), ξ ~ N(0, 1). */
export interface GaussianRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * A profile whose expectations are taken by a Gaussian quadrature rule.
 *
 * @param derivativesInto ψ, ψ′, ψ″ at t
 * @param rule exact where ψ″·ξ² is a polynomial of degree below twice its number of nodes
 * @param coarserRules rules of half the nodes, for an error estimate: two that differ by a shift, since the change
 * to one of them vanishes for some integrands; none where `rule` is exact
 */
export function quadratureProfile(
  name: string,
  derivativesInto: RidgeProfile['derivativesInto'],
  rule: GaussianRule,
  coarserRules: readonly GaussianRule[] = [],
): RidgeProfile {
  const { nodes, weights } = rule;
  const local = new Float64Array(3);
  return {
    name,
    method: coarserRules.length === 0 ? 'closed-form' : 'quadrature',
    coarser: coarserRules.map((coarser) => quadratureProfile(name, derivativesInto, coarser)),
    derivativesInto,
    summands: nodes.length,
    magnitude(m, s) {
      let total = 0;
      for (let q = 0; q < nodes.length; q++) {
        const z = Math.abs(nodes[q]);
        derivativesInto(local, m + s * z);
        const above = Math.abs(local[1]) + Math.abs(local[2]);
        derivativesInto(local, m - s * z);
        const below = Math.abs(local[1]) + Math.abs(local[2]);
        total += weights[q] * Math.max(above, below) * (1 + m + s * z) * (1 + z * z);
      }
      return total;
    },
    expectationsInto(out, m, s) {
      out.fill(0);
      for (let q = 0; q < nodes.length; q++) {
        const z = nodes[q];
        const w = weights[q];
        derivativesInto(local, m + s * z);
        out[0] += w * local[0];
        out[1] += w * local[1];
        out[2] += w * local[2];
        out[3] += w * local[1] * z;
        out[4] += w * local[2] * z;
        out[5] += w * local[2] * z * z;
      }
      return out;
    },
  };
}

/** Derivatives of the power t^degree; degree ≥ 1. */
export function powerInto(degree: number): RidgeProfile['derivativesInto'] {
  return (out, t) => {
    out[0] = t ** degree;
    out[1] = degree * t ** (degree - 1);
    out[2] = degree < 2 ? 0 : degree * (degree - 1) * t ** (degree - 2);
    return out;
  };
}

/** Derivatives of the bounded, non-convex loss t²/(1 + t²) (Geman and McClure, 1985). */
export function gemanMcClureInto(out: Float64Array, t: number): Float64Array {
  const q = 1 / (1 + t * t);
  out[0] = t * t * q;
  out[1] = 2 * t * q * q;
  out[2] = (2 - 6 * t * t) * q * q * q;
  return out;
}
