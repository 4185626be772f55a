import type { QuadraticTable } from '../tables.ts';
import { isObject, type JsonObject, textOf } from '../text/json.ts';
import { shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';
import { QuadraticCollector } from './quadraticCollector.ts';

/** Whether a JSON document is a binary quadratic model as dimod writes it. */
export function isQuadraticModel(document: unknown): document is JsonObject {
  return (
    isObject(document) &&
    (document.type === 'BinaryQuadraticModel' ||
      'quadratic_head' in document ||
      'quadratic_terms' in document)
  );
}

/**
 * Reads a binary quadratic model of dimod as JSON: `linear_biases`, `quadratic_head`, `quadratic_tail` and
 * `quadratic_biases`, or the older `linear_terms` and `quadratic_terms`; to minimize.
 *
 * @throws InputError for a model stored as bytes, variables that are not listed, or lists of different lengths
 */
export function readQuadraticModel(file: TextFile, document: JsonObject): QuadraticTable {
  const collector = new QuadraticCollector(file);
  const kind = textOf(document.variable_type ?? document.vartype)?.toLowerCase();
  const variables = file.options.variables ?? (kind === 'spin' || kind === 'binary' ? kind : undefined);
  if (variables === undefined) {
    throw file.fault(0, {
      expected: '"variable_type": "SPIN" or "BINARY"',
      got: shown(kind),
      help: 'say --variables',
    });
  }
  if (document.use_bytes === true) {
    throw file.fault(0, {
      expected: 'biases as numbers',
      got: 'bytes',
      help: 'write it with to_serializable(use_bytes=False)',
    });
  }
  const names =
    'linear_terms' in document ? readTerms(file, collector, document) : readLists(file, collector, document);
  if (document.offset !== undefined) collector.offset = numberOf(file, document.offset, 'offset');
  const isPlain = names.every((name, i) => name === String(i));
  const facts = { format: 'json', variables, sense: 'minimize' } as const;
  return collector.table(names.length, isPlain ? facts : { ...facts, names });
}

function readLists(file: TextFile, collector: QuadraticCollector, document: JsonObject): readonly string[] {
  const names = labelsOf(file, document);
  const linear = numbersOf(file, document, 'linear_biases');
  const heads = numbersOf(file, document, 'quadratic_head');
  const tails = numbersOf(file, document, 'quadratic_tail');
  const biases = numbersOf(file, document, 'quadratic_biases');
  if (linear.length !== names.length || heads.length !== biases.length || tails.length !== biases.length) {
    throw file.fault(0, { expected: 'lists of matching lengths', got: 'others' });
  }
  for (const [i, bias] of linear.entries()) collector.addLinear(i, bias);
  for (const [k, bias] of biases.entries()) {
    const [head, tail] = [heads[k] ?? -1, tails[k] ?? -1];
    if (!(head in names && tail in names) || head === tail) {
      throw file.fault(0, {
        expected: 'two different variables in every product',
        got: `${head} and ${tail}`,
      });
    }
    collector.addProduct(0, head, tail, bias);
  }
  return names;
}

function readTerms(file: TextFile, collector: QuadraticCollector, document: JsonObject): readonly string[] {
  const names = labelsOf(file, document);
  const places = new Map(names.map((name, i) => [name, i]));
  const placeOf = (label: unknown) => {
    const place = places.get(labelOf(label));
    if (place === undefined)
      throw file.fault(0, { expected: 'a variable that is listed', got: shown(labelOf(label)) });
    return place;
  };
  for (const term of objectsOf(file, document, 'linear_terms')) {
    collector.addLinear(placeOf(term.label), numberOf(file, term.bias, 'bias'));
  }
  for (const term of objectsOf(file, document, 'quadratic_terms')) {
    collector.addProduct(
      0,
      placeOf(term.label_head),
      placeOf(term.label_tail),
      numberOf(file, term.bias, 'bias'),
    );
  }
  return names;
}

function labelsOf(file: TextFile, document: JsonObject): readonly string[] {
  const labels = document.variable_labels;
  if (Array.isArray(labels)) return labels.map(labelOf);
  const count = document.num_variables;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= 1e6) {
    return Array.from({ length: count }, (_, i) => String(i));
  }
  throw file.fault(0, { expected: '"variable_labels": a list', got: 'none' });
}

/** Labels may be lists, as of the cells of a grid. */
function labelOf(label: unknown): string {
  return textOf(label) ?? JSON.stringify(label) ?? '';
}

function objectsOf(file: TextFile, document: JsonObject, name: string): readonly JsonObject[] {
  const list = document[name];
  if (Array.isArray(list) && list.every(isObject)) return list;
  throw file.fault(0, { expected: `"${name}": a list of objects`, got: 'something else' });
}

function numbersOf(file: TextFile, document: JsonObject, name: string): readonly number[] {
  const list: unknown = document[name];
  if (!Array.isArray(list))
    throw file.fault(0, { expected: `"${name}": a list of numbers`, got: 'something else' });
  return list.map((value: unknown) => numberOf(file, value, name));
}

function numberOf(file: TextFile, value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw file.fault(0, { expected: `a finite number in "${name}"`, got: shown(JSON.stringify(value)) });
}
