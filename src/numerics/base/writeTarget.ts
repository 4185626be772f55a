import { readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Where a file is to be written: a descriptor of this process, a device or pipe, or a file that is replaced. */
export type WriteTarget =
  | { readonly kind: 'descriptor'; readonly descriptor: number }
  | { readonly kind: 'stream'; readonly path: string }
  | { readonly kind: 'file'; readonly path: string; readonly old: Stats | undefined };

/** Most links that a name may lead through. */
const mostLinks = 40;

/**
 * Finds what a name leads to, through links.
 *
 * @throws Error of the file system, for a folder and for a name in no folder
 */
export function writeTarget(file: string): WriteTarget {
  let path = resolve(file);
  for (let links = 0; links < mostLinks; links++) {
    const descriptor = descriptorOf(path);
    if (descriptor !== undefined) return { kind: 'descriptor', descriptor };
    const next = linkOf(path);
    if (next === undefined) break;
    path = next;
  }
  const old = statSync(path, { throwIfNoEntry: false });
  if (old === undefined)
    return { kind: 'file', path: join(realpathSync(dirname(path)), basename(path)), old };
  if (old.isDirectory()) throw new Error('EISDIR: a folder stands there');
  if (old.isFile()) return { kind: 'file', path: realpathSync(path), old };
  return { kind: 'stream', path };
}

function descriptorOf(path: string): number | undefined {
  const standard = ['/dev/stdin', '/dev/stdout', '/dev/stderr'].indexOf(path);
  if (standard >= 0) return standard;
  const numbered = /^\/(?:dev|proc\/(?:self|thread-self|(\d+)))\/fd\/(\d{1,9})$/.exec(path);
  if (numbered === null) return undefined;
  const [, owner = String(process.pid), descriptor] = numbered;
  return owner === String(process.pid) ? Number(descriptor) : undefined;
}

function linkOf(path: string): string | undefined {
  try {
    return resolve(dirname(path), readlinkSync(path));
  } catch {
    return undefined;
  }
}
