import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { satisfies } from '../../../scripts/lib/examination.ts';

function doctor(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'scripts/doctor.ts', ...words], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
}

describe('npm run doctor', () => {
  test('finds this Node.js and a tensor backend, and gives every absence a cost', () => {
    const { status, stdout, stderr } = doctor(['--json']);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { fit, findings } = JSON.parse(stdout);
    expect(fit).toBe(true);
    const byName = new Map(findings.map((finding: { what: string }) => [finding.what, finding]));
    expect(byName.get('Node.js')).toMatchObject({ found: true, needed: true });
    expect(byName.get('tensors: cpu')).toMatchObject({
      found: true,
      detail: expect.stringMatching(/4\.22\.0/),
    });
    for (const name of ['tensorflow', 'wasm']) expect(byName.has(`tensors: ${name}`)).toBe(true);
    for (const name of ['numpy', 'networkx', 'MQLib', 'sklearn', 'torch'])
      expect(byName.has(`Python: ${name}`)).toBe(true);
    for (const { cost, detail } of findings) {
      expect(cost.length).toBeGreaterThan(10);
      expect(detail.length).toBeGreaterThan(0);
    }
  }, 120_000);

  test('says that what is optional is absent where it is, and that the suite can run', () => {
    const { status, stdout } = doctor([], { PATH: '', PYTHON: 'no-such-python' });
    for (const name of ['git', 'Python', 'Python: numpy', 'Python: torch'])
      expect(stdout).toMatch(new RegExp(`^absent +${name} `, 'm'));
    expect(stdout).toMatch(/^The suite can run here\.$/m);
    expect(status).toBe(0);
  }, 120_000);

  test('refuses an unknown option with exit code 2, and explains itself', () => {
    expect(doctor(['--nope'])).toMatchObject({ status: 2, stdout: '' });
    const help = doctor(['--help']);
    expect(help.status).toBe(0);
    expect(help.stdout).toContain('--json');
  });
});

test.each([
  ['v20.19.0', true],
  ['v20.18.9', false],
  ['v20.100.0', true],
  ['v21.7.0', false],
  ['v22.12.0', true],
  ['v22.11.9', false],
  ['v23.0.0', false],
  ['v24.0.0', true],
  ['v18.20.0', false],
  ['v30.1.2', true],
])('%s is a supported version: %s', (version, supported) => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(satisfies(version, engines.node)).toBe(supported);
});
