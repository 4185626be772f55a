import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { firstClaim } from '../claims.ts';
import { writePlace } from '../fragment.ts';
import type { ClaimData, PageData } from '../pageData.ts';
import type { ClaimTrial } from '../protocol.ts';
import { mechanisms } from './mechanisms/mechanisms.ts';
import { usePlace } from './place.ts';
import { Refute } from './Refute.tsx';
import { startHelper } from './workers.ts';

/** The whole page: what can be tried and seen on one side, the chosen one beside it. */
export function App({ data }: { readonly data: PageData }): VNode {
  const [place, change] = usePlace();
  const trials = useTrials();
  const mechanism = mechanisms.find(({ id }) => id === place.see);
  const wanted = place.claim ?? firstClaim;
  const claim = mechanism === undefined ? data.claims.find(({ id }) => id === wanted) : undefined;
  useEffect(() => {
    document.title = `${claim?.label ?? mechanism?.title ?? 'Try to refute it'}: ${data.paper.version}, live`;
  }, [claim, mechanism, data]);
  return (
    <>
      <header class="live-head">
        <p class="kicker">
          <a href="index.html">The report</a> on <a href={data.paper.url}>{data.paper.version}</a>, live
        </p>
        <h1>Try to refute it</h1>
        <p class="lead">
          Each claim of the paper is judged here, in your browser, by the code that judges it in the report.
          Give it a seed of your own, switch a sabotage on, and see whether it notices.
        </p>
      </header>
      <div class="live-body">
        <nav aria-label="What can be tried">
          <h2>Claims</h2>
          <ul>
            {data.claims.map(({ id, label, title }) => (
              <Choice
                key={id}
                address={{ claim: id }}
                isChosen={claim?.id === id}
                label={label}
                title={title}
              />
            ))}
          </ul>
          <h2>Mechanisms</h2>
          <ul>
            {mechanisms.map(({ id, label, title }) => (
              <Choice
                key={id}
                address={{ see: id }}
                isChosen={mechanism?.id === id}
                label={label}
                title={title}
              />
            ))}
          </ul>
        </nav>
        <main>
          {mechanism !== undefined && (
            <mechanism.Panel
              key={mechanism.id}
              settings={place.settings}
              change={(settings) => change({ settings })}
            />
          )}
          {mechanism === undefined && claim === undefined && (
            <p role="alert">This page does not try “{wanted}”. Choose one of the claims beside.</p>
          )}
          {claim !== undefined && (
            <Refute
              key={claim.id}
              claim={claim}
              trial={trialOf(claim, trials)}
              place={place}
              change={change}
            />
          )}
        </main>
      </div>
      <noscript>
        <p>This page judges claims by a script, and scripts are off.</p>
      </noscript>
    </>
  );
}

function trialOf({ id }: ClaimData, trials: readonly ClaimTrial[]): ClaimTrial | undefined {
  return trials.find((trial) => trial.id === id);
}

/** How each claim can be tried, as a thread that knows the claims says it. */
function useTrials(): readonly ClaimTrial[] {
  const [trials, setTrials] = useState<readonly ClaimTrial[]>([]);
  useEffect(() => {
    const helper = startHelper();
    void helper.ask({ kind: 'describe' }).then((answer) => {
      if (answer.kind === 'described') setTrials(answer.claims);
      helper.end();
    });
    return () => helper.end();
  }, []);
  return trials;
}

interface ChoiceProps {
  readonly address: { readonly claim?: string; readonly see?: string };
  readonly isChosen: boolean;
  readonly label: string;
  readonly title: string;
}

function Choice({ address, isChosen, label, title }: ChoiceProps): VNode {
  return (
    <li>
      <a href={writePlace({ ...address, settings: {} })} aria-current={isChosen ? 'page' : undefined}>
        <b>{label}</b> <span>{title}</span>
      </a>
    </li>
  );
}
