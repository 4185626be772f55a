import type { Mutant } from '@stryker-mutator/api/core';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { fs, path } from 'zx';

/**
 * Kinds of mutants that are left out: they change words and not what is computed. What messages say is pinned where
 * someone relies on it, and the fuzz tests see to it that there is one.
 */
export const excludedKinds: readonly string[] = ['StringLiteral', 'Regex'];

/** The files that patterns such as `src/lemma/*.ts` name; a star stands in the file name only. */
export function filesOf(patterns: readonly string[]): string[] {
  const files = patterns.flatMap((pattern) => {
    const cut = pattern.lastIndexOf('/');
    const [before = '', after = ''] = pattern.slice(cut + 1).split('*');
    const folder = pattern.slice(0, cut);
    const found = fs
      .readdirSync(folder)
      .filter((name) =>
        pattern.includes('*') ? name.startsWith(before) && name.endsWith(after) : name === before,
      );
    if (found.length === 0) throw new RangeError(`${pattern}: expected the name of a file`);
    return found.map((name) => `${folder}/${name}`);
  });
  return [...new Set(files)].sort();
}

/** All mutants of some files, as Stryker makes them. */
export async function mutantsOf(files: readonly string[]): Promise<readonly Mutant[]> {
  const quiet = (): void => {};
  const logger = {
    isTraceEnabled: () => false,
    isDebugEnabled: () => false,
    isInfoEnabled: () => false,
    isWarnEnabled: () => false,
    isErrorEnabled: () => false,
    isFatalEnabled: () => false,
    trace: quiet,
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: quiet,
    fatal: quiet,
  };
  const sources = files.map((file) => ({
    name: path.resolve(file),
    mutate: true,
    content: fs.readFileSync(file, 'utf8'),
  }));
  const options = { plugins: null, excludedMutations: [...excludedKinds], ignorers: [], noHeader: true };
  const { mutants } = await new Instrumenter(logger).instrument(sources, options);
  return mutants.filter(({ mutatorName }) => !excludedKinds.includes(mutatorName));
}

/** The place of a mutant as Stryker's option `mutate` wants it: lines from 1, columns from 0. */
export function rangeOf({ fileName, location: { start, end } }: Mutant): string {
  return `${fileName}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
}
