import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Raw } from '../../src/papers/report/page/parts/Raw.tsx';
import { Scrolls } from '../../src/papers/report/page/parts/Scrolls.tsx';
import { defaultSeedText, type Place } from '../fragment.ts';
import type { ClaimData } from '../pageData.ts';
import type { ClaimTrial } from '../protocol.ts';
import { Finding } from './Finding.tsx';
import { Progress } from './Progress.tsx';
import { type Trial, tryToRefute, type Wish } from './trial.ts';

interface RefuteProps {
  readonly claim: ClaimData;
  /** Undefined until the thread that knows it has answered. */
  readonly trial: ClaimTrial | undefined;
  readonly place: Place;
  readonly change: (change: Partial<Place>) => void;
}

/** One claim with a button that tries to refute it. */
export function Refute({ claim, trial: possible, place, change }: RefuteProps): VNode {
  const seed = place.seed ?? defaultSeedText;
  const { sabotage, instance } = place;
  const [trial, setTrial] = useState<Trial | undefined>();
  const stop = useRef<(() => void) | undefined>(undefined);
  const begin = (wish: Wish): void => {
    stop.current?.();
    stop.current = tryToRefute(wish, setTrial);
  };
  const address = JSON.stringify(instance);
  // An address with an instance is a witness that somebody sent: it is judged at once.
  useEffect(() => {
    if (instance !== undefined) begin({ claim: claim.id, seed, sabotage, instance });
    return () => stop.current?.();
  }, [address]);
  const isRunning = trial?.status === 'running';
  const reset = (changes: Partial<Place>): void => {
    stop.current?.();
    setTrial(undefined);
    change({ claim: claim.id, instance: undefined, ...changes });
  };
  const dropped = possible?.sabotages.find(({ name }) => name === sabotage);
  return (
    <article class="refute" aria-labelledby="claim-title">
      <h2 id="claim-title">
        {claim.label}: {claim.title}
      </h2>
      <p class="statement">{claim.words}</p>
      {claim.formula !== '' && (
        <Scrolls label={`Formula of ${claim.label}`} className="formula">
          <Raw markup={claim.formula} />
        </Scrolls>
      )}
      <form
        class="controls"
        onSubmit={(event) => {
          event.preventDefault();
          if (isRunning) stop.current?.();
          else begin({ claim: claim.id, seed, sabotage, instance });
        }}
      >
        <p>
          <label for="seed">Your seed</label>
          <input
            id="seed"
            value={seed}
            maxLength={100}
            autoComplete="off"
            spellcheck={false}
            onInput={({ currentTarget }) => reset({ seed: currentTarget.value })}
          />
        </p>
        <p>
          <label for="sabotage">Sabotage</label>
          <select
            id="sabotage"
            value={sabotage ?? ''}
            onChange={({ currentTarget }) => reset({ sabotage: currentTarget.value || undefined })}
          >
            <option value="">none: the claim as it is stated</option>
            {(possible?.sabotages ?? []).map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </p>
        <button type="submit" class="go">
          {isRunning ? 'Stop' : instance !== undefined ? 'Judge this instance again' : 'Try to refute it'}
        </button>
      </form>
      {dropped !== undefined && (
        <p class="quiet">
          {dropped.drops === ''
            ? 'With this change the claim is false, and the judge has to notice.'
            : `This drops the hypothesis “${dropped.drops}”. The claim is then false, and the judge has to notice.`}
        </p>
      )}
      {trial !== undefined && <Progress trial={trial} sabotage={sabotage} perRound={possible?.instances} />}
      {trial !== undefined && <Finding trial={trial} wish={{ claim: claim.id, seed, sabotage, instance }} />}
    </article>
  );
}
