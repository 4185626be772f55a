import { pathToFileURL } from 'node:url';
import writeFileAtomic from 'write-file-atomic';
import { InputError } from '../../src/numerics/base/inputError.ts';
import { browserPath } from './browser.ts';

/**
 * Writes a PNG of the first screen of a page.
 *
 * @param page the HTML file
 * @throws InputError where there is no browser
 */
export async function writePicture(page: string, picture: string): Promise<void> {
  const executablePath = browserPath();
  if (executablePath === undefined) {
    throw new InputError({
      source: '--picture',
      expected: 'a Chromium, which CHROMIUM may name',
      got: 'none',
    });
  }
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 1000 }, colorScheme: 'light' });
    await tab.goto(pathToFileURL(page).href);
    await writeFileAtomic(picture, await tab.screenshot());
  } finally {
    await browser.close();
  }
}
