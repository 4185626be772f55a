import { type MutationRecord, mutationText, roomsOf } from '../../evidence/mutationRecord.ts';
import { grouped } from '../wording.ts';
import { code, plain, table } from './markdownText.ts';

/** Which claim, and which instrument's spec, noticed how many small changes of which room of the sources. */
export function killsMarkdown(
  mutation: MutationRecord | undefined,
  labels: ReadonlyMap<string, string>,
): string[] {
  if (mutation === undefined) return [];
  const rooms = [...roomsOf(mutation)];
  const head = [
    'Noticed by',
    ...rooms.map(([room, run]) => `${plain(room)} of ${grouped(run)}`),
    'Nobody else',
  ];
  const rows = mutation.killers.map(({ name, kills, alone }) => {
    const label = labels.get(name);
    return [
      label === undefined ? plain(name) : `[${plain(label)}](#${name}) ${plain(name)}`,
      ...rooms.map(([room]) => grouped(kills[room] ?? 0)),
      grouped(alone),
    ];
  });
  const survivors = mutation.survivors.map(({ file, line, text, becomes, because }) => [
    plain(`${file}:${line}`),
    code(text, true),
    becomes === '' ? 'nothing' : code(becomes, true),
    because === '' ? 'Not explained yet.' : plain(because),
  ]);
  return [
    '## Changes that the suite notices',
    plain(`${mutation.tool} changed the sources in one place at a time: ${mutationText(mutation)}.`),
    table(head, rows),
    ...(survivors.length > 0 ? ['### Changes that nothing noticed'] : []),
    ...(survivors.length > 0
      ? [table(['Place', 'Text', 'Becomes', 'Why it is not noticed'], survivors)]
      : []),
    code(mutation.command),
  ];
}
