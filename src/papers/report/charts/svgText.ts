import { escapeHtml } from './math.ts';

/** The few properties of a DOM node that writing it needs, so that any DOM will do. */
interface DomNode {
  readonly nodeType: number;
  /** Name of an element with its case kept, which `nodeName` of an HTML document does not. */
  readonly localName?: string;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<DomNode>;
  readonly attributes?: ArrayLike<{ readonly name: string; readonly value: string }>;
}

const elementNode = 1;
const textNode = 3;

/**
 * Writes an SVG element as markup that is both well-formed XML and HTML: attributes and text fully escaped, comments
 * left out, names as they are in the DOM.
 */
export function svgText(node: DomNode): string {
  if (node.nodeType === textNode) return escapeHtml(node.nodeValue ?? '');
  if (node.nodeType !== elementNode) return '';
  const name = node.localName ?? '';
  const attributes = Array.from(
    node.attributes ?? [],
    ({ name, value }) => ` ${name}="${escapeHtml(value)}"`,
  );
  const children = Array.from(node.childNodes, svgText).join('');
  const opening = `<${name}${attributes.join('')}`;
  return children === '' ? `${opening}/>` : `${opening}>${children}</${name}>`;
}
