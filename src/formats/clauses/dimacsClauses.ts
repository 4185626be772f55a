import type { ClauseTable } from '../tables.ts';
import { readLines } from '../text/lines.ts';
import { numeralProblem, parseNumeral, shown } from '../text/numerals.ts';
import type { TextFile } from '../text/textFile.ts';

/** Most variables and clauses: what typed arrays of a few hundred megabytes hold. */
const limits = { variables: 1_000_000, clauses: 20_000_000 } as const;

/** What the line `p` says; a weighted file of the newer format has none. */
interface Header {
  readonly format: 'cnf' | 'wcnf';
  readonly variables: number;
  readonly clauses: number;
  /** The weight from which a clause is hard. */
  readonly top: number;
}

/**
 * Reads the DIMACS formats of clauses: comments `c …`, a line `p cnf variables clauses` or `p wcnf variables clauses
 * [top]`, then clauses that end with 0, with their weight first where weighted. Without a line `p` it is the newer
 * weighted format, where a hard clause begins with `h`. Clauses may run over several lines; a line `%` ends the file.
 *
 * A literal that a clause names twice counts once.
 *
 * @throws InputError with the line for a clause of no literal or of more than two, and for anything else that is wrong
 * Source: DIMACS, "Satisfiability: Suggested Format" (1993); MaxSAT Evaluation, formats of 2006 and 2022.
 */
export function readDimacsClauses(file: TextFile): ClauseTable {
  const collector = new ClauseCollector(file);
  let last = 1;
  for (const { number, text } of readLines(file.text)) {
    if (text.startsWith('%')) break;
    if (text === '' || /^c(\s|$)/.test(text)) continue;
    last = number;
    if (/^p(\s|$)/.test(text)) collector.readHeader(number, text);
    else for (const word of text.split(/\s+/)) collector.take(number, word);
  }
  return collector.table(last);
}

class ClauseCollector {
  readonly #file: TextFile;
  readonly #first: number[] = [];
  readonly #second: number[] = [];
  readonly #weights: number[] = [];
  readonly #hard: number[] = [];
  readonly #lines: number[] = [];
  #header: Header | undefined;
  #largest = 0;
  #repeated = 0;
  /** The clause that is being read: its weight where it has one, and its literals so far. */
  #open: { readonly line: number; readonly weight: number; readonly literals: Set<number> } | undefined;

  constructor(file: TextFile) {
    this.#file = file;
  }

  readHeader(line: number, text: string): void {
    const fields = text.split(/\s+/);
    const [, format, variables, clauses, top] = fields;
    const isKnown =
      (format === 'cnf' && fields.length === 4) ||
      (format === 'wcnf' && (fields.length === 4 || fields.length === 5));
    if (!isKnown || this.#header !== undefined || this.#lines.length > 0 || this.#open !== undefined) {
      const expected = 'one line "p cnf variables clauses" or "p wcnf variables clauses [top]" first';
      throw this.#file.fault(line, { expected, got: shown(text) });
    }
    this.#header = {
      format,
      variables: this.#count(line, 'a count of variables', variables, limits.variables),
      clauses: this.#count(line, 'a count of clauses', clauses, limits.clauses),
      top: top === undefined ? Number.POSITIVE_INFINITY : this.#weight(line, top),
    };
  }

  take(line: number, word: string): void {
    if (this.#open === undefined) {
      const literals = new Set<number>();
      if (this.#header?.format === 'cnf') this.#open = { line, weight: 1, literals };
      else {
        const isHard = word === 'h' && this.#header === undefined;
        const weight = isHard ? Number.POSITIVE_INFINITY : this.#weight(line, word);
        this.#open = { line, weight, literals };
        return;
      }
    }
    if (word === '0') this.#close(line);
    else this.#add(line, word, this.#open.literals);
  }

  table(last: number): ClauseTable {
    if (this.#open !== undefined) {
      throw this.#file.fault(last, { expected: 'a 0 at the end of the clause', got: 'the end of the file' });
    }
    const count = this.#lines.length;
    const claimed = this.#header?.clauses ?? count;
    if (count !== claimed) {
      throw this.#file.fault(last, { expected: `${claimed} clauses, as the line "p" says`, got: `${count}` });
    }
    if (this.#header === undefined && count === 0) {
      throw this.#file.fault(0, { expected: 'clauses', got: 'none' });
    }
    this.#file.count(
      this.#repeated,
      '1 literal named twice in its clause',
      'literals named twice in a clause',
    );
    return {
      kind: 'clauses',
      format: this.#header?.format ?? 'wcnf',
      variables: this.#header?.variables ?? this.#largest,
      first: Int32Array.from(this.#first),
      second: Int32Array.from(this.#second),
      weights: Float64Array.from(this.#weights),
      hard: Uint8Array.from(this.#hard),
      lines: Int32Array.from(this.#lines),
      notes: this.#file.notes,
    };
  }

  #add(line: number, word: string, literals: Set<number>): void {
    const most = this.#header?.variables ?? limits.variables;
    const literal = /^[+-]?\d{1,10}$/.test(word) ? Number(word) : Number.NaN;
    if (!(Math.abs(literal) >= 1 && Math.abs(literal) <= most)) {
      const expected = `a literal (a variable from 1 to ${most}, negated by a minus) or 0`;
      throw this.#file.fault(line, { expected, got: shown(word) });
    }
    if (literals.has(literal)) this.#repeated++;
    literals.add(literal);
    this.#largest = Math.max(this.#largest, Math.abs(literal));
    if (literals.size > 2) {
      throw this.#file.fault(line, { expected: 'clauses of one or two literals', got: 'a longer one' });
    }
  }

  #close(line: number): void {
    const { line: start, weight, literals } = this.#open ?? { line, weight: 0, literals: new Set<number>() };
    this.#open = undefined;
    const [first, second = 0] = literals;
    if (first === undefined) {
      throw this.#file.fault(start, { expected: 'clauses of one or two literals', got: 'one without any' });
    }
    const isHard = weight >= (this.#header?.top ?? Number.POSITIVE_INFINITY);
    this.#first.push(first);
    this.#second.push(second);
    this.#weights.push(isHard ? 1 : weight);
    this.#hard.push(isHard ? 1 : 0);
    this.#lines.push(start);
  }

  #weight(line: number, word: string): number {
    const value = parseNumeral(word);
    if (Number.isNaN(value)) {
      const { expected, ...rest } = numeralProblem(word);
      throw this.#file.fault(line, { expected: expected.replace('number', 'weight'), ...rest });
    }
    if (value >= 0) return value;
    throw this.#file.fault(line, { expected: 'a weight of at least 0', got: shown(word) });
  }

  #count(line: number, what: string, word: string | undefined, most: number): number {
    const value = word !== undefined && /^\d{1,10}$/.test(word) ? Number(word) : Number.NaN;
    if (value <= most) return value;
    const expected = `${what} (a whole number from 0 to ${most})`;
    throw this.#file.fault(line, { expected, got: shown(word) });
  }
}
