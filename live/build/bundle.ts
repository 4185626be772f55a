import { build } from 'esbuild';
import { withoutNode } from './withoutNode.ts';

/**
 * Bundles one program of the page, with all that it imports, into a script without imports.
 *
 * @param entry its file
 * @returns the script; no `</script` is in it, so that it can stand in a page
 */
export async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: ['chrome110', 'firefox115', 'safari16.4'],
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // Names files of Node's own, and there is none.
    define: { 'import.meta.url': JSON.stringify('file:///') },
    // The build of the reader of tables that brings the byte buffers a browser is without.
    alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' },
    plugins: [withoutNode],
    logLevel: 'error',
  });
  const [file] = outputFiles;
  if (file === undefined) throw new TypeError(`${entry}: expected a bundle, got none`);
  return file.text;
}
