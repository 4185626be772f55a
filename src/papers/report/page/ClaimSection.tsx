import type { VNode } from 'preact';
import { statusOf } from '../../evidence/status.ts';
import { texToMathml } from '../charts/math.ts';
import { verdictInWords } from '../summary.ts';
import type { ClaimView } from '../view.ts';
import { duration, grouped, percentage } from '../wording.ts';
import { Hypotheses } from './Hypotheses.tsx';
import { ChartFigures } from './parts/ChartFigure.tsx';
import { Command } from './parts/Command.tsx';
import { Histogram } from './parts/Histogram.tsx';
import { Marks } from './parts/Marks.tsx';
import { Nulls } from './parts/Nulls.tsx';
import { ObservationTable } from './parts/ObservationTable.tsx';
import { Raw } from './parts/Raw.tsx';
import { Sabotages } from './parts/Sabotages.tsx';
import { Scrolls } from './parts/Scrolls.tsx';
import { Strata } from './parts/Strata.tsx';
import { Witness } from './parts/Witness.tsx';

interface ClaimSectionProps {
  readonly view: ClaimView;
  readonly labels: ReadonlyMap<string, string>;
  /** Where a reader can try to refute the claim; undefined where nowhere. */
  readonly liveAddress: string | undefined;
}

/** Everything about one claim: what it says, what became of it, how hard it was tried, and how to try it again. */
export function ClaimSection({ view, labels, liveAddress }: ClaimSectionProps): VNode {
  const { claim, observations, charts } = view;
  const status = statusOf(claim);
  return (
    <article id={claim.id} class={`claim status-${status}`}>
      <details>
        <summary>
          <h3>
            {claim.label}: {claim.title}
          </h3>{' '}
          <span class="claim-marks">
            <Marks status={status} observations={observations} /> <code>{claim.id}</code>
          </span>
        </summary>
        <p class="statement">{claim.statement.words}</p>
        {claim.statement.tex.trim() !== '' && (
          <Scrolls label={`Formula of ${claim.label}`} className="formula">
            <Raw markup={texToMathml(claim.statement.tex)} />
          </Scrolls>
        )}
        <p class="verdict">{verdictInWords(claim)}</p>
        {claim.accepted !== '' && (
          <p>
            <b>Accepted as it is:</b> {claim.accepted}
          </p>
        )}
        {claim.verdict !== 'unstated' && <Measures view={view} />}
        <Hypotheses hypotheses={view.hypotheses} />
        <Links name="Rests on" ids={claim.uses} labels={labels} />
        <Links name="Used by" ids={view.usedBy} labels={labels} />
        {claim.worst && (
          <>
            <h4>{claim.verdict === 'refuted' ? 'Counterexample' : 'Worst instance'}</h4>
            <div class="beside">
              <Witness witness={claim.worst} />
              <Histogram counts={claim.histogram} name={claim.label} />
            </div>
          </>
        )}
        <Strata claim={claim} />
        <Sabotages claim={claim} />
        <Nulls claim={claim} />
        <ChartFigures charts={charts} />
        <ObservationTable observations={observations} label={claim.label} />
        <Certificates certificates={view.certificates} />
        <Command label="Replay" text={claim.replay} />
        {liveAddress !== undefined && (
          <p>
            <a href={liveAddress}>Try to refute it in your browser</a>
          </p>
        )}
        {claim.file !== '' && (
          <p class="quiet">
            Stated in <code class="wraps">{claim.file}</code>
          </p>
        )}
        <p>
          <a href={`#${claim.id}`}>Link to this claim</a>
        </p>
      </details>
    </article>
  );
}

function Measures({ view: { claim, milliseconds } }: { readonly view: ClaimView }): VNode {
  const measures: readonly (readonly [string, string])[] = [
    ['Instances', grouped(claim.instances)],
    ...(claim.trials > 0 ? [['Random trials', grouped(claim.trials)] as const] : []),
    ['Tightness', claim.instances > 0 ? percentage(claim.tightness) : '–'],
    ...(claim.hypothesisUnmet > 0
      ? [['Outside the hypotheses', grouped(claim.hypothesisUnmet)] as const]
      : []),
    ...(claim.trivial > 0 ? [['Trivial', grouped(claim.trivial)] as const] : []),
    ...(claim.gaveUp > 0 ? [['Gave up', grouped(claim.gaveUp)] as const] : []),
    ['Time', duration(milliseconds)],
  ];
  return (
    <dl class="measures">
      {measures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Certificates({ certificates }: Pick<ClaimView, 'certificates'>): VNode | null {
  if (certificates.length === 0) return null;
  return (
    <>
      <h4>Certificates, which npm run recheck checks from their numbers</h4>
      <ul>
        {certificates.map(({ id, says }) => (
          <li key={id}>
            <p>{says}</p>
          </li>
        ))}
      </ul>
    </>
  );
}

function Links({
  name,
  ids,
  labels,
}: {
  name: string;
  ids: readonly string[];
  labels: ClaimSectionProps['labels'];
}) {
  if (ids.length === 0) return null;
  return (
    <p>
      <b>{name}:</b>{' '}
      {ids.map((id, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <a href={`#${id}`}>{labels.get(id) ?? id}</a>
        </span>
      ))}
    </p>
  );
}
