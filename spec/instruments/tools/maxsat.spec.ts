import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/numerics/random/stream.ts';
import { maxsat as tool } from '../../../src/tools/maxsat.ts';
import { maxSatResult } from '../../../src/tools/maxsatResult.ts';
import { toolRun } from './toolRun.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'maxsat-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const maxsat = (...words: string[]) => toolRun(tool, words);
const petersen = 'fixtures/clauses/petersen.wcnf';

const written = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

/** The clauses of a file of the older weighted format whose literals are all false, by a reader of two lines. */
function unsatisfied(text: string, values: readonly string[]): number {
  const clauses = text.split('\n').filter((line) => /^\d/.test(line));
  return clauses.filter((line) => {
    const literals = line.split(' ').slice(1, -1).map(Number);
    return literals.every((literal) => values[Math.abs(literal) - 1] !== (literal > 0 ? '1' : '0'));
  }).length;
}

describe('the maxsat command', () => {
  it('prints one JSON object and writes the values, which satisfy as much', async () => {
    const out = join(folder, 'values.txt');
    const { code, stdout, stderr } = await maxsat(petersen, '--steps', '1', '--json', '--out', out);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const result = maxSatResult.parse(JSON.parse(stdout));
    expect(result).toMatchObject({
      variables: 10,
      clauses: 30,
      satisfied: 27,
      upperBound: 27,
      outcome: 'optimal',
    });
    expect(result.certificate.derandomization?.holds).toBe(true);
    const values = readFileSync(out, 'utf8').trimEnd().split('\n');
    expect(values.map(Number)).toEqual(result.assignment);
    expect(unsatisfied(readFileSync(petersen, 'utf8'), values)).toBe(3);
  }, 100_000);

  it('says in words what was found, and what became of hard clauses', async () => {
    const file = written('hard.wcnf', 'h 1 2 0\n3 -2 0\n2 -1 0\n');
    const { code, stdout } = await maxsat(file, '--steps', '1', '--hard', 'weigh');
    expect(code).toBe(0);
    // One of the two soft clauses has to go: the lighter.
    expect(stdout).toMatch(
      /^satisfied +9 of 11 \(optimal\)\nupper bound +9 \(proven by exhaustive search\)\n/,
    );
    expect(stdout).toMatch(/\nhard +1 clauses, weighed 6 each: all satisfied\n/);
    expect(stdout).toMatch(/\ncertificate +verified: /);
  }, 100_000);

  it('gives the same for the same seed and steps, and a bound above what it finds', async () => {
    const stream = randomStream('clauses');
    const literal = (): number => stream.integer(1, 30) * (stream.uniform() < 0.5 ? -1 : 1);
    const clauses = Array.from({ length: 150 }, () => `1 ${literal()} ${literal()} 0`);
    const file = written('thirty.wcnf', clauses.join('\n'));
    const run = async () => {
      const { stdout } = await maxsat(file, '--steps', '2', '--json');
      const { satisfied, upperBound, assignment, certificate } = maxSatResult.parse(JSON.parse(stdout));
      return { satisfied, upperBound, assignment, certificate };
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(first.satisfied).toBeLessThanOrEqual(first.upperBound);
    expect(first.certificate.upperBound.method).toBe('factorization');
  }, 100_000);

  it.each([
    [/^nowhere\.cnf: expected a readable file, got ENOENT.*\n$/, () => ['nowhere.cnf']],
    [
      /long\.cnf:2: expected clauses of one or two literals, got a longer one\n$/,
      () => [written('long.cnf', 'p cnf 3 1\n1 2 3 0\n')],
    ],
    [
      /h\.wcnf:1: expected soft clauses only, got a hard one \(--hard weigh .*\)\n$/,
      () => [written('h.wcnf', 'h 1 2 0\n')],
    ],
    [/^--hard: expected one of refuse, weigh, got "drop"\n$/, () => [petersen, '--hard', 'drop']],
    [/^error: missing required argument 'file'\n$/, () => []],
  ] as readonly [RegExp, () => string[]][])(
    'refuses with %s in one line, with exit code 2',
    async (message, words) => {
      const { code, stdout, stderr } = await maxsat(...words());
      expect(stderr).toMatch(message);
      expect(stdout).toBe('');
      expect(code).toBe(2);
    },
  );
});
