import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const register = resolve('src/papers/claims/register.ts');

/**
 * Lets the specs of the paper be bundled for a browser: their words register claims in place of making tests.
 *
 * Modules of Node are empty there. Exhibits read recordings through them, and the page asks for no exhibit.
 */
export const withoutNode: Plugin = {
  name: 'without Node',
  setup(build) {
    build.onResolve({ filter: /claims\/vitest\.ts$/ }, () => ({ path: register }));
    build.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'of Node' }));
    build.onLoad({ filter: /.*/, namespace: 'of Node' }, () => ({ contents: 'module.exports = {}' }));
  },
};
