import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What must not stand in src and spec, written so that this file does not contain it. */
const banned = [
  ['Math', 'random'],
  ['Date', 'now'],
  ['tf', 'random'],
].map((words) => new RegExp(`\\b${words.join('\\.')}`));
const bannedInPaperSpecs = /\bexpect\(|\bit\(|\bfor \(|\bwhile \(/;

function sources(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tsx?|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));
}

test('the scan sees the sources', () => {
  expect(sources('src').length).toBeGreaterThan(50);
  expect(sources('spec').length).toBeGreaterThan(10);
});

test('all randomness and all time is passed in', () => {
  const found = [...sources('src'), ...sources('spec'), ...sources('live')].filter(({ text }) =>
    banned.some((ban) => ban.test(text)),
  );
  expect(found.map(({ file }) => file)).toEqual([]);
});

test('no lint rule is switched off in a file, and no type error hidden', () => {
  const hiding = new RegExp(`${['biome', 'ignore'].join('-')}|@ts-(ignore|expect-error|nocheck)`);
  const found = ['src', 'spec', 'scripts', 'live'].flatMap(sources).filter(({ text }) => hiding.test(text));
  expect(found.map(({ file }) => file)).toEqual([]);
});

test('paper specs state claims: no expectation and no loop in them', () => {
  const specs = sources('spec/paper').filter(({ file }) => file.endsWith('.spec.ts'));
  const found = specs.filter(({ text }) => bannedInPaperSpecs.test(text));
  expect(specs.length).toBeGreaterThan(2);
  expect(found.map(({ file }) => file)).toEqual([]);
});
