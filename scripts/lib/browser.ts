import { existsSync } from 'node:fs';

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
  return places.find((place) => place !== '' && existsSync(place));
}
