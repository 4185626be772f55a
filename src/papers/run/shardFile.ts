import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fs, path } from 'zx';
import { InputError } from '../../numerics/base/inputError.ts';
import { evidenceSchema, type Provenance } from '../evidence/evidence.ts';
import { difference, identityOf } from '../evidence/runIdentity.ts';
import { readText } from './readText.ts';

const shardSchema = z.object({
  index: z.number().int().positive(),
  count: z.number().int().positive(),
  provenance: evidenceSchema.shape.provenance,
  digest: z.string(),
  blob: z.string(),
});

/** What one machine of several found: vitest's own report of it, and which run it is a part of. */
export interface Shard extends z.output<typeof shardSchema> {
  readonly file: string;
}

/** Which part of how many. */
export type ShardPosition = Pick<Shard, 'index' | 'count'>;

/** Name of a shard's file. */
export function shardName({ index, count }: ShardPosition): string {
  return `shard-${index}-of-${count}.json`;
}

/** The text of a shard's file. */
export function shardText({ index, count }: ShardPosition, provenance: Provenance, blob: string): string {
  return JSON.stringify({ index, count, provenance, digest: digestOf(blob), blob });
}

/**
 * Reads the `i/n` of an option.
 *
 * @throws InputError unless 1 ≤ i ≤ n.
 */
export function parseShard(text: string): ShardPosition {
  const [, index = 0, count = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= count) return { index, count };
  throw new InputError({ source: '--shard', expected: 'i/n with 1 ≤ i ≤ n', got: `"${text}"` });
}

/**
 * Reads all shards of one run from a folder.
 *
 * @returns in order of their index.
 * @throws InputError naming the shard that cannot be read, is missing, is there twice, or is of another run.
 */
export function readShards(folder: string): readonly Shard[] {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.json'));
  const [first, ...others] = names.sort().map((name) => readShard(path.join(folder, name)));
  if (first === undefined) {
    throw new InputError({ source: folder, expected: 'the shards of a run', got: 'none' });
  }
  const byIndex = new Map([[first.index, first]]);
  for (const shard of others) {
    const { file, index, count, provenance } = shard;
    const refuse = (expected: string, got: string): never => {
      throw new InputError({ source: file, expected: `${expected} as in ${first.file}`, got });
    };
    if (count !== first.count) refuse(`one of ${first.count} shards`, `one of ${count}`);
    const other = difference(identityOf(first.provenance), identityOf(provenance));
    if (other !== undefined) refuse(other.expected, other.got);
    if (provenance.commit !== first.provenance.commit) {
      refuse(`commit ${first.provenance.commit}`, `commit ${provenance.commit}`);
    }
    const twin = byIndex.get(index);
    if (twin !== undefined) {
      throw new InputError({
        source: file,
        expected: `shard ${index}/${count} once`,
        got: `${twin.file} too`,
      });
    }
    byIndex.set(index, shard);
  }
  const missing = Array.from({ length: first.count }, (_, i) => i + 1).filter((i) => !byIndex.has(i));
  if (missing.length > 0) {
    const expected = `all ${first.count} shards`;
    const got = `none for ${missing.map((i) => `${i}/${first.count}`).join(', ')}`;
    throw new InputError({ source: folder, expected, got });
  }
  return [...byIndex.values()].sort((a, b) => a.index - b.index);
}

/** Where a run was made whose shards were made in several places. */
export function mergedProvenance(shards: readonly Shard[]): Provenance {
  const all = shards.map(({ provenance }) => provenance);
  const [first] = all;
  if (first === undefined) throw new RangeError('shards: expected at least one, got none');
  const distinct = (field: 'os' | 'cpu'): string => [...new Set(all.map((each) => each[field]))].join('; ');
  return {
    ...first,
    dirty: all.some(({ dirty }) => dirty),
    os: distinct('os'),
    cpu: distinct('cpu'),
    cores: Math.max(...all.map(({ cores }) => cores)),
    finished:
      all
        .map(({ finished }) => finished)
        .sort()
        .at(-1) ?? first.finished,
  };
}

function readShard(file: string): Shard {
  const refuse = (got: string): never => {
    throw new InputError({ source: file, expected: 'a shard written by npm run verify -- --shard', got });
  };
  try {
    const shard = shardSchema.parse(JSON.parse(readText(file)));
    if (shard.digest !== digestOf(shard.blob)) refuse('one that was changed since');
    if (shard.index > shard.count) refuse(`shard ${shard.index}/${shard.count}`);
    return { ...shard, file };
  } catch (error) {
    if (error instanceof InputError) throw error;
    return refuse(error instanceof SyntaxError ? 'text that is not JSON' : 'another file');
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
