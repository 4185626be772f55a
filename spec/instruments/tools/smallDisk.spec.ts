import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { discover } from '../../../src/tools/discover.ts';
import { embed } from '../../../src/tools/embed.ts';
import { maxcut } from '../../../src/tools/maxcut.ts';
import { cleanEnvironment } from '../scripts/scriptRuns.ts';
import { type ToolRun, toolRun } from './toolRun.ts';

const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
afterAll(() => rmSync(folder, { recursive: true }));

const disk = join(folder, 'disk');
mkdirSync(disk);
const mount = (size: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk]).status === 0;
const unmount = (): void => void spawnSync('umount', [disk]);
const canMount = mount('16k');
if (canMount) unmount();

/** More numbers than 16 KB hold, and fewer than 200 KB: 60 points of 60 coordinates, as matrix and as weights. */
const table = join(folder, 'table.csv');
const cell = (i: number, j: number): string => Math.sin(i * 61 + j).toFixed(6);
writeFileSync(
  table,
  Array.from({ length: 60 }, (_, i) => Array.from({ length: 60 }, (_, j) => cell(i, j)).join(',')).join('\n'),
);
/** A star with so many names that the sides fill more than 16 KB: found at once. */
const star = join(folder, 'star.csv');
writeFileSync(star, Array.from({ length: 1200 }, (_, i) => `centre,a vertex called ${i}`).join('\n'));

interface Row {
  readonly what: string;
  readonly file: string;
  readonly run: (file: string) => Promise<ToolRun>;
}

const rows: readonly Row[] = [
  {
    what: 'sides',
    file: 'sides.csv',
    run: (file) => toolRun(maxcut, [star, '--steps', '1', '--out', file]),
  },
  {
    what: 'a matrix',
    file: 'matrix.npy',
    run: (file) => toolRun(embed, [table, '--no-header', '--k', '50', '--steps', '1', '--out', file]),
  },
  {
    what: 'embedded points',
    file: 'embedded.csv',
    run: (file) => toolRun(embed, [table, '--no-header', '--k', '50', '--steps', '1', '--embedded', file]),
  },
  {
    what: 'factors',
    file: 'factors.npz',
    run: (file) => toolRun(discover, ['--weights', table, '--no-header', '--rank', '30', '--out', file]),
  },
  {
    what: 'a chart',
    file: 'chart.svg',
    run: (file) => toolRun(discover, ['--weights', table, '--no-header', '--chart', file]),
  },
];

/** Fills what is left of the disk. */
function fill(): void {
  const block = Buffer.alloc(4096);
  try {
    for (let i = 0; ; i++) writeFileSync(join(disk, `fill-${i}`), block);
  } catch {
    // It is full now.
  }
}

describe.skipIf(!canMount)('on a disk that is too small (where one can be mounted)', () => {
  afterEach(unmount);

  test.each(rows)(
    '$what are whole, or stay what they were with one line that says why',
    async ({ file, run }) => {
      for (const size of ['16k', '200k', 'full']) {
        mount(size === 'full' ? '64k' : size);
        const place = join(disk, file);
        writeFileSync(place, 'the old one');
        if (size === 'full') fill();
        const { code, stdout, stderr } = await run(place);
        const others = readdirSync(disk).filter((name) => name !== file && !name.startsWith('fill-'));
        expect(others, size).toEqual([]);
        const content = readFileSync(place, 'latin1');
        if (code === 0) expect(content.length, size).toBeGreaterThan(5000);
        else {
          expect([code, stdout, content], size).toEqual([2, '', 'the old one']);
          expect(stderr).toMatch(/^[^\n]*expected a writable file, got ENOSPC[^\n]*\n$/);
        }
        expect(code, size).toBe(size === '200k' || (size === '16k' && file === 'chart.svg') ? 0 : 2);
        unmount();
      }
    },
    120_000,
  );
});

const hasShell = process.platform === 'linux';

describe.skipIf(!hasShell)('in a process of its own', () => {
  const words = 'scripts/maxcut.ts fixtures/graphs/petersen.txt --steps 1';
  const shell = (command: string) => {
    const node = `${JSON.stringify(process.execPath)} --import tsx`;
    return spawnSync('bash', ['-c', command.replaceAll('NODE', node)], {
      encoding: 'utf8',
      env: cleanEnvironment,
    });
  };

  test('a full standard output is one line and exit code 2, and a closed one is the end', () => {
    const full = shell(`NODE ${words} > /dev/full`);
    expect(full.stderr).toMatch(
      /^(starting\n)?standard output: expected a place to write, got ENOSPC[^\n]*\n$/,
    );
    expect(full.status).toBe(2);
    const closed = shell(`NODE ${words} | true; exit \${PIPESTATUS[0]}`);
    expect(closed.stderr).toMatch(/^(starting\n)?$/);
    expect(closed.status).toBe(0);
  }, 120_000);

  test('with 64 open files at most, a run ends well or in one line with exit code 2', () => {
    const { status, stderr } = shell(`ulimit -n 64; NODE ${words}`);
    expect(stderr).toMatch(/^(starting\n)*([^\n]*EMFILE[^\n]*\n)?$/);
    expect(status).toBe(/EMFILE/.test(stderr) ? 2 : 0);
  }, 120_000);
});
