import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClauses } from '../../../src/formats/readClauses.ts';
import { InputError } from '../../../src/numerics/base/inputError.ts';

const read = (text: string) => readClauses('a.wcnf', Buffer.from(text));
const refusal = async (text: string): Promise<string> => {
  try {
    await read(text);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'nothing';
};

describe('a file of clauses', () => {
  it('is read in all three formats, gzipped, over several lines and with comments between', async () => {
    const clauses = { first: [1, -3], second: [2, 0], hard: [0, 0] };
    const told = async (text: string | Uint8Array) => {
      const table = await readClauses('a', typeof text === 'string' ? Buffer.from(text) : text);
      const { first, second, hard } = table;
      return {
        variables: table.variables,
        weights: [...table.weights],
        clauses: { first: [...first], second: [...second], hard: [...hard] },
      };
    };
    const cnf = 'c x\np cnf 4 2\n1\n2 0 -3\nc y\n0\n%\n0\n';
    expect(await told(cnf)).toEqual({ variables: 4, weights: [1, 1], clauses });
    expect(await told(gzipSync(cnf))).toEqual({ variables: 4, weights: [1, 1], clauses });
    expect(await told('p wcnf 4 2\r\n2.5 1 2 0\r\n3 -3 0')).toEqual({
      variables: 4,
      weights: [2.5, 3],
      clauses,
    });
    expect(await told('2.5 1 2 0\n3 -3 0\n')).toEqual({ variables: 3, weights: [2.5, 3], clauses });
  });

  it('names hard clauses in the older format by the top weight, in the newer by h', async () => {
    const older = await read('p wcnf 2 2 10\n10 1 2 0\n9 -1 0\n');
    const newer = await read('h 1 2 0\n9 -1 0\n');
    for (const { hard } of [older, newer]) expect([...hard]).toEqual([1, 0]);
    expect([...older.lines]).toEqual([2, 3]);
    expect([...newer.lines]).toEqual([1, 2]);
  });

  it('counts a literal that a clause names twice once, and says so', async () => {
    const { first, second, notes } = await read('p cnf 2 1\n2 2 0\n');
    expect([first[0], second[0]]).toEqual([2, 0]);
    expect(notes).toEqual(['1 literal named twice in its clause']);
  });

  it.each([
    ['p cnf 3 1\n1 2 3 0\n', 'a.wcnf:2: expected clauses of one or two literals, got a longer one'],
    ['p cnf 3 1\n\n0\n', 'a.wcnf:3: expected clauses of one or two literals, got one without any'],
    [
      'p cnf 2 1\n1 3 0\n',
      'a.wcnf:2: expected a literal (a variable from 1 to 2, negated by a minus) or 0, got "3"',
    ],
    ['p cnf 2 2\n1 2 0\n', 'a.wcnf:2: expected 2 clauses, as the line "p" says, got 1'],
    ['p cnf 2 1\n1 2\n', 'a.wcnf:2: expected a 0 at the end of the clause, got the end of the file'],
    ['p wcnf 2 1\n-1 2 0\n', 'a.wcnf:2: expected a weight of at least 0, got "-1"'],
    ['p wcnf 2 1\nx 2 0\n', 'a.wcnf:2: expected a finite weight, got "x"'],
    ['p edge 3 1\n', 'a.wcnf:1: expected one line "p cnf variables clauses" or'],
    ['p cnf 1 0\np cnf 1 0\n', 'a.wcnf:2: expected one line "p cnf variables clauses" or'],
    ['', 'a.wcnf: expected clauses, got none'],
  ])('is refused in one line where it is %j', async (text, message) => {
    const got = await refusal(text);
    expect(got.startsWith(message)).toBe(true);
    expect(got).not.toContain('\n');
  });

  it('is read or refused in one line, whatever is damaged', async () => {
    const whole = 'c c\np wcnf 4 3 20\n2 1 -2 0\n20 3 0\n1.5 -4 1\n0\n';
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length),
        fc.nat(6),
        fc.constantFrom('', '0', '-', 'h', 'p', ' ', '\n', '9999999999999', '\u0000', 'e'),
        async (at, length, put) => {
          const message = await refusal(whole.slice(0, at) + put + whole.slice(at + length));
          expect(message).not.toContain('\n');
        },
      ),
      { numRuns: 500 },
    );
  });
});
