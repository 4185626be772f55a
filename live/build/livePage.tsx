import { createHash } from 'node:crypto';
import { renderToString } from 'preact-render-to-string';
import type { Catalogue } from '../../src/papers/claims/catalogue.ts';
import { texToMathml } from '../../src/papers/report/charts/math.ts';
import { styleSheet } from '../../src/papers/report/page/styleSheet.ts';
import { liveClaims } from '../claims.ts';
import { liveStyle } from '../page/style.ts';
import type { PageData } from '../pageData.ts';
import { bundle } from './bundle.ts';

/**
 * Writes the page on which a reader tries to refute the claims: one file with the judge, the claims and nothing else
 * to load.
 *
 * Guarantee: a function of the sources. A content policy forbids all but the page's own style and script and the
 * threads that it starts from its own text.
 *
 * Cost: a bundle of about a megabyte, within a few seconds.
 */
export async function livePage(catalogue: Catalogue): Promise<string> {
  const [script, worker] = await Promise.all([bundle('live/page/main.tsx'), bundle('live/worker/worker.ts')]);
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    // Threads take over the policy of the page; matrix products are compiled in them.
    `script-src 'sha256-${hash}' 'wasm-unsafe-eval'`,
    'worker-src blob:',
    'img-src data:',
  ].join('; ');
  const { version } = catalogue.paper;
  const page = renderToString(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content={`Try to refute the claims of ${version} in your browser`} />
        <title>{`Try to refute it: ${version}, live`}</title>
        <style dangerouslySetInnerHTML={{ __html: `${styleSheet}${liveStyle}` }} />
      </head>
      <body>
        <div id="root">
          <p>
            This page judges the claims of the paper in your browser, by a script; scripts seem to be off
            here.
          </p>
        </div>
        <script
          id="data"
          type="application/json"
          dangerouslySetInnerHTML={{ __html: jsonIn(dataOf(catalogue)) }}
        />
        <script id="worker" type="text/plain" dangerouslySetInnerHTML={{ __html: worker }} />
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>,
  );
  return `<!DOCTYPE html>\n${page}\n`;
}

function dataOf({ paper, entries }: Catalogue): PageData {
  const { title, version, url } = paper;
  return {
    paper: { title, version, url },
    claims: liveClaims.map((id) => {
      const entry = entries.find((each) => each.id === id);
      if (entry === undefined) throw new RangeError(`${id}: expected an id of the catalogue`);
      const { label, statement } = entry;
      return { id, label, title: entry.title, words: statement.words, formula: texToMathml(statement.tex) };
    }),
  };
}

/** JSON that can stand in a script element: no `<` in it begins a tag. */
function jsonIn(value: PageData): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
