import type { Catalogue } from '../../src/papers/claims/catalogue.ts';
import { accepted } from './accepted.ts';
import { constraintsEntries } from './catalogue/constraints.ts';
import { embeddingEntries } from './catalogue/embedding.ts';
import { lemmaEntries } from './catalogue/lemma.ts';
import { maxcutEntries } from './catalogue/maxcut.ts';
import { networksEntries } from './catalogue/networks.ts';
import { hypothesisOf } from './hypotheses.ts';

/**
 * Every claim of the paper, under ids that are concepts; the only place with theorem numbers.
 *
 * Statements are restated in this project's words. A claim without a test says why under `unstated`.
 */
export const catalogue: Catalogue = {
  paper: {
    title: 'A Derandomization Framework for Structure Discovery: Applications in Neural Networks and Beyond',
    authors: ['N. Tsikouras', 'Y. Pantis', 'I. Mitliagkas', 'C. Tzamos'],
    version: 'arXiv:2510.19382v2',
    url: 'https://arxiv.org/abs/2510.19382v2',
  },
  entries: [
    ...lemmaEntries,
    ...networksEntries,
    ...maxcutEntries,
    ...embeddingEntries,
    ...constraintsEntries,
  ].map((entry) => ({
    ...entry,
    hypotheses: entry.hypotheses.map((words) => hypothesisOf(entry.id, words)),
  })),
  accepted,
};
