import type { VNode } from 'preact';
import type { Evidence } from '../../evidence/evidence.ts';
import { statuses, statusLooks } from '../../evidence/status.ts';
import { shellWord } from '../wording.ts';
import { StatusPill } from './parts/Pill.tsx';

/** The terms of the report, and how the whole of it is made again. */
export function HowToRead({ evidence: { provenance, falseAlarm } }: { readonly evidence: Evidence }): VNode {
  return (
    <section id="how-to-read" aria-labelledby="how-title">
      <h2 id="how-title">How to read this</h2>
      <dl class="terms">
        {statuses.map((status) => (
          <div key={status}>
            <dt>
              <StatusPill status={status} />
            </dt>
            <dd>{statusLooks[status].meaning}</dd>
          </div>
        ))}
        <div>
          <dt>Instance</dt>
          <dd>
            one drawn case that satisfies the hypotheses, on which both sides of the claim were computed
          </dd>
        </div>
        <div>
          <dt>Tightness, allowance used</dt>
          <dd>
            how much of what the claim allows its worst instance used: 100 % attains the bound, more breaks it
          </dd>
        </div>
        <div>
          <dt>Sabotage</dt>
          <dd>
            the same claim with something it needs taken away; it must be refuted, or the test could not have
            failed
          </dd>
        </div>
        <div>
          <dt>False alarms</dt>
          <dd>
            claims about probabilities are judged by exact binomial bounds; the chance that a true one is
            called refuted is at most {falseAlarm.spent.toExponential(1)} in a whole run, of{' '}
            {falseAlarm.budget.toExponential(1)} allowed
          </dd>
        </div>
      </dl>
      <p>
        Holding on instances is not a proof: it says that nothing we tried broke the claim. The whole run is
        repeated by
      </p>
      <p class="command">
        <span class="command-label">Everything again</span>
        <code>
          npm run report -- --profile {provenance.profile} --seed {shellWord(provenance.seed)}
        </code>
      </p>
    </section>
  );
}
