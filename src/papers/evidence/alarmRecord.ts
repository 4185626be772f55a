import { z } from 'zod';
import { InputError } from '../../numerics/base/inputError.ts';

const count = z.number().int().nonnegative();
const red = z.strictObject({
  seed: z.string(),
  claim: z.string(),
  /** Absent: the claim itself was not found to hold. */
  sabotage: z.string().exactOptional(),
  /** Absent: the claim itself or a sabotage. */
  nullMethod: z.string().exactOptional(),
  verdict: z.string(),
  reason: z.string(),
});

/** The shape of `reports/false-alarms.json`: what became of every claim under many root seeds. */
export const alarmRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  commit: z.string(),
  dirty: z.boolean(),
  /** Hash of everything the verdicts depend on. */
  inputs: z.string(),
  node: z.string(),
  profile: z.enum(['smoke', 'quick', 'full']),
  finished: z.string(),
  minutes: z.number().nonnegative(),
  /** Probability of a red run of sound claims that one run was designed to stay below. */
  budget: z.number(),
  seeds: z.array(z.string()).min(1),
  /** Runs with anything red in them. */
  redRuns: count,
  reds: z.array(red),
  /** Per claim: runs in which it and all of its sabotages were judged, and in how many of those any of them was red. */
  claims: z.record(z.string(), z.strictObject({ runs: count, red: count })),
});

export type AlarmRecord = z.output<typeof alarmRecordSchema>;
export type Red = z.output<typeof red>;

/**
 * Reads a record of false alarms from the text of a file.
 *
 * @param source the file's name, for the error
 * @throws InputError in one line: not JSON, or the first place where the shape is wrong.
 */
export function parseAlarmRecord(text: string, source: string): AlarmRecord {
  const expected = 'a record written by npm run alarms';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError({ source, expected, got: 'text that is not JSON' });
  }
  const parsed = alarmRecordSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue && issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : '';
  throw new InputError({ source, expected, got: `${place}${issue?.message ?? 'something else'}` });
}

/** In words: how often sound claims were called wrong. */
export function alarmText({ redRuns, seeds, profile }: AlarmRecord): string {
  return `observed ${redRuns} in ${seeds.length} runs with different seeds, profile ${profile}`;
}
