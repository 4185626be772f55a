import { checkInteger, checkLength } from '../base/checks.ts';

/** The line log y = intercept + slope·log x. */
export interface LogLogLine {
  readonly slope: number;
  readonly intercept: number;
  /** Standard error of the slope from the residuals; 0 for two points. */
  readonly standardError: number;
}

/**
 * Fits a power law y = e^intercept · x^slope by least squares in the logarithms.
 *
 * @param x at least 2 positive numbers, not all equal
 * @param y as many positive numbers
 * @throws RangeError for other lengths or a number that is not positive and finite
 */
export function logLogSlope(x: ArrayLike<number>, y: ArrayLike<number>): LogLogLine {
  const n = x.length;
  checkInteger('x.length', n, 2);
  checkLength('y', y, n);
  const u = logarithms('x', x);
  const v = logarithms('y', y);
  let meanU = 0;
  let meanV = 0;
  for (let i = 0; i < n; i++) {
    meanU += u[i] / n;
    meanV += v[i] / n;
  }
  let uu = 0;
  let uv = 0;
  for (let i = 0; i < n; i++) {
    uu += (u[i] - meanU) ** 2;
    uv += (u[i] - meanU) * (v[i] - meanV);
  }
  if (uu === 0) throw new RangeError('x: expected at least two different numbers');
  const slope = uv / uu;
  let residual = 0;
  for (let i = 0; i < n; i++) residual += (v[i] - meanV - slope * (u[i] - meanU)) ** 2;
  const standardError = n > 2 ? Math.sqrt(residual / (n - 2) / uu) : 0;
  return { slope, intercept: meanV - slope * meanU, standardError };
}

function logarithms(name: string, values: ArrayLike<number>): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) {
    if (!(values[i] > 0 && values[i] < Infinity)) {
      throw new RangeError(`${name}[${i}]: expected a positive finite number, got ${values[i]}`);
    }
    out[i] = Math.log(values[i]);
  }
  return out;
}
