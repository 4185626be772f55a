import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { Plugin } from 'esbuild';

const register = resolve('src/papers/claims/register.ts');
/** The one file that instances are drawn from: scanned digits, pixels in thousandths of 1. */
const digits = 'mnist/src/digits/3.json';

/**
 * Lets the specs of the paper be bundled for a browser: their words register claims in place of making tests.
 *
 * Modules of Node are empty there, but for reading the digits that Theorem 5.5 is judged on, which come along. Exhibits
 * read recordings through them too, and the page asks for no exhibit.
 */
export const withoutNode: Plugin = {
  name: 'without Node',
  setup(build) {
    build.onResolve({ filter: /claims\/vitest\.ts$/ }, () => ({ path: register }));
    build.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'of Node' }));
    build.onLoad({ filter: /.*/, namespace: 'of Node' }, ({ path }) => {
      if (path === 'node:module')
        return { contents: 'export const createRequire = () => ({ resolve: (name) => name });' };
      if (path === 'node:fs') return { contents: digitReader(), resolveDir: process.cwd() };
      return { contents: 'module.exports = {}' };
    });
  },
};

/** A `readFileSync` that knows one file, with its pixels as bytes: 178 kB where the JSON has 2.3 MB. */
function digitReader(): string {
  const file = createRequire(import.meta.url).resolve(digits);
  const { data }: { data: readonly number[] } = JSON.parse(readFileSync(file, 'utf8'));
  const bytes = Uint8Array.from(data, (pixel) => Math.round(255 * pixel));
  const inexact = data.findIndex((pixel, i) => pixelOf(bytes[i]) !== pixel);
  if (inexact >= 0) throw new RangeError(`${digits}: expected pixels of eight bits, got ${data[inexact]}`);
  const packed = deflateRawSync(bytes, { level: 9 }).toString('base64');
  return `import { inflateSync } from 'fflate';
export function readFileSync(name) {
  if (name !== '${digits}') throw new TypeError(name + ': this page has no such file');
  const bytes = inflateSync(Uint8Array.from(atob('${packed}'), (character) => character.charCodeAt(0)));
  return JSON.stringify({ data: Array.from(bytes, (byte) => Math.round((1000 * byte) / 255) / 1000) });
}`;
}

/** A pixel of eight bits as the package writes it. The page does the same. */
function pixelOf(byte: number): number {
  return Math.round((1000 * byte) / 255) / 1000;
}
