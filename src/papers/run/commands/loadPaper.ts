import { fs, path } from 'zx';
import { InputError } from '../../../numerics/base/inputError.ts';
import type { Paper } from '../paper.ts';

/** Where a project says which paper it is of: a module that exports `paper`. */
const places = ['spec/paper/paper.ts', 'spec/paper/paper.js'];

/**
 * Loads the paper of the project in the current folder, as vitest would load it: TypeScript needs no other loader.
 *
 * @throws InputError where the project has no such module, it exports no paper, or vitest is not installed
 */
export async function loadPaper(): Promise<Paper> {
  const place = places.find((name) => fs.existsSync(name));
  const expected = 'a module that exports `paper`, with a catalogue and the specs of its claims';
  if (place === undefined) {
    throw new InputError({
      source: path.resolve('.'),
      expected: `${places.join(' or ')}, ${expected}`,
      got: 'neither',
    });
  }
  const server = await (await vitest()).createViteServer({
    configFile: false,
    logLevel: 'silent',
    appType: 'custom',
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const { paper } = await server.ssrLoadModule(`/${place}`);
    if (isPaper(paper)) return paper;
    throw new InputError({
      source: place,
      expected,
      got: paper === undefined ? 'no such export' : 'something else',
    });
  } finally {
    await server.close();
  }
}

/** vitest is a peer: whoever only reads reports has no need of it. */
async function vitest(): Promise<typeof import('vitest/node')> {
  try {
    return await import('vitest/node');
  } catch {
    throw new InputError({
      source: 'vitest',
      expected: 'it installed beside this package',
      got: 'no such package',
    });
  }
}

function isPaper(value: unknown): value is Paper {
  if (typeof value !== 'object' || value === null) return false;
  const { catalogue, claimSpecs } = value as Partial<Paper>;
  return Array.isArray(catalogue?.entries) && Array.isArray(claimSpecs);
}
