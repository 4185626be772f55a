import type { VNode } from 'preact';
import { trustFacts } from '../trust.ts';
import type { ReportView } from '../view.ts';
import { grouped } from '../wording.ts';
import { Scrolls } from './parts/Scrolls.tsx';

/** Why the suite itself is to be believed: what it can notice, and how rarely it is wrong. */
export function Trust({ view }: { readonly view: ReportView }): VNode {
  const tried = Object.entries(view.evidence.badInputs);
  return (
    <section id="trust" aria-labelledby="trust-title">
      <h2 id="trust-title">Can the suite be trusted?</h2>
      <dl class="terms">
        {trustFacts(view).map(({ name, text }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {tried.length > 0 && (
        <Scrolls label="Bad inputs">
          <table>
            <thead>
              <tr>
                <th scope="col">Given to</th>
                <th scope="col">Bad inputs</th>
              </tr>
            </thead>
            <tbody>
              {tried.map(([name, count]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{grouped(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolls>
      )}
    </section>
  );
}
