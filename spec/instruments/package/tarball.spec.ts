import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emptyProject, install, output, root, run, write } from './consumer.ts';
import { examplesOf } from './readmeExamples.ts';

/** What `package.json` says that these tests ask for. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, unknown>>;
  /** Their versions are those that peers are tried with. */
  readonly devDependencies: Readonly<Record<string, string>>;
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
/** What is read of a package in the lock file. */
interface Locked {
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const manifest: Manifest = JSON.parse(read('package.json'));
const examples = examplesOf(read('README.md'));
/** Its users' other packages: npm would bring this one's optional dependencies along with theirs. */
const workshop = emptyProject();
const folder = emptyProject(workshop);
const bin = join(folder, 'node_modules/.bin/derandomize');
const petersen = join(root, 'fixtures/graphs/petersen.txt');
const compilerOptions = {
  target: 'ES2022',
  module: 'NodeNext',
  strict: true,
  noEmitOnError: true,
  allowImportingTsExtensions: true,
  rewriteRelativeImportExtensions: true,
  types: ['node'],
  outDir: 'built',
};

let files: readonly string[] = [];
/** Why nothing could be installed, where that is so. */
let unreachable: string | undefined;

beforeAll(async () => {
  await output(root, 'npm', 'run', 'build');
  const packed = await output(
    root,
    'npm',
    'pack',
    '--ignore-scripts',
    '--json',
    '--pack-destination',
    folder,
  );
  const [{ filename, files: listed }] = JSON.parse(packed);
  files = listed.map(({ path }: { readonly path: string }) => path);
  unreachable = await install(folder, '--omit=dev', '--omit=optional', join(folder, filename));
  if (unreachable === undefined) return;
  if (process.env.PACKAGE_REGISTRY === 'required') throw new Error(unreachable);
  process.stderr.write(`The tarball was not installed, and nothing of it was run: ${unreachable}.\n`);
});

afterAll(() => rmSync(workshop, { recursive: true, force: true }));

test('one version stands in package.json, the lock file, the citation and, with a date, the changelog', () => {
  const { version } = manifest;
  expect(JSON.parse(read('package-lock.json')).version).toBe(version);
  expect(read('CITATION.cff')).toMatch(new RegExp(`^version: ${version}$`, 'm'));
  expect(read('CHANGELOG.md')).toMatch(new RegExp(`^## ${version} \\(\\d{4}-\\d{2}-\\d{2}\\)$`, 'm'));
});

test('the tarball holds the build, its thread entries and four pages, and no source or test', () => {
  const pages = ['CHANGELOG.md', 'CITATION.cff', 'LICENSE', 'README.md', 'package.json'];
  expect(files.filter((file) => !file.startsWith('dist/')).sort()).toEqual(pages.sort());
  expect(files.filter((file) => !/\.(js|cjs|d\.ts)$/.test(file)).sort()).toEqual(pages);
  expect(files.filter((file) => file.endsWith('.cjs'))).toEqual(['dist/numerics/threads/threadEntry.cjs']);
});

test('every export has an example in the README, of at most twenty-five lines', () => {
  const exported = Object.keys(manifest.exports).filter((path) => path !== './package.json');
  for (const path of exported) {
    const name = path.replace('.', manifest.name);
    expect(
      examples.some(({ text }) => text.includes(`from '${name}'`)),
      name,
    ).toBe(true);
  }
  for (const { name, text } of examples) expect(text.split('\n').length, name).toBeLessThanOrEqual(25);
});

describe('installed into an empty project without development and optional dependencies', () => {
  beforeEach(({ skip }) => skip(unreachable !== undefined, unreachable));

  test('the package brings nothing that only tests or the build need', () => {
    const locked: Readonly<Record<string, Locked>> = JSON.parse(read('package-lock.json')).packages;
    const running = Object.values(locked).filter(({ dev }) => dev !== true);
    // What a package that runs asks for comes with it, in whatever version, though tests use it too.
    const needed = new Set(running.flatMap(({ dependencies = {} }) => Object.keys(dependencies)));
    const forDevelopment = Object.keys(manifest.devDependencies).filter((name) => !needed.has(name));
    expect(forDevelopment).toContain('vitest');
    expect(forDevelopment.filter((name) => existsSync(join(folder, 'node_modules', name)))).toEqual([]);
    expect(existsSync(join(folder, 'node_modules/@tensorflow/tfjs-node'))).toBe(false);
  });

  test('the program says its version, its commands, and in one line what it does not know', async () => {
    expect(await output(folder, bin, '--version')).toBe(`${manifest.version}\n`);
    const help = await output(folder, bin, '--help');
    for (const name of ['maxcut', 'maxsat', 'embed', 'discover', 'report', 'compare', 'recheck']) {
      expect(help).toMatch(new RegExp(`^  ${name} `, 'm'));
      expect(await output(folder, bin, name, '--help')).toContain(
        `Usage: ${name === 'recheck' ? '' : 'derandomize '}${name} `,
      );
    }
    const wrong = await run(folder, bin, 'nothing');
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toMatch(/^derandomize: expected one of maxcut, .*, got "nothing"\n$/);
  });

  test('the program cuts the Petersen graph, on worker threads too', async () => {
    for (const threads of ['1', '2']) {
      const words = ['maxcut', petersen, '--seconds', '0.2', '--threads', threads, '--json'];
      expect(JSON.parse(await output(folder, bin, ...words))).toMatchObject({ cut: 12, outcome: 'optimal' });
    }
  });

  test('the program embeds points and certifies a small network, on the threads that its tools start', async () => {
    const points = join(root, 'fixtures/points/cluster.csv');
    const embedded = JSON.parse(
      await output(folder, bin, 'embed', points, '--k', '3', '--seconds', '1', '--json'),
    );
    expect(embedded.distortion).toBeLessThan(0.1);
    const network = ['--input', '4', '--teacher', '1', '--depth', '1', '--width', '4', '--seconds', '5'];
    const discovered = await output(folder, bin, 'discover', ...network);
    expect(discovered).toContain('certified');
  });

  describe('with its peers, and a compiler', () => {
    beforeAll(async () => {
      if (unreachable !== undefined) return;
      const wanted = ['typescript', '@types/node', 'vitest', 'fast-check'];
      const words = wanted.map((name) => `${name}@${manifest.devDependencies[name]}`);
      unreachable = await install(workshop, ...words);
      write(folder, 'tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.ts', 'spec'] }));
      for (const { name, text } of examples) write(folder, name, text);
    });

    test('the README’s examples pass the type checker, and are built', async () => {
      await output(folder, join(workshop, 'node_modules/.bin/tsc'), '--skipLibCheck');
      expect(existsSync(join(folder, 'built/cut.js'))).toBe(true);
    });

    test('another paper is judged green by the program, and leaves evidence', async () => {
      const { exitCode, stdout, stderr } = await run(folder, bin, 'verify', '--seed', '1');
      expect(exitCode, `${stdout}${stderr}`).toBe(0);
      expect(stdout).toContain('1 of 1 claims green');
      expect(JSON.parse(readFileSync(join(folder, 'reports/evidence.json'), 'utf8')).claims).toHaveLength(1);
    });

    for (const { name, prints } of examples.filter(({ prints }) => prints.length > 0)) {
      test(`the README’s ${name} prints what its comments say`, async () => {
        const file = join('built', name.replace(/\.ts$/, '.js'));
        expect((await output(folder, process.execPath, file)).trimEnd().split('\n')).toEqual(prints);
      });
    }
  });
});
