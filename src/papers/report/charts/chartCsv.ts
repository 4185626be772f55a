import type { Chart } from '../../evidence/shape/exhibit.ts';

/** The points of a chart as CSV, one a line under a header: which series, x and y. */
export function chartCsv({ series, x, y }: Chart): string {
  const lines = series.flatMap(({ name, points }) => points.map(([px, py]) => `${cell(name)},${px},${py}`));
  return `${['series', x.label, y.label].map(cell).join(',')}\n${lines.map((line) => `${line}\n`).join('')}`;
}

/** A text as one cell: quoted where RFC 4180 asks for it. */
function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
