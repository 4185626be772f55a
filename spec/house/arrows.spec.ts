import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { expect, test } from 'vitest';

/** What each room may import besides itself; packages and Node's own modules are not looked at. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  base: [],
  linalg: ['base', 'random'],
  threads: ['base'],
  random: ['base'],
  statistics: ['base'],
  quadrature: ['base', 'linalg'],
  optimize: ['base', 'linalg', 'random', 'statistics'],
  lemma: ['base', 'linalg', 'random', 'quadrature', 'optimize'],
  'applications/networks': ['base', 'linalg', 'random', 'statistics', 'quadrature', 'optimize', 'lemma'],
  'applications/maxcut': ['base', 'linalg', 'random', 'statistics', 'quadrature', 'optimize', 'lemma'],
  'applications/embedding': [
    'base',
    'linalg',
    'random',
    'statistics',
    'quadrature',
    'optimize',
    'lemma',
    'threads',
  ],
  claims: ['base', 'random', 'statistics'],
  report: ['base', 'claims'],
};

/** The one file through which a library enters `src`, where it is one. */
const doors: Readonly<Record<string, RegExp>> = {
  'fast-check': /^src\/claims\/judge\.ts$/,
  vitest: /^src\/(claims\/vitest|report\/collector)\.ts$/,
  zx: /^scripts\//,
  'dependency-cruiser': /^spec\/house\//,
};

const roomOf = (file: string): string | undefined => /^src\/(applications\/[^/]+|[^/]+)\//.exec(file)?.[1];

async function dependencies(): Promise<readonly { from: string; to: string; npm: boolean }[]> {
  const result = await cruise(['src', 'spec', 'scripts'], {
    tsPreCompilationDeps: true,
    exclude: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  });
  const { modules } = result.output as ICruiseResult;
  return modules.flatMap(({ source, dependencies: list }) =>
    list.map(({ module, resolved, dependencyTypes }) => {
      const npm = dependencyTypes.some((type) => type.startsWith('npm') || type === 'unknown');
      return { from: source, to: npm ? module : resolved, npm };
    }),
  );
}

const all = await dependencies();

test('the arrows are looked at: every room imports something, or is the ground floor', () => {
  const seen = new Set(all.map(({ from }) => roomOf(from)));
  for (const room of Object.keys(arrows)) if (room !== 'base') expect(seen).toContain(room);
});

test('arrows in src go down only, and no application knows another', () => {
  const forbidden = all.filter(({ from, to }) => {
    const [source, target] = [roomOf(from), roomOf(to)];
    return (
      source !== undefined && target !== undefined && source !== target && !arrows[source]?.includes(target)
    );
  });
  expect(forbidden).toEqual([]);
});

test('nothing in src imports a spec or a script', () => {
  expect(all.filter(({ from, to }) => from.startsWith('src/') && /^(spec|scripts)\//.test(to))).toEqual([]);
});

test('each of these libraries enters src through its own door', () => {
  const astray = all.filter(({ from, to, npm }) => {
    const name = Object.keys(doors).find(
      (library) => npm && (to === library || to.startsWith(`${library}/`)),
    );
    if (name === undefined) return false;
    return (from.startsWith('src/') || name === 'zx') && !doors[name].test(from);
  });
  expect(astray).toEqual([]);
});
