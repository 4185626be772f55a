import type { EdgeTable } from '../../tables.ts';
import type { TextFile } from '../../text/textFile.ts';
import { VertexNames } from '../../text/vertexNames.ts';
import { EdgeCollector } from '../edgeCollector.ts';

/** Gathers a graph from a format that names its vertices, lists them, and may label them. */
export class NamedGraph {
  readonly #file: TextFile;
  readonly #format: string;
  readonly #vertices: VertexNames;
  readonly #collector: EdgeCollector;
  readonly #labels = new Map<string, string>();
  #unweighted = 0;
  #weighted = 0;

  constructor(file: TextFile, format: string) {
    this.#file = file;
    this.#format = format;
    this.#vertices = new VertexNames(file);
    this.#collector = new EdgeCollector(file);
  }

  has(id: string): boolean {
    return this.#vertices.has(id);
  }

  vertex(line: number, id: string, label?: string): void {
    this.#vertices.number(line, id);
    if (label !== undefined) this.#labels.set(id, label);
  }

  /** Adds an edge; a weight that the file does not give is 1. */
  edge(line: number, from: string, to: string, weight: string | undefined): void {
    if (weight === undefined) this.#unweighted++;
    else this.#weighted++;
    const value = weight === undefined ? 1 : this.#collector.weight(line, weight);
    this.#collector.add(line, this.#vertices.number(line, from), this.#vertices.number(line, to), value);
  }

  table(): EdgeTable {
    if (this.#vertices.count === 0)
      throw this.#file.fault(0, { expected: 'a graph', got: 'one without vertices' });
    if (this.#weighted > 0) {
      const many = 'edges without a weight count 1 each';
      this.#file.count(this.#unweighted, '1 edge without a weight counts 1', many);
    }
    const { count, placeOf, names } = this.#vertices.finish();
    return this.#collector.table(this.#format, count, {
      placeOf,
      names: this.#labelled(names, placeOf),
    });
  }

  /** Labels in place of ids, if every vertex has one and no two the same. */
  #labelled(names: readonly string[] | undefined, placeOf: Int32Array): readonly string[] | undefined {
    const labels = [...this.#labels.values()];
    if (labels.length !== placeOf.length || new Set(labels).size !== labels.length) return names;
    const ids = [...this.#labels];
    if (ids.every(([id, label]) => id === label)) return names;
    const labelled: string[] = [];
    for (const [id, label] of ids) labelled[placeOf[this.#vertices.number(0, id)]] = label;
    return labelled;
  }
}
