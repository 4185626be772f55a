/**
 * Gradient of the mean squared loss of a tanh network with one hidden layer, by plain loops: the yardstick that
 * blocked products are measured against.
 *
 * @param parameters W (h·d, row-major), b (h), a (h), c
 * @param inputs n·d, row-major
 * @returns the gradient in the same layout
 */
export function plainGradient(
  parameters: Float64Array,
  inputs: Float64Array,
  labels: Float64Array,
  width: number,
): Float64Array {
  const n = labels.length;
  const h = width;
  const d = inputs.length / n;
  const out = new Float64Array(parameters.length);
  const hidden = new Float64Array(n * h);
  for (let s = 0; s < n; s++) {
    let p = parameters[h * d + 2 * h];
    for (let i = 0; i < h; i++) {
      let z = parameters[h * d + i];
      for (let j = 0; j < d; j++) z += parameters[i * d + j] * inputs[s * d + j];
      const t = Math.tanh(z);
      hidden[s * h + i] = t;
      p += parameters[h * d + h + i] * t;
    }
    const g = (2 * (p - labels[s])) / n;
    out[h * d + 2 * h] += g;
    for (let i = 0; i < h; i++) {
      const t = hidden[s * h + i];
      out[h * d + h + i] += g * t;
      const slope = g * parameters[h * d + h + i] * (1 - t * t);
      out[h * d + i] += slope;
      for (let j = 0; j < d; j++) out[i * d + j] += slope * inputs[s * d + j];
    }
  }
  return out;
}
