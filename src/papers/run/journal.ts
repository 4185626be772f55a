import { z } from 'zod';
import { fs, path } from 'zx';
import { InputError } from '../../numerics/base/inputError.ts';
import { writeWhole } from '../../numerics/base/writeWhole.ts';
import { difference, type RunIdentity } from '../evidence/runIdentity.ts';
import { type FinishedParts, partKey } from '../evidence/shape/part.ts';

const header = z.object({
  journal: z.literal(1),
  inputs: z.string(),
  profile: z.enum(['smoke', 'quick', 'full']),
  seed: z.string(),
  runs: z.number().nullable(),
  node: z.string(),
});
const part = z.object({
  id: z.string(),
  sabotage: z.string().exactOptional(),
  nullMethod: z.string().exactOptional(),
  judgement: z.object({}),
});

/**
 * The claim parts that a run has finished, one line each, so that an interrupted run can be continued.
 *
 * Guarantee: whatever ends the process, the file is a header and whole lines, but for the last, which may be torn.
 * A journal that another run replaces meanwhile is written on unseen: the two never share a file.
 */
export class Journal {
  readonly #file: string;
  readonly #written = new Set<string>();
  #descriptor: number | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** Replaces the file, in one step, by a header and the parts that an earlier run finished. */
  start(identity: RunIdentity, finished: FinishedParts): void {
    const lines = [JSON.stringify({ journal: 1, ...identity }), ...Object.values(finished)];
    fs.ensureDirSync(path.dirname(this.#file));
    writeWhole(this.#file, `${lines.join('\n')}\n`);
    this.#descriptor = fs.openSync(this.#file, 'a');
    for (const key of Object.keys(finished)) this.#written.add(key);
  }

  /**
   * Appends a part unless it is there already.
   *
   * @throws what writing throws, for instance on a full disk; nothing is appended to a torn line afterwards.
   */
  append(key: string, text: string): void {
    if (this.#descriptor === undefined || this.#written.has(key)) return;
    try {
      fs.appendFileSync(this.#descriptor, `${text}\n`);
      this.#written.add(key);
    } catch (error) {
      this.#close();
      throw error;
    }
  }

  /** Removes the file: the run is complete, and there is nothing to continue. */
  remove(): void {
    this.#close();
    fs.removeSync(this.#file);
  }

  #close(): void {
    if (this.#descriptor !== undefined) fs.closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

/**
 * Reads what an interrupted run finished. A last line without its end is left out.
 *
 * @throws InputError where there is no journal, it is of another run, or a line is not one that a run writes.
 */
export function readJournal(file: string, identity: RunIdentity): FinishedParts {
  if (!fs.existsSync(file)) {
    throw new InputError({ source: file, expected: 'the journal of an interrupted run', got: 'no file' });
  }
  const [first = '', ...lines] = fs.readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const kept = parseLine(file, 1, first, header);
  const other = difference(identity, kept);
  if (other !== undefined) throw new InputError({ source: file, ...other });
  return Object.fromEntries(
    lines.map((text, index) => [partKey(parseLine(file, index + 2, text, part)), text] as const),
  );
}

function parseLine<T>(file: string, line: number, text: string, shape: z.ZodType<T>): T {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    const expected = line === 1 ? 'the header of a journal' : 'a finished claim';
    throw new InputError({ source: file, line, expected, got: `"${text.slice(0, 40)}"` });
  }
}
