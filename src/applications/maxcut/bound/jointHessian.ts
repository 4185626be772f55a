import { inverseRootTwoPi, normalCdf } from '../../../numerics/statistics/normal.ts';
import type { SmoothedCutObjective } from '../sampler/smoothedCut.ts';
import {
  rowProduct,
  type SmoothedCutWorkspace,
  smoothedCutWorkspace,
  standardizeInto,
} from '../sampler/smoothedCutShape.ts';

/** The derivatives of one edge's P(h_i, h_j, r) up to the second; see `smoothedCutObjective`. */
interface EdgeDerivatives {
  readonly a: number;
  readonly r: number;
  readonly slopeA: number;
  readonly slopeR: number;
  readonly aa: number;
  readonly ab: number;
  readonly ar: number;
  readonly br: number;
  readonly rr: number;
}

/**
 * Bounds the lowest eigenvalue of the full Hessian of a smoothed cut from below, by Gershgorin's circles.
 *
 *     λ_min(∇²f) ≥ min over rows (V and μ) of  H_pp − Σ_{q≠p} |H_pq|
 *
 * Each edge's block is −w Σ_αβ P_αβ ∇α∇βᵀ − w Σ_α P_α ∇²α over the features α, β in {h_i, h_j, r} of its two rows.
 * No eigenvalue is computed, so it works for any n; it is sharp where V ≈ 0 and μ has decided.
 *
 * Guarantee: a bound, not an estimate, up to the rounding of the entries, which `certifyStationary` adds.
 *
 * @param point V then μ, `objective.dimension` entries; not written to
 * Cost: O(m·k²).
 */
export function gershgorinBound(objective: SmoothedCutObjective, point: Float64Array): number {
  const { graph, rank: k, regularization } = objective;
  const { vertexCount: n, offsets, neighbours, weights } = graph;
  const work = smoothedCutWorkspace(n);
  standardizeInto(work, objective, point);
  const size = k + 1;
  const own = new Float64Array(size * size);
  const radius = new Float64Array(size);
  const rows = { i: 0, j: 0, point, k, scale: work.scale, gradients: new Float64Array(4 * size) };
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    own.fill(0);
    radius.fill(0);
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      rows.i = i;
      rows.j = neighbours[p];
      const edge = edgeDerivatives(work, rowProduct(point, k, i, rows.j), i, rows.j);
      featureGradientsInto(rows, edge, work.standard);
      addOwnBlock(own, rows, edge, -weights[p]);
      addRadius(radius, rows, edge, Math.abs(weights[p]));
    }
    for (let p = 0; p < size; p++) {
      let row = own[p * size + p] + (p < k ? 2 * regularization : 0) - radius[p];
      for (let q = 0; q < size; q++) if (q !== p) row -= Math.abs(own[p * size + q]);
      lowest = Math.min(lowest, row);
    }
  }
  return lowest;
}

function edgeDerivatives(
  { scale, standard }: SmoothedCutWorkspace,
  product: number,
  i: number,
  j: number,
): EdgeDerivatives {
  const a = standard[i];
  const b = standard[j];
  const r = product / (scale[i] * scale[j]);
  const inverse = 1 / (1 - r * r);
  const c = (b - r * a) * Math.sqrt(inverse);
  const density = Math.exp(-0.5 * a * a) * inverseRootTwoPi;
  const joint = density * Math.exp(-0.5 * c * c) * inverseRootTwoPi * Math.sqrt(inverse);
  const slopeA = density * (1 - 2 * normalCdf(c));
  const curve = r * inverse + (a * b * (1 + r * r) - r * (a * a + b * b)) * inverse * inverse;
  return {
    a,
    r,
    slopeA,
    slopeR: -2 * joint,
    aa: 2 * r * joint - a * slopeA,
    ab: -2 * joint,
    ar: 2 * joint * (a - r * b) * inverse,
    br: 2 * joint * (b - r * a) * inverse,
    rr: -2 * joint * curve,
  };
}

interface EdgeRows {
  readonly i: number;
  readonly j: number;
  readonly point: Float64Array;
  readonly k: number;
  readonly scale: Float64Array;
  /** ∇h_i and ∇r in (v_i, μ_i), then ∇h_j and ∇r in (v_j, μ_j): four runs of k + 1 entries. */
  readonly gradients: Float64Array;
}

function featureGradientsInto(rows: EdgeRows, { r }: EdgeDerivatives, standard: Float64Array): void {
  const { i, j, point, k, scale, gradients } = rows;
  const size = k + 1;
  const inverses = 1 / (scale[i] * scale[j]);
  for (const [from, one, other] of [
    [0, i, j],
    [2 * size, j, i],
  ]) {
    const square = scale[one] * scale[one];
    for (let q = 0; q < k; q++) {
      const v = point[one * k + q] / square;
      gradients[from + q] = -standard[one] * v;
      gradients[from + size + q] = point[other * k + q] * inverses - r * v;
    }
    gradients[from + k] = 1 / scale[one];
    gradients[from + size + k] = 0;
  }
}

/** own ← own + factor times the second derivatives of P in (v_i, μ_i). */
function addOwnBlock(own: Float64Array, rows: EdgeRows, edge: EdgeDerivatives, factor: number): void {
  const { i, j, point, k, scale, gradients } = rows;
  const { a, r, slopeA, slopeR } = edge;
  const size = k + 1;
  const square = scale[i] * scale[i];
  const inverses = 1 / (scale[i] * scale[j]);
  for (let p = 0; p < size; p++) {
    const ap = gradients[p];
    const rp = gradients[size + p];
    const vp = p < k ? point[i * k + p] / square : 0;
    const up = p < k ? point[j * k + p] : 0;
    for (let q = 0; q < size; q++) {
      const aq = gradients[q];
      const rq = gradients[size + q];
      let entry = edge.aa * ap * aq + edge.ar * (ap * rq + rp * aq) + edge.rr * rp * rq;
      if (p < k && q < k) {
        const vq = point[i * k + q] / square;
        const uq = point[j * k + q];
        const identity = p === q ? 1 / square : 0;
        entry += slopeA * a * (3 * vp * vq - identity);
        entry += slopeR * (r * (3 * vp * vq - identity) - (up * vq + vp * uq) * inverses);
      } else if (p < k || q < k) {
        entry -= (slopeA * (p < k ? vp : point[i * k + q] / square)) / scale[i];
      }
      own[p * size + q] += factor * entry;
    }
  }
}

/** radius ← radius + weight times the absolute row sums of the block of (v_i, μ_i) against (v_j, μ_j). */
function addRadius(radius: Float64Array, rows: EdgeRows, edge: EdgeDerivatives, weight: number): void {
  const { i, j, point, k, scale, gradients } = rows;
  const size = k + 1;
  const squareI = scale[i] * scale[i];
  const squareJ = scale[j] * scale[j];
  const inverses = 1 / (scale[i] * scale[j]);
  for (let p = 0; p < size; p++) {
    const ap = gradients[p];
    const rp = gradients[size + p];
    let sum = 0;
    for (let q = 0; q < size; q++) {
      const bq = gradients[2 * size + q];
      const rq = gradients[3 * size + q];
      let entry = edge.ab * ap * bq + edge.ar * ap * rq + edge.br * rp * bq + edge.rr * rp * rq;
      if (p < k && q < k) {
        const along = (point[j * k + p] * point[j * k + q] * inverses) / squareJ;
        entry += edge.slopeR * ((p === q ? inverses : 0) - along - (point[i * k + p] / squareI) * rq);
      }
      sum += Math.abs(entry);
    }
    radius[p] += weight * sum;
  }
}
