import { instance } from '@viz-js/viz';
import { parseHTML } from 'linkedom';
import type { ClaimEvidence } from '../../evidence/evidence.ts';
import { statusLooks, statusOf } from '../../evidence/status.ts';
import { xmlSafe } from '../wording.ts';
import { svgText } from './svgText.ts';

/**
 * Describes the graph of claims in the DOT language: an arrow from each claim to those that rest on it.
 *
 * A node carries its status as a sign, a word, an outline and a class, and links to `#<id>`.
 *
 * @param mismatched ids of claims with a published number that did not reproduce
 */
export function graphDot(
  claims: readonly ClaimEvidence[],
  mismatched: ReadonlySet<string> = new Set(),
): string {
  const known = new Set(claims.map(({ id }) => id));
  const nodes = claims.map((claim) => {
    const status = statusOf(claim);
    const { sign, word, outline, colour } = statusLooks[status];
    const attributes = {
      label: `${claim.label}\n${sign} ${word}${mismatchText(mismatched, claim.id)}`,
      URL: `#${claim.id}`,
      tooltip: ' ',
      class: `status-${status}`,
      ...outline,
      color: colour,
      fontcolor: colour,
    };
    const list = Object.entries(attributes).map(([name, value]) => `${name}=${quoted(value)}`);
    return `  ${quoted(claim.id)} [${list.join(' ')}]`;
  });
  const lengths = edgeLengths(claims);
  const edges = claims.flatMap(({ id, uses }) =>
    uses
      .filter((parent) => known.has(parent))
      .map((parent) => `  ${quoted(parent)} -> ${quoted(id)} [minlen=${lengths.get(id) ?? 1}]`),
  );
  return [
    'digraph claims {',
    '  graph [rankdir=LR ranksep=0.4 nodesep=0.1 bgcolor=white]',
    '  node [fontname="Helvetica" fontsize=11 margin="0.17,0.05" height=0.3]',
    '  edge [color="#8a8a8a" arrowsize=0.6]',
    ...nodes,
    ...edges,
    '}',
  ].join('\n');
}

/** What is said beside a verdict where a published number did not reproduce. */
function mismatchText(mismatched: ReadonlySet<string>, id: string): string {
  return mismatched.has(id) ? ', ≠ number' : '';
}

/** Spreads the many claims on which nothing rests over several columns, so that the graph is not one tall list. */
function edgeLengths(claims: readonly ClaimEvidence[]): ReadonlyMap<string, number> {
  const columns = 3;
  const used = new Set(claims.flatMap(({ uses }) => uses));
  const leaves = claims.filter(({ id, uses }) => uses.length > 0 && !used.has(id));
  if (leaves.length <= 2 * columns) return new Map();
  return new Map(leaves.map(({ id }, index) => [id, 1 + (index % columns)]));
}

/** Draws the graph of claims as SVG whose nodes are links and whose colours a page can replace by class. */
export async function drawGraph(
  claims: readonly ClaimEvidence[],
  mismatched: ReadonlySet<string> = new Set(),
): Promise<string> {
  const viz = await instance();
  const svg = viz.renderString(graphDot(claims, mismatched), { format: 'svg' });
  const names = new Map(
    claims.map((claim) => {
      const { sign, word } = statusLooks[statusOf(claim)];
      return [
        `#${claim.id}`,
        `${claim.label} ${sign} ${word}${mismatchText(mismatched, claim.id)}: ${claim.title}`,
      ];
    }),
  );
  return cleaned(svg.slice(svg.indexOf('<svg')), names);
}

/** @param names what each node's link is called, by its address */
function cleaned(svg: string, names: ReadonlyMap<string, string>): string {
  const { document } = parseHTML(`<!doctype html><html><body>${svg}</body></html>`);
  const root = document.querySelector('svg');
  if (root === null) throw new TypeError('graph: expected an svg element, got none');
  for (const link of Array.from(root.querySelectorAll('a'))) {
    link.setAttribute('href', link.getAttribute('xlink:href') ?? '#');
    link.setAttribute('aria-label', names.get(link.getAttribute('href') ?? '') ?? '');
    for (const name of ['xlink:href', 'xlink:title']) link.removeAttribute(name);
  }
  for (const element of Array.from(root.querySelectorAll('*'))) element.removeAttribute('xml:space');
  // The titles repeat the ids and show up as a second, useless tooltip.
  for (const title of Array.from(root.querySelectorAll('title'))) title.remove();
  for (const group of Array.from(root.querySelectorAll('g'))) group.removeAttribute('id');
  root.removeAttribute('xmlns:xlink');
  root.setAttribute('class', 'claim-graph');
  root.setAttribute('role', 'group');
  root.setAttribute('aria-label', 'Claims, with an arrow from each to those that rest on it');
  return svgText(root);
}

/** A text in double quotes as DOT reads it: Graphviz decodes backslashes and HTML entities in labels. */
function quoted(text: string): string {
  const escaped = xmlSafe(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('&', '&amp;')
    .replace(/\r?\n/g, '\\n');
  return `"${escaped}"`;
}
