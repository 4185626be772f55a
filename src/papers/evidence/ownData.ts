import { z } from 'zod';
import { InputError } from '../../numerics/base/inputError.ts';
import { evidenceSchema } from './evidence.ts';

/** The shape of a result on a user's own data, as the tools write it for `npm run report -- --add FILE`. */
export const ownDataSchema = z.strictObject({
  /** Which tool made it: `maxcut`, `maxsat`, `embed`, `discover`. */
  tool: z.string().min(1),
  /** What it was made from, for the heading: usually a file name. */
  name: z.string().min(1),
  /** The command that makes it again. */
  command: z.string(),
  /** Numbers and words to be shown, by their names, in order. */
  summary: z.record(z.string(), z.union([z.number(), z.string()])),
  charts: evidenceSchema.shape.charts,
});

export type OwnData = z.output<typeof ownDataSchema>;

/**
 * Reads a result on a user's own data from the text of a file.
 *
 * @param source the file's name, for the error
 * @throws InputError in one line: not JSON, or the first place where the shape is wrong.
 */
export function parseOwnData(text: string, source: string): OwnData {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError({ source, expected: 'a JSON result on own data', got: 'text that is not JSON' });
  }
  const parsed = ownDataSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue && issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : '';
  throw new InputError({
    source,
    expected: 'a result with tool, name, command, summary and charts',
    got: `${place}${issue?.message ?? 'something else'}`,
  });
}
