import { smoothRelu, tanh } from '../../../../src/applications/networks/model/activations.ts';
import { logCosh, pseudoHuber } from '../../../../src/applications/networks/model/losses.ts';
import { enclosedRisk } from '../../../../src/applications/networks/risk/enclosedRisk.ts';
import { gaussianGrid } from '../../../../src/numerics/quadrature/gaussianGrid.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Certificate } from '../../../../src/papers/claims/exhibit.ts';
import { trustedMethod } from './jointMethods.ts';
import { type JointInstance, jointInstance } from './jointNetworks.ts';
import { discovery, networkInstance, teachers } from './networks.ts';
import { weightsCertificate } from './weightsCertificate.ts';

/** The lemma where the training of three networks ends, with W⊥, its gradient and the biases' Hessian block. */
export function networkCertificates(stream: RandomStream): readonly Certificate[] {
  const networks = [
    { name: 'tanh', widths: [4], activation: tanh, loss: logCosh },
    { name: 'smooth-relu', widths: [5, 3], activation: smoothRelu(2), loss: pseudoHuber },
    { name: 'deep', widths: [3, 3, 3], activation: tanh, loss: pseudoHuber },
  ];
  return [
    ...enclosedCertificate(stream.fork('enclosed')),
    ...networks.flatMap(({ name, ...parts }) => {
      const instance = networkInstance({
        ...parts,
        teacher: teachers.tanh,
        irrelevantDimension: 2,
        regularization: 0.03,
        stream: stream.fork(name),
      });
      const risk = instance.risk();
      const { point, startNorm } = discovery(instance, risk, instance.regularization);
      const where = `the end of training of a network of widths ${parts.widths.join(', ')} (‖W⊥‖ = ${startNorm} at its start)`;
      return weightsCertificate(`network.structure-discovery.${name}`, where, risk, point);
    }),
  ];
}

/** One that is proven end to end: the quadrature's error is bounded in a strip of analyticity. */
function enclosedCertificate(stream: RandomStream): readonly Certificate[] {
  const instance = sample(stream);
  const { outcome, point } = trustedMethod(instance)(stream.fork('descent'));
  if (outcome !== 'reached') return [];
  const enclosed = enclosedRisk(instance.problem, point, 1e-10);
  if (enclosed === undefined) return [];
  const where = 'the end of training of a network of widths 2, 3 on 40 inputs, in the principal axes of W⊥';
  return weightsCertificate('network.structure-discovery.enclosed', where, enclosed.risk, enclosed.point);
}

function sample(stream: RandomStream): JointInstance {
  return jointInstance(stream, {
    inputDimension: 40,
    relevantDimension: 1,
    relevantLaw: gaussianGrid(6, 1),
    widths: [2, 3],
    activation: tanh,
    loss: logCosh,
    teacher: teachers.tanh.label,
    regularization: 0.03,
    deeperRegularization: 1e-2,
    nodesPerAxis: 12,
  });
}
