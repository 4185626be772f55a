import type { Evidence } from '../evidence/evidence.ts';
import { evidenceJsonSchema } from '../evidence/jsonSchema.ts';
import { badgeFiles, type ReportFiles } from './badgeFiles.ts';
import { certificateFiles } from './certificate.ts';
import { chartCsv } from './charts/chartCsv.ts';
import { renderCtrf } from './ctrf.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown/markdown.ts';
import { renderHtml } from './page/html.tsx';
import { type ReportExtras, viewOf } from './view.ts';

/**
 * Renders a run into every file of its report: page, Markdown, drawings, badges, schema, JUnit and CTRF.
 *
 * Guarantee: a function of its arguments; no clock, no disk. File names hold nothing but `a–z 0–9 . - /`.
 */
export async function reportFiles(evidence: Evidence, extras: ReportExtras = {}): Promise<ReportFiles> {
  const view = await viewOf(evidence, extras);
  const charts = [...view.claims, ...view.ownData].flatMap((each) => each.charts).concat(view.otherCharts);
  const chartFiles = new Map(charts.map(({ chart }, index) => [chart, chartFile(index, chart.id)]));
  const files = new Map<string, string>([
    ['index.html', renderHtml(view)],
    ['report.md', renderMarkdown(view, chartFiles)],
    ['graph.svg', onWhite(view.graph)],
    ['evidence.schema.json', evidenceJsonSchema()],
    ['junit.xml', renderJunit(evidence)],
    ['ctrf.json', renderCtrf(evidence)],
  ]);
  for (const { chart, drawn } of charts) {
    const file = chartFiles.get(chart) ?? '';
    files.set(file, onWhite(drawn.svg));
    files.set(file.replace(/svg$/, 'csv'), chartCsv(chart));
  }
  const outputs = charts
    .filter(({ chart }) => chart.origin === 'measured')
    .map(({ chart }) => ({ file: chartFiles.get(chart) ?? '', comment: chart.title }));
  for (const [path, text] of certificateFiles(evidence, outputs)) files.set(path, text);
  for (const [path, text] of badgeFiles(evidence)) files.set(path, text);
  for (const [path, text] of (await extras.live?.build()) ?? []) files.set(path, text);
  return files;
}

function chartFile(index: number, id: string): string {
  const slug = id
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60);
  return `charts/${String(index + 1).padStart(2, '0')}${slug === '' ? '' : `-${slug}`}.svg`;
}

/** Puts a white sheet under a drawing that will be shown on pages of unknown colour. */
function onWhite(svg: string): string {
  return `${svg.replace(/(<svg[^>]*>)/, '$1<rect x="-10000" y="-10000" width="20000" height="20000" fill="white"/>')}\n`;
}
