import { lineOf } from './lines.ts';
import { shown } from './numerals.ts';
import type { TextFile } from './textFile.ts';

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Parses a JSON document.
 *
 * @throws InputError for anything that is not JSON, and for integers beyond 2⁵³ that a number would round
 */
export function parseJson(file: TextFile): unknown {
  const document = parsed(file);
  checkIntegers(file);
  return document;
}

function parsed(file: TextFile): unknown {
  try {
    return JSON.parse(file.text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const place = /position (\d+)/.exec(message)?.[1];
    const line = place === undefined ? 0 : lineOf(file.text, Number(place));
    throw file.fault(line, { expected: 'a JSON document', got: message.replaceAll('\n', ' ').slice(0, 120) });
  }
}

/** Looks at the text of a valid document. */
function checkIntegers(file: TextFile): void {
  // Strings are matched too, so that digits in them are passed over.
  for (const match of file.text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g)) {
    const [text] = match;
    if (text.length < 16 || !/^-?\d+$/.test(text) || BigInt(text) === BigInt(Number(text))) continue;
    throw file.fault(lineOf(file.text, match.index), {
      expected: 'integers up to 2^53, or ids in quotes',
      got: `${shown(text)}, which a JSON number would round`,
    });
  }
}

/** A list of objects under a name. */
export function listOf(file: TextFile, object: JsonObject, name: string): readonly JsonObject[] {
  const list = object[name];
  if (Array.isArray(list) && list.every(isObject)) return list;
  throw file.fault(0, { expected: `"${name}": a list of objects`, got: 'something else' });
}

/** A name or number as text; undefined where there is none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}
