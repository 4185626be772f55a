import { isQuadraticModel, readQuadraticModel } from '../../quadratic/bqmJson.ts';
import type { EdgeTable, QuadraticTable } from '../../tables.ts';
import { parseJson } from '../../text/json.ts';
import type { TextFile } from '../../text/textFile.ts';
import { readJsonGraph } from './jsonGraph.ts';

/** Reads a JSON document: a quadratic model where it is one, else a graph. */
export function readJson(file: TextFile): EdgeTable | QuadraticTable {
  const document = parseJson(file);
  return isQuadraticModel(document) ? readQuadraticModel(file, document) : readJsonGraph(file, document);
}
