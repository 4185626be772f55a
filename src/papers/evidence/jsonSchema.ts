import { z } from 'zod';
import { evidenceSchema, evidenceVersion } from './evidence.ts';

/** The published JSON Schema (draft 2020-12) of `evidence.json`, as text. */
export function evidenceJsonSchema(): string {
  const schema = z.toJSONSchema(evidenceSchema, {
    io: 'input',
    // That a reader must not change what it has read says nothing about the file.
    override: ({ jsonSchema }) => delete jsonSchema.readOnly,
  });
  return `${JSON.stringify({ title: `Evidence of a verification, version ${evidenceVersion}`, ...schema }, null, 2)}\n`;
}
