import { z } from 'zod';
import { InputError } from '../../numerics/base/inputError.ts';
import { settingsSchema } from '../claims/settings.ts';
import { evidenceSchema } from '../evidence/evidence.ts';

/** What one process that runs a suite is asked for: what to judge, and which files to leave. */
const requestSchema = settingsSchema.extend({
  /** Where the evidence of a complete run goes; absent: nowhere. */
  evidence: z.string().optional(),
  /** Where finished claims are kept until the run is complete. */
  journal: z.string().optional(),
  /** With `journal`: take what it holds as judged. */
  resume: z.boolean().optional(),
  /** Where vitest's own report of a shard goes. */
  blob: z.string().optional(),
  /** The run is put together from shards, and these are the places where they were run. */
  merged: evidenceSchema.shape.provenance.optional(),
});

export type RunRequest = Readonly<z.output<typeof requestSchema>>;

/** The one environment variable through which a process that runs a suite is asked. */
const variable = 'CLAIMS';

/** The environment in which a run answers a request, whatever the environment that it is started from. */
export function environmentOf(request: RunRequest): Record<string, string> {
  return { [variable]: JSON.stringify(request) };
}

/**
 * Reads what a run is asked for: JSON in the variable CLAIMS, for instance `{"seed":"7","profile":"smoke"}`.
 *
 * @returns the quick profile, the default seed, and the usual place of the evidence, where it says nothing of them
 * @throws InputError in one line: not JSON, or the first field that does not exist or has no such value.
 */
export function readRequest(environment: Readonly<Record<string, string | undefined>>): RunRequest {
  const refuse = (got: string): never => {
    throw new InputError({ source: variable, expected: 'the settings of a run as JSON', got });
  };
  const text = environment[variable];
  if (!text) return requestSchema.parse({ evidence: 'reports/evidence.json' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse(`"${text}"`);
  }
  const parsed = requestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  return refuse(path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message);
}
