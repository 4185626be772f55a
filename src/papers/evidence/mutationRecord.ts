import { z } from 'zod';
import { InputError } from '../../numerics/base/inputError.ts';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

/** The shape of `reports/mutation.json`: what the suite noticed of the small changes that were made to the sources. */
export const mutationRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.string(),
  commit: z.string(),
  dirty: z.boolean(),
  node: z.string(),
  finished: z.string(),
  minutes: z.number().nonnegative(),
  command: z.string(),
  /** Share of all mutants that was drawn to be run, by a hash of what each is and of the draw's name. */
  draw: z.string(),
  share,
  /** Kinds of mutants that are not made at all. */
  leftOut: z.array(z.string()),
  /** Noticed mutants among those that were run, with an interval that misses the share among all at the error rate. */
  score: z.strictObject({ noticed: count, run: count, lower: share, upper: share, errorRate: share }),
  /** Per mutated file. A mutant that cannot be run at all (it breaks the tool) is in `invalid` and in no score. */
  files: z.record(
    z.string(),
    z.strictObject({
      room: z.string(),
      mutants: count,
      drawn: count,
      killed: count,
      timedOut: count,
      survived: count,
      invalid: count,
    }),
  ),
  /** Who noticed how many mutants of which room; `alone`: those that nobody else noticed. */
  killers: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['claim', 'instrument', 'loading']),
      kills: z.record(z.string(), count),
      alone: count,
    }),
  ),
  /** Mutants that nothing noticed, each with the reason why that is no gap, or that there is one. */
  survivors: z.array(
    z.strictObject({
      file: z.string(),
      line: z.number().int().positive(),
      text: z.string(),
      becomes: z.string(),
      because: z.string(),
    }),
  ),
});

export type MutationRecord = z.output<typeof mutationRecordSchema>;
export type Killer = MutationRecord['killers'][number];
export type Survivor = MutationRecord['survivors'][number];

/**
 * Reads a record of mutants from the text of a file.
 *
 * @param source the file's name, for the error
 * @throws InputError in one line: not JSON, or the first place where the shape is wrong.
 */
export function parseMutationRecord(text: string, source: string): MutationRecord {
  const expected = 'a record written by npm run mutate';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError({ source, expected, got: 'text that is not JSON' });
  }
  const parsed = mutationRecordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue && issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : '';
  throw new InputError({ source, expected, got: `${place}${issue?.message ?? 'something else'}` });
}

/** In words: how many mutants were noticed, and what that says of those that were not drawn. */
export function mutationText({ score, share, leftOut }: MutationRecord): string {
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
  const { noticed, run, lower, upper, errorRate } = score;
  const sample =
    share < 1
      ? `, a sample of ${percent(share)} of all: ${percent(lower)} to ${percent(upper)} of all at confidence ${percent(1 - errorRate)}`
      : '';
  const kinds = leftOut.length > 0 ? `; not made: ${leftOut.join(', ')}` : '';
  return `${noticed} of ${run} mutants noticed (${percent(noticed / Math.max(1, run))})${sample}${kinds}`;
}

/** Names of the rooms that have mutants, in the order of their files, with the number that was run. */
export function roomsOf({ files }: MutationRecord): ReadonlyMap<string, number> {
  const rooms = new Map<string, number>();
  for (const { room, killed, timedOut, survived } of Object.values(files))
    rooms.set(room, (rooms.get(room) ?? 0) + killed + timedOut + survived);
  return rooms;
}
