import type { VNode } from 'preact';
import type { OwnDataView } from '../view.ts';
import { readable, spaced } from '../wording.ts';
import { ChartFigures } from './parts/ChartFigure.tsx';
import { Command } from './parts/Command.tsx';

/** Results on a user's own data; they are shown and take no part in any verdict. */
export function OwnDataSection({ results }: { readonly results: readonly OwnDataView[] }): VNode | null {
  if (results.length === 0) return null;
  return (
    <section id="own-data" aria-labelledby="own-data-title">
      <h2 id="own-data-title">Results on own data</h2>
      {results.map(({ result, charts }, index) => (
        <article class="claim" key={`${result.tool}${index}`}>
          <h3>
            {result.tool}: {result.name}
          </h3>
          <dl class="measures">
            {Object.entries(result.summary).map(([name, value]) => (
              <div key={name}>
                <dt>{spaced(name)}</dt>
                <dd>{typeof value === 'number' ? readable(value) : value}</dd>
              </div>
            ))}
          </dl>
          <ChartFigures charts={charts} />
          <Command label="Run again" text={result.command} />
        </article>
      ))}
    </section>
  );
}
