import type { VNode } from 'preact';
import { counted, grouped } from '../../src/papers/report/wording.ts';
import type { Trial } from './trial.ts';

interface ProgressProps {
  readonly trial: Trial;
  readonly sabotage: string | undefined;
  readonly perRound: number | undefined;
}

/** The counter of instances, and what it means so far. */
export function Progress({ trial, sabotage, perRound }: ProgressProps): VNode {
  const { instances, missed, broken, rounds, seconds, undecided, failure, status } = trial;
  return (
    <section aria-label="Progress" class="progress">
      <dl class="measures">
        <div>
          <dt>Instances tried</dt>
          <dd class="large" id="instances">
            {grouped(instances)}
          </dd>
        </div>
        <div>
          <dt>{sabotage === undefined ? 'That refute it' : 'That the sabotage breaks'}</dt>
          <dd class={`large ${broken > 0 ? 'bad' : ''}`} id="broken">
            {grouped(broken)}
          </dd>
        </div>
        <div>
          <dt>Seconds</dt>
          <dd class="large">{seconds.toFixed(1)}</dd>
        </div>
        {perRound !== undefined && (
          <div>
            <dt>Rounds of about {grouped(perRound)}</dt>
            <dd class="large">{grouped(rounds)}</dd>
          </div>
        )}
        {missed > 0 && (
          <div>
            <dt>Given up or outside the hypotheses</dt>
            <dd class="large">{grouped(missed)}</dd>
          </div>
        )}
      </dl>
      {status === 'running' && instances === 0 && <p class="quiet">The first instance is being judged.</p>}
      {failure !== '' && <p role="alert">{failure}</p>}
      {undecided.length > 0 && (
        <details>
          <summary>{counted(undecided.length, 'round')} decided nothing</summary>
          <ul>
            {undecided.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
