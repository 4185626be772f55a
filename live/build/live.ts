import { catalogue } from '../../spec/paper/catalogue.ts';
import type { LivePages } from '../../src/papers/report/livePages.ts';
import { liveClaims } from '../claims.ts';

const file = 'live.html';

/** The page on which readers try this paper's claims. */
export const live: LivePages = {
  file,
  claims: liveClaims,
  build: async () => {
    // The bundler is needed for nothing else that a report does.
    const { livePage } = await import('./livePage.tsx');
    return new Map([[file, await livePage(catalogue)]]);
  },
};
