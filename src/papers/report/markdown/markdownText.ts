/** Makes any text plain Markdown text on one line: nothing in it is markup, a mention, mathematics or a table's end. */
export function plain(text: string): string {
  const oneLine = text.replace(/\s+/g, ' ').trim();
  return oneLine
    .replace(/[\\`*_[\]<>|~$&#@]/g, (sign) => `\\${sign}`)
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

/** A text as a code span, whatever backticks it has. */
export function code(text: string, inTable = false): string {
  const oneLine = text.replace(/\s+/g, ' ');
  if (oneLine.trim() === '') return '';
  const fence = '`'.repeat(longestRun(oneLine) + 1);
  const span = `${fence} ${oneLine} ${fence}`;
  return inTable ? span.replaceAll('|', '\\|') : span;
}

/** A text as a fenced block, whatever backticks it has. */
export function block(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A table with its cells already in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
