import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { InputError } from './inputError.ts';
import { isAlive } from './isAlive.ts';
import { writeTarget } from './writeTarget.ts';

/**
 * Writes a file whole or not at all: beside it, checked to the last byte, synchronized with the disk, then renamed.
 *
 * Guarantee: whoever opens the name sees the old content or the new one, never a part. A device, a FIFO and a
 * descriptor of the process (`/dev/stdout`) are written to and never replaced. Links are followed; mode and, where
 * allowed, owner of an old file are kept.
 *
 * @param content text is written as UTF-8
 * @throws InputError in one line, the old file being as it was
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  try {
    const target = writeTarget(file);
    if (target.kind === 'descriptor') writeAll(target.descriptor, bytes);
    else if (target.kind === 'stream') writeStream(target.path, bytes);
    else replace(target.path, target.old, bytes);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/**
 * Checks that a file could be written, before the work whose result it is to hold. Writes nothing.
 *
 * @throws InputError in one line: no such folder, a folder itself, no permission, a read-only file system
 */
export function checkWritable(file: string): void {
  try {
    const target = writeTarget(file);
    if (target.kind === 'descriptor') return;
    if (target.kind === 'file') accessSync(dirname(target.path), constants.W_OK);
    if (target.kind === 'stream' || target.old !== undefined) accessSync(target.path, constants.W_OK);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function unwritable(file: string, error: unknown): InputError {
  const got = error instanceof Error ? error.message : String(error);
  return new InputError({ source: file, expected: 'a writable file', got });
}

function writeStream(path: string, bytes: Uint8Array): void {
  const descriptor = openSync(path, 'w');
  try {
    writeAll(descriptor, bytes);
  } finally {
    closeSync(descriptor);
  }
}

function replace(path: string, old: Stats | undefined, bytes: Uint8Array): void {
  removeLeftovers(dirname(path));
  const { descriptor, name } = openFresh(dirname(path));
  try {
    try {
      writeAll(descriptor, bytes);
      if (old !== undefined) keepOwner(descriptor, old);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(name, path);
  } catch (error) {
    unlinkSync(name);
    throw error;
  }
  syncFolder(dirname(path));
}

/** Writes to the last byte: one call may take a part only, and a full pipe none for a while. */
function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    try {
      const written = writeSync(descriptor, bytes, done, bytes.length - done);
      if (written === 0) throw new Error('ENOSPC: nothing more could be written');
      done += written;
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Names of files that are being written: the machine, the process, a number. */
const freshName = /^\.whole-([^/]*)-(\d+)-\d+\.tmp$/;

function openFresh(folder: string): { readonly descriptor: number; readonly name: string } {
  for (let count = 0; ; count++) {
    const name = join(folder, `.whole-${hostname()}-${process.pid}-${count}.tmp`);
    try {
      return { descriptor: openSync(name, 'wx', 0o666), name };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

/** Removes what processes of this machine that live no more have left half-written. */
function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, host, owner] = freshName.exec(name) ?? [];
    if (host !== hostname() || isAlive(Number(owner))) continue;
    try {
      unlinkSync(join(folder, name));
    } catch {
      // Another process was faster, or may not: nothing is lost by a leftover that stays.
    }
  }
}

function keepOwner(descriptor: number, old: Stats): void {
  try {
    fchownSync(descriptor, old.uid, old.gid);
  } catch {
    // Only the superuser may give files away.
  }
  fchmodSync(descriptor, old.mode & 0o7777);
}

/** Makes a rename last. Some systems cannot open a folder, and some file systems cannot synchronize one. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The content is synchronized; the name is as safe as this system makes it.
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
