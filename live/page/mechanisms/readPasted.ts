import { readEdgeList } from '../../../src/formats/graphs/lists/edgeList.ts';
import { TextFile } from '../../../src/formats/text/textFile.ts';
import { type CutTask, mostVertices } from '../../worker/cutTask.ts';

/** A pasted graph, or in one line why it is none. */
export type Pasted = Pick<CutTask, 'vertexCount' | 'edges'> | { readonly problem: string };

/** Reads an edge list as the tools read a file of one, with room for as many vertices as a page descends on. */
export function readPasted(text: string): Pasted {
  try {
    const { vertexCount, sources, targets, weights } = readEdgeList(new TextFile('edges', text, {}));
    if (vertexCount > mostVertices)
      return { problem: `expected at most ${mostVertices} vertices, got ${vertexCount}` };
    return { vertexCount, edges: { sources, targets, weights } };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
