import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { InputError } from '../../../../src/numerics/base/inputError.ts';
import { checkWritable, writeWhole } from '../../../../src/numerics/base/writeWhole.ts';

const folder = mkdtempSync(join(tmpdir(), 'write-whole-'));
afterAll(() => rmSync(folder, { recursive: true }));

const place = (name: string): string => {
  const own = mkdtempSync(join(folder, 'case-'));
  return join(own, name);
};

describe('a file is replaced', () => {
  test('by exactly what was given, with nothing left beside it, and keeps its mode', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 3000 }),
        fc.option(fc.uint8Array()),
        fc.constantFrom(0o600, 0o640, 0o755),
        (content, old, mode) => {
          const file = place('result.bin');
          if (old !== null) {
            writeFileSync(file, old);
            chmodSync(file, mode);
          }
          writeWhole(file, content);
          expect(new Uint8Array(readFileSync(file))).toEqual(content);
          expect(readdirSync(join(file, '..'))).toEqual(['result.bin']);
          if (old !== null) expect(statSync(file).mode & 0o777).toBe(mode);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('where a link leads, and the link stays', () => {
    const file = place('real.txt');
    const link = join(file, '..', 'link.txt');
    symlinkSync('real.txt', link);
    writeWhole(link, 'first');
    writeWhole(link, 'second');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('second');
  });

  test('after what dead processes left half-written is removed, and what living ones write is kept', () => {
    const file = place('result.txt');
    const left = (owner: number): string => `.whole-${hostname()}-${owner}-0.tmp`;
    // No process has a number this large.
    for (const owner of [2 ** 30, process.ppid]) writeFileSync(join(file, '..', left(owner)), 'half');
    writeWhole(file, 'whole');
    expect(readdirSync(join(file, '..')).sort()).toEqual([left(process.ppid), 'result.txt'].sort());
  });
});

const small = join(folder, 'small');
mkdirSync(small);
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]).status === 0;
afterAll(() => {
  if (isMounted) execFileSync('umount', [small]);
});

describe.skipIf(!isMounted)('on a file system of 64 KB', () => {
  test('a file is whole, or stays what it was with one line that says why', () => {
    const file = join(small, 'result.txt');
    let failures = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 255 }), (size, byte) => {
        const before = 'what was there before';
        writeWhole(file, before);
        const content = new Uint8Array(size).fill(byte);
        try {
          writeWhole(file, content);
          expect(new Uint8Array(readFileSync(file))).toEqual(content);
        } catch (error) {
          failures++;
          expect(error).toBeInstanceOf(InputError);
          expect(error).toMatchObject({ message: expect.stringMatching(/^[^\n]*ENOSPC[^\n]*$/) });
          expect(readFileSync(file, 'utf8')).toBe(before);
        }
        expect(readdirSync(small)).toEqual(['result.txt']);
      }),
      { numRuns: 30 },
    );
    expect(failures).toBeGreaterThan(0);
  });
});

describe('what is no file is written to and never replaced', () => {
  test.skipIf(process.platform !== 'linux')('a full device refuses in one line', () => {
    expect(() => writeWhole('/dev/full', 'anything')).toThrow(InputError);
    expect(() => writeWhole('/dev/null', 'anything')).not.toThrow();
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  const hasFifo = spawnSync('mkfifo', [join(folder, 'probe')]).status === 0;

  test.skipIf(!hasFifo)('a FIFO passes every byte on', async () => {
    const fifo = place('fifo');
    execFileSync('mkfifo', [fifo]);
    // More than a pipe holds.
    const content = Buffer.alloc(300_000, 'abcdefg');
    // The writer blocks this thread, so what reads the pipe must be elsewhere: the reader keeps it in a file.
    const kept = join(fifo, '..', 'kept');
    spawn('sh', ['-c', 'cat "$0" > "$1"; mv "$1" "$1.done"', fifo, kept], { stdio: 'ignore' });
    writeWhole(fifo, content);
    await expect.poll(() => readdirSync(join(fifo, '..')), { timeout: 20_000 }).toContain('kept.done');
    expect(readFileSync(`${kept}.done`).equals(content)).toBe(true);
    expect(statSync(fifo).isFIFO()).toBe(true);
  });
});

describe('whether a file could be written', () => {
  test('is known before: a folder, a missing folder', () => {
    const file = place('result.txt');
    expect(() => checkWritable(file)).not.toThrow();
    expect(() => checkWritable(join(file, '..'))).toThrow(/EISDIR/);
    expect(() => checkWritable(join(file, 'deeper', 'result.txt'))).toThrow(InputError);
    expect(readdirSync(join(file, '..'))).toEqual([]);
  });
});
