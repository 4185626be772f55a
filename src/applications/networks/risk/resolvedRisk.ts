import type { NodeSet } from '../../../lemma/nodeExpectation.ts';
import { gaussianTrapezoid } from '../../../numerics/quadrature/gaussianTrapezoid.ts';
import { networkLayout } from '../model/networkLayout.ts';
import { type EnclosedRiskOptions, principalAxes } from './enclosedRisk.ts';
import { type NetworkRisk, networkRisk } from './networkRisk.ts';
import { crossedNodes } from './productNodes.ts';

/** The risk at one point by rules that resolve it, in the principal axes of W⊥. */
export interface ResolvedRisk {
  readonly risk: NetworkRisk;
  /** (UΣ, …), W⊥ = UΣVᵀ. */
  readonly point: Float64Array;
}

/** Steps of the trapezoidal rule along an axis of deviation 1 or less, in units of the input: of one axis, of more. */
const widestSteps = [0.05, 0.3] as const;
/** Steps of the rules that tell the error, in units of its own. */
const widening = 1.25;

/**
 * Builds the risk at a point for x⊥ ~ N(0, I) with steps that are inverse to the singular values of W⊥.
 *
 * Poles of an activation lie at a distance inverse to the singular value of their axis, and the trapezoidal rule's
 * error falls as e^{−2π·distance/step}: with the step in proportion it is about e^{−2π·(π/2)/0.3} = 5·10⁻¹⁵ for one
 * layer of tanh, and more where layers amplify. Along a single axis nodes are cheap, and the step is a sixth of that.
 *
 * Guarantee: the error is estimated by the changes to rules of 5/4 of the step, one of them shifted by half of it.
 *
 * Cost: 59·max(1, σ) nodes an axis, 354·max(1, σ) on a single one: for one or two axes.
 */
export function resolvedRisk(options: EnclosedRiskOptions, x: Float64Array): ResolvedRisk {
  const { relevantLaw, ...rest } = options;
  const layout = networkLayout(options.inputDimension, options.relevantDimension, options.widths);
  const { axes, columns, deviations } = principalAxes(layout, x);
  const k = options.relevantDimension;
  const widest = widestSteps[axes > 1 ? 1 : 0];
  const rule = (factor: number, offset: number): NodeSet => {
    let nodes: NodeSet = relevantLaw;
    for (let j = 0; j < axes; j++) {
      const step = (factor * widest) / Math.max(1, deviations[j]);
      const axis = gaussianTrapezoid(step, offset * step);
      nodes = crossedNodes(nodes, k + j, { points: axis.nodes, weights: axis.weights }, 1);
    }
    return nodes;
  };
  const risk = networkRisk({
    ...rest,
    inputDimension: k + axes,
    nodes: rule(1, 0),
    refinedNodes: rule(widening, 0),
    alternateNodes: rule(widening, 0.5),
  });
  const point = new Float64Array(risk.dimension);
  point.set(columns);
  point.set(x.subarray(layout.shift.start), risk.shift.start);
  return { risk, point };
}
