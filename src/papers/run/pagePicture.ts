import { pathToFileURL } from 'node:url';
import { fs } from 'zx';
import { InputError } from '../../numerics/base/inputError.ts';
import { writeWhole } from '../../numerics/base/writeWhole.ts';

/** Where a Chromium is usually installed; CHROMIUM names another. */
const places = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The program of a browser on this machine; undefined where none was found. */
export function browserPath(): string | undefined {
  return places.find((place) => place !== '' && fs.existsSync(place));
}

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
    writeWhole(picture, await tab.screenshot());
  } finally {
    await browser.close();
  }
}
