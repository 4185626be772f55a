/**
 * Kernels on vectors: no checks, no allocation. All vectors of one call have the same length.
 */

/** Inner product Σ aᵢ bᵢ, summed in order. */
export function dot(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  let total = 0;
  for (let i = 0; i < n; i++) total += a[i] * b[i];
  return total;
}

/** Euclidean length √(Σ aᵢ²); overflows where Σ aᵢ² does. */
export function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

/** out ← out + scale·x. Returns `out`, which may be `x`. */
export function axpyInto(out: Float64Array, scale: number, x: Float64Array): Float64Array {
  const n = out.length;
  for (let i = 0; i < n; i++) out[i] += scale * x[i];
  return out;
}

/** out ← scale·x. Returns `out`, which may be `x`. */
export function scaleInto(out: Float64Array, scale: number, x: Float64Array): Float64Array {
  const n = out.length;
  for (let i = 0; i < n; i++) out[i] = scale * x[i];
  return out;
}

/** out ← x + scale·direction. Returns `out`, which may be `x` or `direction`. */
export function alongInto(
  out: Float64Array,
  x: Float64Array,
  scale: number,
  direction: Float64Array,
): Float64Array {
  const n = out.length;
  for (let i = 0; i < n; i++) out[i] = x[i] + scale * direction[i];
  return out;
}

/** out ← a − b. Returns `out`, which may be `a` or `b`. */
export function differenceInto(out: Float64Array, a: Float64Array, b: Float64Array): Float64Array {
  const n = out.length;
  for (let i = 0; i < n; i++) out[i] = a[i] - b[i];
  return out;
}

/** Whether every entry is finite. */
export function allFinite(a: ArrayLike<number>): boolean {
  const n = a.length;
  for (let i = 0; i < n; i++) if (!Number.isFinite(a[i])) return false;
  return true;
}
