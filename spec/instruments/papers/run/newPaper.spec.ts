import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { paperFiles } from '../../../../scripts/lib/paperFiles.ts';
import { cleanEnvironment, scriptRuns, tsx } from '../../scripts/scriptRuns.ts';

const house = resolve('.');
const folder = mkdtempSync(join(tmpdir(), 'new-paper-'));
afterAll(() => rmSync(folder, { recursive: true }));
const spec = join(folder, 'spec/paper/example.spec.ts');

/** Judges the paper in the folder, as the package's own program would. */
function verify(...words: string[]) {
  const run = spawnSync(
    process.execPath,
    ['--import', tsx, join(house, 'src/bin.ts'), 'verify', '--profile', 'smoke', ...words],
    { cwd: folder, encoding: 'utf8', env: cleanEnvironment, timeout: 120_000 },
  );
  return { code: run.status, shown: run.stdout + run.stderr };
}

describe('a new paper', () => {
  test('is judged as it is written: its claim refuted, its sabotage refuted, and green once the claim is true', () => {
    const sources = relative(folder, join(house, 'src'));
    for (const [file, text] of Object.entries(paperFiles('tried', sources))) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    symlinkSync(join(house, 'node_modules'), join(folder, 'node_modules'));
    const red = verify();
    expect(red.shown).toMatch(/tried\.example +refuted/);
    expect(red.shown).not.toContain('sabotage not refuted');
    expect(red.code).toBe(1);
    writeFileSync(spec, readFileSync(spec, 'utf8').replace('logUniform(0.01, 100)', 'logUniform(0.01, 1)'));
    const green = verify();
    expect(green.shown).toMatch(/tried\.example +holds/);
    expect(green.code).toBe(0);
  }, 240_000);

  test('has a name that no other has, or is refused in one line', () => {
    const runs = scriptRuns('papers/newPaper', [[], ['Two words'], ['../above'], ['a', 'b']]);
    for (const { status, stderr, stdout } of runs) {
      expect(stderr).toMatch(/^new-paper: expected one name of small letters, digits and dashes, got .*\n$/);
      expect(stdout).toBe('');
      expect(status).toBe(2);
    }
  });

  test('is found by its name, or refused in one line', () => {
    const [missing, empty] = scriptRuns('verify', [['--paper', 'nowhere'], ['--paper=']]);
    for (const { status, stderr } of [missing, empty]) {
      expect(stderr).toMatch(/^--paper: expected a folder of papers with a paper in it, got ".*"\n$/);
      expect(status).toBe(2);
    }
  });
});
