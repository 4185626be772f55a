import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { SmallProject } from './shardsProject.ts';

const project = new SmallProject();
const smoke = ['--profile', 'smoke', '--seed', 'small'] as const;
const here = (name: string): string => join(project.folder, name);
afterAll(() => project.remove());

function oneLine(stderr: string, line: RegExp): void {
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd().split('\n'), stderr).toHaveLength(1);
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !condition(); waited += 20) {
    if (waited > 60_000) throw new Error(`waited a minute: ${what}`);
    await new Promise((next) => setTimeout(next, 20));
  }
}

/** Processes that run in the project. */
function processesThere(): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`) === project.folder;
    } catch {
      // It has ended meanwhile, or is not ours.
      return false;
    }
  });
}

describe('two runs of one checkout', () => {
  test('do not write the same evidence: the second is refused in one line, and runs once the first is over', async () => {
    mkdirSync(here('two'));
    const words = [...smoke, '--evidence', 'two/evidence.json'];
    const first = project.start('verify', ...words);
    const end = new Promise((done) => first.once('exit', done));
    await until(() => existsSync(here('two/evidence.journal.ndjson')), 'no journal');
    const second = project.run('verify', ...words);
    oneLine(
      second.stderr,
      new RegExp(`two/evidence\\.lock: expected no other run .*process ${first.pid} on ${hostname()}`),
    );
    expect(second.status).toBe(2);
    expect(await end).toBe(0);
    expect(readdirSync(here('two'))).toEqual(['evidence.json']);
    expect(project.run('verify', ...words).status).toBe(0);
  }, 240_000);

  test('are told apart from one that was killed, whose lock the next run takes over', () => {
    mkdirSync(here('killed'));
    // No process has a number this large.
    symlinkSync(`${hostname()}:${2 ** 30}`, here('killed/evidence.lock'));
    expect(project.run('verify', ...smoke, '--evidence', 'killed/evidence.json').status).toBe(0);
    expect(readdirSync(here('killed'))).toEqual(['evidence.json']);
    symlinkSync(`another-machine:1`, here('killed/evidence.lock'));
    const { status, stderr } = project.run('verify', ...smoke, '--evidence', 'killed/evidence.json');
    oneLine(stderr, /process 1 on another-machine/);
    expect(status).toBe(2);
    expect(lstatSync(here('killed/evidence.lock')).isSymbolicLink()).toBe(true);
  }, 240_000);
});

describe('a run that is killed', () => {
  test.skipIf(!existsSync('/proc/self/cwd'))(
    'leaves no process behind, and what it leaves half-written the next run removes',
    async () => {
      mkdirSync(here('orphan'));
      const words = [...smoke, '--evidence', 'orphan/evidence.json'];
      const run = project.start('verify', ...words);
      const journal = here('orphan/evidence.journal.ndjson');
      await until(
        () => existsSync(journal) && readFileSync(journal, 'utf8').split('\n').length > 3,
        'no finished claim',
      );
      expect(processesThere().length).toBeGreaterThan(2);
      // The process itself alone, not its group: its workers get no signal.
      run.kill('SIGKILL');
      await until(() => processesThere().length === 0, 'a worker lives on');
      writeFileSync(here(`orphan/.whole-${hostname()}-${2 ** 30}-0.tmp`), 'half');
      expect(project.run('verify', ...words).status).toBe(0);
      expect(readdirSync(here('orphan'))).toEqual(['evidence.json']);
    },
    240_000,
  );
});

const small = here('disk');
mkdirSync(small);
const mount = (size: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', small]).status === 0;
const unmount = (): void => void spawnSync('umount', [small]);
const canMount = mount('16k');
if (canMount) unmount();

/** Fills what is left of the disk. */
function fill(): void {
  const block = Buffer.alloc(4096);
  try {
    for (let i = 0; ; i++) writeFileSync(join(small, `fill-${i}`), block);
  } catch {
    // It is full now.
  }
}

describe.skipIf(!canMount)('on a disk that is too small (where one can be mounted)', () => {
  afterEach(unmount);

  test.each(['16k', '200k', 'full'])(
    'of %s, evidence is whole, or the old one and the journal stay',
    (size) => {
      mount(size === 'full' ? '64k' : size);
      writeFileSync(join(small, 'evidence.json'), 'the previous evidence');
      if (size === 'full') fill();
      const { status, stdout, stderr } = project.run('verify', ...smoke, '--evidence', 'disk/evidence.json');
      const files = readdirSync(small).filter((name) => !name.startsWith('fill-'));
      if (status === 0) {
        expect(project.evidence('disk/evidence.json').claims.length).toBeGreaterThan(0);
        expect(files).toEqual(['evidence.json']);
      } else {
        expect(status).toBe(2);
        expect(`${stdout}${stderr}`).toMatch(/evidence\.json: expected a writable file, got ENOSPC[^\n]*\n/);
        expect(stderr).not.toMatch(/^ +at /m);
        expect(readFileSync(join(small, 'evidence.json'), 'utf8')).toBe('the previous evidence');
        expect(files.filter((name) => !/^evidence\.(json|journal\.ndjson)$/.test(name))).toEqual([]);
      }
      expect(status).toBe(size === '200k' ? 0 : 2);
    },
    240_000,
  );

  test.each(['16k', '200k', 'full'])(
    'of %s, a page of the report is whole or not there',
    (size) => {
      const evidence = 'killed/evidence.json';
      if (!existsSync(here('all'))) {
        project.run('report', '--any-sources', '--evidence', evidence, '--out', 'all');
      }
      mount(size === 'full' ? '64k' : size);
      if (size === 'full') fill();
      const { status, stderr } = project.run(
        'report',
        ...['--any-sources', '--evidence', evidence, '--out', 'disk'],
      );
      expect(status).toBe(2);
      oneLine(stderr, /expected a writable file, got ENOSPC|ENOSPC/);
      for (const entry of readdirSync(small, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || entry.name.startsWith('fill-')) continue;
        const path = join(entry.parentPath, entry.name);
        const same = readFileSync(path.replace(small, here('all')), 'utf8');
        expect(readFileSync(path, 'utf8') === same, path).toBe(true);
      }
    },
    240_000,
  );
});
