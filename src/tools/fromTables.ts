import type { PointSet } from '../applications/embedding/points/points.ts';
import { findEdgeFault, type Graph, graphFromEdges } from '../applications/maxcut/graph/graph.ts';
import type { EdgeTable, NumberTable } from '../formats/tables.ts';
import { InputError } from '../numerics/base/inputError.ts';

/**
 * Builds the graph that a file describes.
 *
 * @param source the file's name, for messages
 * @throws InputError with the line of the first edge that a simple graph cannot have
 */
export function graphFromTable(source: string, table: EdgeTable): Graph {
  const fault = findEdgeFault(table.vertexCount, table);
  if (fault === undefined) return graphFromEdges(table.vertexCount, table);
  const { edge, expected, got } = fault;
  throw new InputError({ source, line: table.lines[edge], expected, got });
}

/** The rows of a table as points. */
export function pointsFromTable({ values, rows, columns }: NumberTable): PointSet {
  return { values, pointCount: rows, dimension: columns };
}
