import type { VNode } from 'preact';
import { type MutationRecord, mutationText, roomsOf } from '../../evidence/mutationRecord.ts';
import { grouped } from '../wording.ts';
import { Command } from './parts/Command.tsx';
import { Scrolls } from './parts/Scrolls.tsx';

interface KillTableProps {
  readonly mutation: MutationRecord | undefined;
  readonly labels: ReadonlyMap<string, string>;
}

/** Which claim, and which instrument's spec, noticed how many small changes of which room of the sources. */
export function KillTable({ mutation, labels }: KillTableProps): VNode | null {
  if (mutation === undefined) return null;
  const rooms = [...roomsOf(mutation)];
  return (
    <section id="mutants" aria-labelledby="mutants-title">
      <h2 id="mutants-title">Changes that the suite notices</h2>
      <p>
        {mutation.tool} changed the sources in one place at a time: {mutationText(mutation)}. Each row counts
        the changes that its tests noticed, each column those of one room of the sources.
      </p>
      <details>
        <summary>Who noticed which changes</summary>
        <Scrolls label="Who noticed which changes">
          <table class="overview">
            <thead>
              <tr>
                <th scope="col">Noticed by</th>
                {rooms.map(([room, run]) => (
                  <th scope="col" key={room}>
                    {room} <span class="quiet">of {grouped(run)}</span>
                  </th>
                ))}
                <th scope="col">Nobody else</th>
              </tr>
            </thead>
            <tbody>
              {mutation.killers.map(({ name, kills, alone }) => (
                <tr key={name}>
                  <th scope="row">
                    {labels.has(name) ? <a href={`#${name}`}>{labels.get(name)}</a> : name}{' '}
                    {labels.has(name) && <span class="quiet">{name}</span>}
                  </th>
                  {rooms.map(([room]) => (
                    <td class="numbers" key={room}>
                      {grouped(kills[room] ?? 0)}
                    </td>
                  ))}
                  <td class="numbers">{grouped(alone)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolls>
        <Survivors mutation={mutation} />
      </details>
      <Command label="Count again" text={mutation.command} />
    </section>
  );
}

function Survivors({ mutation }: { readonly mutation: MutationRecord }): VNode | null {
  if (mutation.survivors.length === 0) return null;
  return (
    <details>
      <summary>Changes that nothing noticed ({grouped(mutation.survivors.length)})</summary>
      <Scrolls label="Changes that nothing noticed">
        <table class="overview">
          <thead>
            <tr>
              <th scope="col">Place</th>
              <th scope="col">Text</th>
              <th scope="col">Becomes</th>
              <th scope="col">Why it is not noticed</th>
            </tr>
          </thead>
          <tbody>
            {mutation.survivors.map(({ file, line, text, becomes, because }) => (
              <tr key={`${file}:${line}:${text}:${becomes}`}>
                <th scope="row">
                  {file}:{line}
                </th>
                <td>
                  <code>{text}</code>
                </td>
                <td>{becomes === '' ? 'nothing' : <code>{becomes}</code>}</td>
                <td>{because === '' ? 'Not explained yet.' : because}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolls>
    </details>
  );
}
