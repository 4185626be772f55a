import { createHash } from 'node:crypto';
import { renderToString } from 'preact-render-to-string';
import { headline } from '../summary.ts';
import type { ReportView } from '../view.ts';
import { Page } from './Page.tsx';
import { pageScript } from './pageScript.ts';
import { styleSheet } from './styleSheet.ts';

/**
 * Renders the report as one HTML page that needs no other file, no network and no script.
 *
 * Guarantee: every text of the evidence is escaped, and a content policy forbids everything but the page's own
 * style and its one script, which only adds copy buttons.
 */
export function renderHtml(view: ReportView): string {
  const hash = createHash('sha256').update(pageScript).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:`;
  const { paper } = view.evidence;
  const page = renderToString(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content={headline(view.summary)} />
        <title>{`Verification of ${paper.version}`}</title>
        <style dangerouslySetInnerHTML={{ __html: styleSheet }} />
      </head>
      <body>
        <Page view={view} />
        <script dangerouslySetInnerHTML={{ __html: pageScript }} />
      </body>
    </html>,
  );
  return `<!DOCTYPE html>\n${page}\n`;
}
