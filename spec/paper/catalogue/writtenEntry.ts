import type { CatalogueEntry } from '../../../src/papers/claims/catalogue.ts';

/** An entry before its hypotheses are put beside what shows that they are needed. */
export type WrittenEntry = Omit<CatalogueEntry, 'hypotheses'> & { readonly hypotheses: readonly string[] };
