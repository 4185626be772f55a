import { language } from '../../src/papers/claims/vitest.ts';
import { catalogue } from './catalogue.ts';

/** The words in which the paper's claims are stated, bound to its catalogue. */
export const { section, definition, lemma, theorem, corollary, observation, instrument } =
  language(catalogue);
