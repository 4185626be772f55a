import { smoothRelu } from '../../../../src/applications/networks/model/activations.ts';
import { boundedActivations, type JointDomainOptions, smoothLosses } from './jointNetworks.ts';
import { deepActivations, shallowActivations, teachers } from './networks.ts';

/** Polynomial units too, and as wide as 6. */
export const oneLayer: JointDomainOptions = {
  depth: [1, 1],
  first: [2, 6],
  ignored: [1, 2],
  exponents: [1, 3],
  activations: shallowActivations,
};

export const fewIgnored: JointDomainOptions = {
  depth: [2, 6],
  first: [2, 6],
  ignored: [1, 2],
  exponents: [1, 3],
};

export const tensIgnored: JointDomainOptions = {
  depth: [1, 6],
  first: [1, 2],
  ignored: [10, 99],
  exponents: [1, 3],
};

export const hundredsIgnored: JointDomainOptions = { ...tensIgnored, ignored: [100, 784] };

/** Whose certificates can be proven end to end. */
export const enclosed: JointDomainOptions = {
  ...tensIgnored,
  depth: [2, 6],
  ignored: [2, 400],
  activations: boundedActivations,
  provenOnly: true,
};

/** Whose L and K exist over all parameters. */
export const withConstants: JointDomainOptions = {
  ...tensIgnored,
  depth: [1, 2],
  ignored: [2, 99],
  exponents: [1, 1.5],
  activations: boundedActivations,
  losses: smoothLosses,
  squashed: true,
};

const oneDirection = { tanh: teachers.tanh, 'He₂': teachers['He₂'] };

export const wide: JointDomainOptions = {
  depth: [1, 1],
  first: [64, 64],
  ignored: [1, 1],
  exponents: [1, 2],
  activations: boundedActivations,
  losses: smoothLosses,
  teachers: oneDirection,
};

/** What every method can finish. */
export const moderate: JointDomainOptions = {
  depth: [1, 4],
  first: [1, 2],
  ignored: [1, 60],
  exponents: [0.7, 1.7],
  activations: boundedActivations,
  losses: smoothLosses,
};

/** What noisy descent with steps of 0.2 finishes: bounded labels keep the curvature below 2/0.2. */
export const gentle: JointDomainOptions = {
  ...moderate,
  depth: [1, 3],
  first: [1, 1],
  exponents: [0.7, 1.2],
  teachers: { tanh: teachers.tanh, 'two tanh': teachers['two tanh'] },
};

/** What perturbed descent finishes at λ down to 10⁻⁴; γ = 1.8λ as far as the lemma allows. */
export const tiny: JointDomainOptions = {
  depth: [3, 6],
  first: [1, 1],
  ignored: [2, 99],
  exponents: [2, 4],
  activations: boundedActivations,
  losses: smoothLosses,
  teachers: { tanh: teachers.tanh },
  relevantPerAxis: 4,
  nodesPerAxis: 8,
  curvature: 1.8,
};

/** Of smoothed ReLUs with one of two sharpnesses. */
export function smoothedRelu(one: number, other: number): JointDomainOptions {
  return {
    depth: [1, 3],
    first: [1, 2],
    ignored: [1, 99],
    exponents: [1, 2],
    activations: { [`ι = ${one}`]: smoothRelu(one), [`ι = ${other}`]: smoothRelu(other) },
    losses: smoothLosses,
  };
}

/** More units than the teacher has directions. */
export const threeUnits: JointDomainOptions = {
  depth: [1, 4],
  first: [3, 5],
  ignored: [1, 2],
  exponents: [1, 2.5],
  activations: deepActivations,
};

export const twoUnits: JointDomainOptions = {
  ...threeUnits,
  first: [2, 2],
  ignored: [10, 99],
  teachers: oneDirection,
};
