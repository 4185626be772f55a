import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HtmlValidate } from 'html-validate';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rootStream } from '../../../../src/papers/claims/rootStream.ts';
import type { Evidence } from '../../../../src/papers/evidence/evidence.ts';
import { reportFiles } from '../../../../src/papers/report/reportFiles.ts';
import { browserPath } from '../../../../src/papers/run/pagePicture.ts';
import { randomEvidence } from '../randomEvidence.ts';

const executablePath = browserPath();
const without = executablePath === undefined ? ' (skipped: no Chromium found; set CHROMIUM to its path)' : '';

const widths = [360, 768, 1280] as const;
const looks = [
  { width: 360, colorScheme: 'light' },
  { width: 768, colorScheme: 'dark' },
  { width: 1280, colorScheme: 'light' },
] as const;
const evidences: readonly Evidence[] = [0, 1, 2].map((i) => randomEvidence(rootStream('page').fork(i)));

/** A run larger than any so far: sixty claims, half of them with a chart of ten thousand points. */
function largeEvidence(): Evidence {
  const stream = rootStream('large page');
  const base = randomEvidence(stream.fork('base'));
  const claims = Array.from({ length: 60 }, (_, i) => {
    const [template] = randomEvidence(stream.fork(i)).claims;
    if (template === undefined) throw new TypeError('claims: expected one, got none');
    return { ...template, id: `claim-${i}`, uses: i > 0 ? [`claim-${i >> 1}`] : [] };
  });
  const charts = claims.slice(0, 30).map(({ id }, i): Evidence['charts'][number] => ({
    id: `chart-${i}`,
    figure: id,
    origin: 'measured',
    title: 'Ten thousand points',
    caption: 'A walk.',
    x: { label: 'step', scale: 'linear' },
    y: { label: 'place', scale: 'linear' },
    series: [
      {
        name: 'walk',
        mark: 'line',
        points: Array.from({ length: 10_000 }, (_, x) => [x, stream.gaussian()]),
      },
    ],
    rules: [],
  }));
  return { ...base, claims, charts };
}

test('a page of sixty claims and thirty charts of ten thousand points stays below 3 MB', async () => {
  const html = (await reportFiles(largeEvidence())).get('index.html') ?? '';
  expect(Buffer.byteLength(html)).toBeLessThan(3 * 1024 * 1024);
});

test('the page passes an HTML validator', async () => {
  const validator = new HtmlValidate({
    extends: ['html-validate:standard'],
    // The HTML standard (13.1.3) admits a bare > in text; only < and ambiguous & must be escaped there.
    rules: { 'no-raw-characters': 'off' },
  });
  for (const evidence of evidences) {
    const html = (await reportFiles(evidence)).get('index.html') ?? '';
    const { results } = await validator.validateString(html);
    expect(
      results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)),
    ).toEqual([]);
  }
});

test('the certificate passes an HTML validator and says in YAML what was run, where, when and on what', async () => {
  const validator = new HtmlValidate({
    extends: ['html-validate:standard'],
    rules: { 'no-raw-characters': 'off' },
  });
  for (const evidence of evidences) {
    const files = await reportFiles(evidence);
    const html = files.get('certificate.html') ?? '';
    const { results } = await validator.validateString(html);
    expect(
      results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)),
    ).toEqual([]);
    for (const part of [evidence.provenance.commit, evidence.provenance.finished])
      expect(html).toContain(part);
    const lines = (files.get('codecheck.yml') ?? '').trimEnd().split('\n');
    // Every value is a JSON text, or a list follows: what a hostile text holds cannot begin a key of its own.
    for (const line of lines) expect(line).toMatch(/^ *(- )?[a-z_]+:( ("([^"\\]|\\.)*"|\[\]))?$/);
    const listed = lines.flatMap((line) => /^ {2}- file: "(.*)"$/.exec(line)?.[1] ?? []);
    for (const file of listed) expect(files.has(file), file).toBe(true);
    expect(listed.length).toBe(evidence.charts.filter(({ origin }) => origin === 'measured').length);
  }
});

