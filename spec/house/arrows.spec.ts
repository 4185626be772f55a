import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { expect, test } from 'vitest';

/** What each room may import besides itself; packages and Node's own modules are not looked at. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  'numerics/base': [],
  'numerics/random': ['numerics/base'],
  'numerics/statistics': ['numerics/base'],
  'numerics/threads': ['numerics/base'],
  'numerics/linalg': ['numerics/base', 'numerics/random'],
  'numerics/quadrature': ['numerics/base', 'numerics/linalg', 'numerics/statistics'],
  'numerics/optimize': ['numerics/base', 'numerics/linalg', 'numerics/random', 'numerics/statistics'],
  lemma: ['numerics'],
  'applications/networks': ['numerics', 'lemma'],
  'applications/maxcut': ['numerics', 'lemma'],
  'applications/embedding': ['numerics', 'lemma'],
  'applications/constraints': ['numerics', 'lemma'],
  formats: ['numerics/base'],
  papers: ['numerics/base', 'numerics/random', 'numerics/statistics'],
  tools: ['numerics', 'applications', 'formats', 'papers/evidence'],
};

/** Rooms within `papers`, each of which knows those before it only; the shape of evidence is everyone's. */
const paperRooms = ['evidence/shape', 'claims', 'evidence', 'report', 'run'];

/** Most files that one folder may hold at one level. */
const mostFiles = 16;

/** The one file through which a library enters `src`, where it is one. */
const doors: Readonly<Record<string, RegExp>> = {
  'fast-check': /^src\/papers\/claims\/judge\/draws\.ts$/,
  vitest: /^src\/papers\/(claims\/vitest|onDemand|run\/[A-Za-z/]+)\.ts$/,
  zx: /^(scripts|src\/papers\/run)\//,
  'dependency-cruiser': /^spec\/house\//,
};

const roomOf = (file: string): string | undefined =>
  /^src\/((?:applications|numerics)\/[^/]+|[^/]+)\//.exec(file)?.[1];
const paperRoomOf = (file: string): number =>
  paperRooms.indexOf(/^src\/papers\/(evidence\/shape|[^/]+)\//.exec(file)?.[1] ?? '');
const mayImport = (source: string, target: string): boolean =>
  (arrows[source] ?? []).some((room) => target === room || target.startsWith(`${room}/`));

async function dependencies(): Promise<readonly { from: string; to: string; npm: boolean }[]> {
  const result = await cruise(['src', 'spec', 'scripts', 'live'], {
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

function filesBelow(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
}

const all = await dependencies();

test('the arrows are looked at: every room imports something, or is the ground floor', () => {
  const seen = new Set(all.map(({ from }) => roomOf(from)));
  for (const room of Object.keys(arrows)) if (room !== 'numerics/base') expect(seen).toContain(room);
});

test('arrows in src go down only, and no application knows another', () => {
  const forbidden = all.filter(({ from, to }) => {
    const [source, target] = [roomOf(from), roomOf(to)];
    if (source === 'tools' && target === 'papers') return !to.startsWith('src/papers/evidence/');
    return source !== undefined && target !== undefined && source !== target && !mayImport(source, target);
  });
  expect(forbidden).toEqual([]);
});

test('rooms of papers know only the rooms before them', () => {
  const forbidden = all.filter(({ from, to }) => {
    const [source, target] = [paperRoomOf(from), paperRoomOf(to)];
    return source >= 0 && target > source;
  });
  expect(forbidden).toEqual([]);
});

test('no folder holds more than sixteen files at one level', () => {
  const counts = new Map<string, number>();
  for (const file of filesBelow(['src', 'spec', 'scripts', 'live'])) {
    const folder = dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  expect([...counts].filter(([, count]) => count > mostFiles)).toEqual([]);
});

test('nothing in src imports a spec, a script or the live page', () => {
  expect(all.filter(({ from, to }) => from.startsWith('src/') && /^(spec|scripts|live)\//.test(to))).toEqual(
    [],
  );
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
