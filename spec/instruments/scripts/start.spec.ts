import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { missingBinding } from '../../../src/papers/run/commands/runnerBinding.ts';
import { cleanEnvironment } from './scriptRuns.ts';

const folder = mkdtempSync(join(tmpdir(), 'start-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A checkout in which nothing is installed. */
function bareCheckout(name: string): string {
  const place = join(folder, name);
  mkdirSync(join(place, 'scripts'), { recursive: true });
  copyFileSync('scripts/start.mjs', join(place, 'scripts/start.mjs'));
  for (const script of ['maxcut', 'doctor']) {
    writeFileSync(
      join(place, `scripts/${script}.ts`),
      'const started: string = "started"; console.log(started);',
    );
  }
  return place;
}

const start = (cwd: string, ...words: string[]) =>
  spawnSync(process.execPath, ['--import', './scripts/start.mjs', ...words], {
    cwd,
    encoding: 'utf8',
    env: cleanEnvironment,
  });

describe('a script', () => {
  test('says in one line that the development dependencies are missing', () => {
    const { status, stdout, stderr } = start(bareCheckout('bare'), 'scripts/maxcut.ts');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^npm run maxcut: expected the development dependencies [^\n]*\n$/);
  });

  test('says in one line that a checkout cannot lie in a folder with a question mark', () => {
    const { status, stderr } = start(bareCheckout('a?b'), 'scripts/maxcut.ts');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^npm run maxcut: expected a checkout in a folder without "\?"[^\n]*\n$/);
  });

  test('starts where everything is installed', () => {
    const { status, stdout } = start('.', 'scripts/maxcut.ts', '--format', 'list');
    expect(status).toBe(0);
    expect(stdout).toMatch(/rudy/);
  }, 60_000);

  test('is started that way by npm, if it is TypeScript', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const own = Object.entries<string>(scripts).filter(([name, command]) => command.endsWith(`/${name}.ts`));
    const others = own.filter(([, command]) => !command.startsWith('node --import ./scripts/start.mjs '));
    expect(own.length).toBeGreaterThan(10);
    expect(others.map(([name]) => name)).toEqual(['check', 'build']);
  });
});

describe('the doctor', () => {
  test('tells the truth where nothing is installed', () => {
    const place = bareCheckout('doctor');
    const { status, stdout } = start(place, 'scripts/doctor.ts');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^NEEDED +development tools .*\n.*\nThe suite cannot run here\.\n$/);
    const { fit, findings } = JSON.parse(start(place, 'scripts/doctor.ts', '--json').stdout);
    expect(fit).toBe(false);
    expect(findings).toMatchObject([{ found: false, needed: true }]);
  });

  test('finds a test runner here, and misses the native part that an installation may lack', () => {
    expect(missingBinding()).toBeUndefined();
    const packages = {
      vitest: {},
      vite: {},
      rolldown: { optionalDependencies: { 'binding-of-some-machine': '1.0.0' } },
      'binding-of-some-machine': {},
    };
    // Node.js remembers what it has not found, so each installation has a folder of its own.
    const missingWith = (...names: readonly (keyof typeof packages)[]): string | undefined => {
      const place = mkdtempSync(join(folder, 'installation-'));
      for (const name of names) {
        const content = { name, version: '1.0.0', main: 'package.json', ...packages[name] };
        mkdirSync(join(place, 'node_modules', name), { recursive: true });
        writeFileSync(join(place, 'node_modules', name, 'package.json'), JSON.stringify(content));
      }
      return missingBinding(pathToFileURL(join(place, 'module.js')).href);
    };
    expect(missingWith()).toBe('no vitest');
    // Another bundler: nothing is known against it.
    expect(missingWith('vitest', 'vite')).toBeUndefined();
    expect(missingWith('vitest', 'vite', 'rolldown')).toMatch(/no native part of rolldown/);
    expect(missingWith('vitest', 'vite', 'rolldown', 'binding-of-some-machine')).toBeUndefined();
  });
});
