import { type OwnData, ownDataSchema } from '../../papers/evidence/ownData.ts';
import type { OptionsOf, OptionTable } from '../contract/options.ts';
import type { Answer, Tool } from '../contract/tool.ts';

/**
 * Puts a result into the form that the report reads, with the command line that repeats it.
 *
 * @param command what starts the tool, and the words that follow
 */
export function ownDataOf<Input, Table extends OptionTable, Result>(
  tool: Tool<Input, Table, Result>,
  options: OptionsOf<Table>,
  { result, charts }: Answer<Result>,
  [invocation, words]: readonly [string, readonly string[]],
): OwnData {
  const exhibit = tool.exhibit(result);
  return ownDataSchema.parse({
    tool: tool.name,
    name: tool.subject(options),
    command: [invocation, ...words.map(shellWord)].join(' '),
    summary: exhibit.summary,
    charts: [...exhibit.charts, ...(charts?.() ?? [])],
  });
}

/** Quotes a word for a POSIX shell where it needs it. */
function shellWord(word: string): string {
  return /^[\w.,:/=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