describe.skipIf(executablePath === undefined)(`the page in a browser${without}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'report-page-'));
  const urls: string[] = [];
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
    for (const [i, evidence] of evidences.entries()) {
      const path = join(folder, `${i}.html`);
      writeFileSync(path, (await reportFiles(evidence)).get('index.html') ?? '');
      urls.push(pathToFileURL(path).href);
    }
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function visit(url: string, options: BrowserContextOptions, look: (page: Page) => Promise<void>) {
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      const said: string[] = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('pageerror', ({ message }) => said.push(message));
      page.on('request', (request) => {
        if (request.url() !== url) said.push(`asked for ${request.url()}`);
      });
      await page.goto(url);
      await look(page);
      expect(said).toEqual([]);
    } finally {
      await context.close();
    }
  }

  test.for(widths)(
    'does not scroll sideways at %i px, says nothing on the console, asks for no other file',
    async (width) => {
      for (const url of urls) {
        await visit(url, { viewport: { width, height: 800 } }, async (page) => {
          await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        });
      }
    },
  );

  test('runs nothing that stands in the evidence', async () => {
    for (const url of urls) {
      await visit(url, {}, async (page) => {
        expect(await page.evaluate('globalThis.broken')).toBeUndefined();
      });
    }
  });

  test.for(looks)(
    'has no accessibility violation in the $colorScheme scheme at $width px',
    async ({ width, colorScheme }) => {
      const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      // The page's own policy would keep the checker out.
      const options = { viewport: { width, height: 800 }, colorScheme, bypassCSP: true };
      await visit(urls[widths.indexOf(width)] ?? '', options, async (page) => {
        await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
        await page.evaluate(axe);
        const { violations } = (await page.evaluate('axe.run()')) as {
          violations: { id: string; nodes: { html: string }[] }[];
        };
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      });
    },
  );

  test('shows the same text with and without JavaScript, and copy buttons only with', async () => {
    const [url = ''] = urls;
    const commands = 'document.querySelectorAll(".command").length';
    let without: string | null = '';
    await visit(url, { javaScriptEnabled: false }, async (page) => {
      without = await page.locator('main').textContent();
      expect(await page.locator('button').count()).toBe(0);
    });
    await visit(url, {}, async (page) => {
      expect(await page.locator('button').count()).toBe(await page.evaluate(commands));
      await page.evaluate('for (const each of document.querySelectorAll("button")) each.remove()');
      expect(await page.locator('main').textContent()).toBe(without);
    });
  });

  test('unfolds the claim of the address, and shows only the claims that the filter asks for', async () => {
    for (const [i, url] of urls.entries()) {
      const claim = evidences[i]?.claims.at(-1);
      if (claim === undefined) throw new TypeError('claims: expected one, got none');
      await visit(url, {}, async (page) => {
        const card = page.locator(`[id="${claim.id}"]`);
        expect(await card.locator('.statement').isVisible()).toBe(false);
        await page.evaluate(`location.hash = ${JSON.stringify(claim.id)}`);
        await card.locator('.statement').waitFor({ state: 'visible' });
        const count = await page.locator('article.claim:visible').count();
        expect(count).toBe(evidences[i]?.claims.length);
        await page.locator('nav input').fill(claim.id);
        expect(await card.isVisible()).toBe(true);
        await page.locator('nav input').fill('xyzzy');
        expect(await page.locator('article.claim:visible').count()).toBe(0);
      });
    }
  });

  test('copies exactly the command', async () => {
    const permissions = ['clipboard-read', 'clipboard-write'];
    await visit(urls[1] ?? '', { permissions }, async (page) => {
      const command = page.locator('#how-to-read .command');
      await command.locator('button').click();
      // Writing to the clipboard takes its time; the button says when it is done.
      await command.locator('button', { hasText: 'Copied' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
        await command.locator('code').textContent(),
      );
    });
  });

  test('draws mathematics and charts at a size that can be seen, and prints', async () => {
    for (const url of urls) {
      await visit(url, {}, async (page) => {
        await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
        for (const selector of ['math', 'svg.chart', 'svg.claim-graph']) {
          for (const element of await page.locator(selector).all()) {
            const box = await element.boundingBox();
            expect(box?.width ?? 0).toBeGreaterThan(5);
            expect(box?.height ?? 0).toBeGreaterThan(5);
          }
        }
        const printed = (await page.pdf({ format: 'A4' })).toString('latin1');
        expect(printed.startsWith('%PDF-')).toBe(true);
        // A summary: verdict, theorems, what was found and the table of claims; the cards stay on the screen. Random
        // texts are longer than a paper's, which fill two pages.
        expect([...printed.matchAll(/\/Type\s*\/Page\b/g)].length).toBeLessThanOrEqual(3);
        // As wide as A4 within its margins, 190 mm: what stood out of it would be cut off.
        await page.setViewportSize({ width: 718, height: 1000 });
        await page.emulateMedia({ media: 'print' });
        await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
        // Widths are fractions, and this one is rounded up.
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(719);
      });
    }
  });
});
