import type { Paper } from '../../src/papers/run/paper.ts';
import { catalogue } from './catalogue.ts';

/** The paper of this project, as the commands run it. */
export const paper: Paper = {
  catalogue,
  claimSpecs: ['spec/paper', 'spec/instruments/lemma/derivatives.spec.ts'],
};
