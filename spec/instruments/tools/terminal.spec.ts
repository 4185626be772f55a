import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { discover } from '../../../src/tools/discover.ts';
import { embed } from '../../../src/tools/embed.ts';
import { maxcut } from '../../../src/tools/maxcut.ts';
import { toolRun } from './toolRun.ts';

const folder = mkdtempSync(join(tmpdir(), 'terminal-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Whatever moves a cursor, rings, turns the direction of writing, or ends a line for some reader; line ends aside. */
const raw = /[^\P{C}\n]|[\u2028\u2029]/u;
/** What such a name may hold where a file system, and a cell of CSV, allow it. */
const nasty = fc
  .array(
    fc.constantFrom(
      '\u001b[2J',
      '\u001b]0;x\u0007',
      '\u202e',
      '\u2066',
      '\u200f',
      '\u0085',
      '\u009b31m',
      '\u2028',
      'a',
      'ü',
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(''));

const tools = {
  maxcut: (words: readonly string[]) => toolRun(maxcut, words),
  embed: (words: readonly string[]) => toolRun(embed, words),
  discover: (words: readonly string[]) => toolRun(discover, words),
};

/** Command lines with a nasty word, in the name of a file, its content, and the options. */
const cases = fc.constantFrom<
  readonly [keyof typeof tools, (name: string, word: string) => readonly string[]]
>(
  ['maxcut', (name, word) => [write(name, `${word}s,target\n${word},b\nb,c\nc,${word}\n`), '--steps', '1']],
  ['maxcut', (name, word) => [write(name, `a,b,${word}\n`)]],
  ['maxcut', (name) => [join(folder, `absent-${name}`)]],
  ['maxcut', (name, word) => [write(name, '1,2\n2,3\n'), '--steps', '1', '--seed', word]],
  ['maxcut', (name, word) => [write(name, '1,2\n2,3\n'), '--format', word]],
  ['embed', (name, word) => [write(name, `${word},y\n1,2\n3,5\n4,4\n`), '--k', '1', '--steps', '1']],
  ['embed', (name, word) => [write(name, `x,y\n1,${word}\n`), '--k', '1']],
  ['embed', (name, word) => [write(name, 'x,y\n1,2\n'), '--drop', word, '--k', '1']],
  ['embed', (name, word) => [write(name, 'x,y\n1,2\n'), `--${word}`, '1']],
  ['discover', (name, word) => ['--weights', write(name, `${word},y\n1,2\n3,5\n`)]],
  ['discover', (name, word) => ['--weights', write(name, '1,2\n3,5\n'), '--array', word]],
  ['discover', (_, word) => ['--loss', word]],
);

let count = 0;

function write(name: string, text: string): string {
  const own = join(folder, `${count++}`);
  mkdirSync(own);
  writeFileSync(join(own, name), text);
  return join(own, name);
}

describe('what files and options hold', () => {
  test('never reaches the terminal as it is: not in words, not in JSON, not in an error', async () => {
    let [answers, errors] = [0, 0];
    await fc.assert(
      fc.asyncProperty(cases, nasty, nasty, fc.boolean(), async ([tool, wordsOf], name, word, isJson) => {
        const words = [...wordsOf(`${name}.csv`, word), ...(isJson ? ['--json'] : [])];
        const { code, stdout, stderr } = await tools[tool](words);
        expect(stdout).not.toMatch(raw);
        expect(stderr).not.toMatch(raw);
        expect([0, 2]).toContain(code);
        if (code === 0) answers++;
        else errors++;
        if (code === 2) expect(stderr.trimEnd().split('\n')).toHaveLength(1);
        if (code === 0 && isJson) expect(() => JSON.parse(stdout)).not.toThrow();
      }),
      { numRuns: 24 },
    );
    expect(Math.min(answers, errors)).toBeGreaterThan(0);
  }, 240_000);
});
