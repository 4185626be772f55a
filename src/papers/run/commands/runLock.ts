import { readlinkSync, symlinkSync, unlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { InputError } from '../../../numerics/base/inputError.ts';
import { isAlive } from '../../../numerics/base/isAlive.ts';

/**
 * Holds the place of a run's evidence, so that no second run writes the same evidence and journal meanwhile.
 *
 * The lock is a link whose target names machine and process: made in one step, with no block of a disk that may be
 * full. One that a dead process of this machine left is taken over.
 *
 * @param place where the evidence goes; its folder exists
 * @returns gives the place free
 * @throws InputError in one line where another run holds it
 */
export function holdRun(place: string): () => void {
  const lock = place.replace(/(\.json)?$/, '.lock');
  const own = `${hostname()}:${process.pid}`;
  for (;;) {
    try {
      symlinkSync(own, lock);
      return () => {
        if (ownerOf(lock) === own) unlinkSync(lock);
      };
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
    const owner = ownerOf(lock);
    const [, host, number = ''] = /^(.*):(\d+)$/.exec(owner ?? '') ?? [];
    if (owner !== undefined && (host !== hostname() || isAlive(Number(number)))) {
      throw new InputError({
        source: lock,
        expected: 'no other run that writes the same evidence',
        got: `one by ${owner === '' ? 'a process unknown' : `process ${number} on ${host}`}`,
        help: 'wait for its end, say --evidence elsewhere, or remove the lock if there is none',
      });
    }
    removeIfThere(lock);
  }
}

/** What a lock says; empty for a file that is no lock, undefined where there is none any more. */
function ownerOf(lock: string): string | undefined {
  try {
    return readlinkSync(lock);
  } catch (error) {
    return isCode(error, 'ENOENT') ? undefined : '';
  }
}

function removeIfThere(lock: string): void {
  try {
    unlinkSync(lock);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
