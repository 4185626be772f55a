import { shiftHessian } from '../../../../src/applications/maxcut/bound/cutCertificate.ts';
import { solveSemidefinite } from '../../../../src/applications/maxcut/bound/semidefinite.ts';
import type { smoothedCutObjective } from '../../../../src/applications/maxcut/sampler/smoothedCut.ts';
import { symmetricEigen } from '../../../../src/numerics/linalg/symmetricEigen.ts';
import { sphereInto } from '../../../../src/numerics/random/fills.ts';

export type VectorKind = 'relaxation' | 'random' | 'antipodal' | 'all alike';

/** Unit vectors of the graph: those of the relaxation, random ones in space, ±1 on a line, or one for all. */
export function unitVectors(
  stream: Parameters<typeof solveSemidefinite>[0],
  graph: Parameters<typeof solveSemidefinite>[1],
  kind: VectorKind,
): Float64Array {
  if (kind === 'relaxation') return solveSemidefinite(stream, graph).vectors;
  if (kind === 'all alike') return new Float64Array(graph.vertexCount).fill(1);
  if (kind === 'antipodal') {
    return Float64Array.from({ length: graph.vertexCount }, () => (stream.uniform() < 0.5 ? -1 : 1));
  }
  const vectors = new Float64Array(3 * graph.vertexCount);
  for (let i = 0; i < graph.vertexCount; i++) sphereInto(vectors.subarray(3 * i, 3 * i + 3), stream);
  return vectors;
}

/** Gradient descent with a fixed small step and no noise. */
export function plainDescent(
  objective: ReturnType<typeof smoothedCutObjective>,
  start: Float64Array,
  steps: number,
): Float64Array {
  const point = Float64Array.from(start);
  const gradient = new Float64Array(point.length);
  for (let step = 0; step < steps; step++) {
    objective.gradientInto(gradient, point);
    for (let c = 0; c < point.length; c++) point[c] -= 0.01 * gradient[c];
  }
  return point;
}

/** The lowest eigenvalue of ∇²_μ f, dense, and its error. */
export function lowestShiftEigenvalue(
  objective: ReturnType<typeof smoothedCutObjective>,
  point: Float64Array,
) {
  const { graph } = objective;
  const n = graph.vertexCount;
  const { diagonal, offDiagonal } = shiftHessian(objective, point);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    matrix[i * n + i] = diagonal[i];
    for (let p = graph.offsets[i]; p < graph.offsets[i + 1]; p++) {
      const j = graph.neighbours[p];
      // Both triangles get the upper one's value: the two were rounded apart.
      if (j > i) matrix[i * n + j] = matrix[j * n + i] = offDiagonal[p];
    }
  }
  const eigen = symmetricEigen(matrix, n);
  if (eigen.outcome !== 'decomposed') return { value: Number.NaN, error: 0 };
  return { value: eigen.values[0], error: eigen.error + objective.expectationErrorAt(point).shiftHessian };
}
