import { smoothRelu, tanh } from '../../../../src/applications/networks/model/activations.ts';
import { logCosh, pseudoHuber } from '../../../../src/applications/networks/model/losses.ts';
import type { RandomStream } from '../../../../src/numerics/random/stream.ts';
import type { Certificate } from '../../../../src/papers/claims/exhibit.ts';
import { discovery, networkInstance, teachers } from './networks.ts';
import { weightsCertificate } from './weightsCertificate.ts';

/** The lemma where the training of three networks ends, with W⊥, its gradient and the biases' Hessian block. */
export function networkCertificates(stream: RandomStream): readonly Certificate[] {
  const networks = [
    { name: 'tanh', widths: [4], activation: tanh, loss: logCosh },
    { name: 'smooth-relu', widths: [5, 3], activation: smoothRelu(2), loss: pseudoHuber },
    { name: 'deep', widths: [3, 3, 3], activation: tanh, loss: pseudoHuber },
  ];
  return networks.flatMap(({ name, ...parts }) => {
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
  });
}
