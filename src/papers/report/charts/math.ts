import katex from 'katex';

/**
 * Renders TeX as MathML, which browsers draw and screen readers speak without any font or script of ours.
 *
 * Guarantee: the result is well-formed markup whatever the text; macros that reach outside (links, included
 * graphics, HTML attributes) are off. TeX that does not parse is shown as its source.
 */
export function texToMathml(tex: string): string {
  if (tex.trim() === '') return '';
  try {
    const html = katex.renderToString(tex, {
      output: 'mathml',
      displayMode: true,
      strict: 'ignore',
      trust: false,
    });
    return html.replace(/^<span class="katex">(.*)<\/span>$/s, '$1');
  } catch {
    return `<code class="tex">${escapeHtml(tex)}</code>`;
  }
}

/** Escapes a text for use between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
