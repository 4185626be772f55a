import type { VNode } from 'preact';
import { liveAddress } from '../livePages.ts';
import { headline } from '../summary.ts';
import type { ReportView } from '../view.ts';
import { ClaimSection } from './ClaimSection.tsx';
import { Found } from './Found.tsx';
import { HowToRead } from './HowToRead.tsx';
import { KillTable } from './KillTable.tsx';
import { Numbers } from './Numbers.tsx';
import { ClaimGraph, ClaimTable } from './Overview.tsx';
import { OwnDataSection } from './OwnDataSection.tsx';
import { ChartFigures } from './parts/ChartFigure.tsx';
import { RunFacts } from './RunFacts.tsx';
import { Theorems } from './Theorems.tsx';
import { Trust } from './Trust.tsx';

const groups = [
  { id: 'claims', title: 'Claims', kinds: ['definition', 'lemma', 'theorem', 'corollary'] },
  { id: 'figures', title: 'Figures and observations', kinds: ['observation'] },
  { id: 'instruments', title: 'Instruments', kinds: ['instrument'] },
] as const;

/** The whole report as the body of a page. */
export function Page({ view }: { readonly view: ReportView }): VNode {
  const { paper } = view.evidence;
  const shown = groups
    .map((group) => ({
      ...group,
      claims: view.claims.filter(({ claim }) => (group.kinds as readonly string[]).includes(claim.kind)),
    }))
    .filter(({ claims }) => claims.length > 0);
  const links = [
    ['found', 'What we found'],
    ['overview', 'All claims'],
    ...shown.map(({ id, title }) => [id, title]),
    ['findings', 'Numbers beside ours'],
    ...(view.ownData.length > 0 ? [['own-data', 'Own data']] : []),
    ['trust', 'Can it be trusted?'],
    ...(view.mutation === undefined ? [] : [['mutants', 'Changes noticed']]),
    ['how-to-read', 'How to read this'],
  ] as const;
  return (
    <>
      <header class="masthead">
        <div>
          <p class="kicker">
            Verification of <a href={safeUrl(paper.url)}>{paper.version}</a>
          </p>
          <h1>{paper.title}</h1>
          <p class="authors">{paper.authors.join(', ')}</p>
          <p class="headline">{headline(view.summary)}</p>
        </div>
        <RunFacts view={view} />
      </header>
      <nav aria-label="Sections">
        <ul>
          {links.map(([id, title]) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
          {view.live !== undefined && (
            <li>
              <a href={view.live.file}>Try to refute it yourself</a>
            </li>
          )}
        </ul>
      </nav>
      <main>
        <Theorems view={view} />
        <Found view={view} />
        <ClaimGraph view={view} />
        <ClaimTable view={view} />
        {shown.map(({ id, title, claims }) => (
          <section key={id} id={id} aria-labelledby={`${id}-title`}>
            <h2 id={`${id}-title`}>{title}</h2>
            {claims.map((each) => (
              <ClaimSection
                key={each.claim.id}
                view={each}
                labels={view.labels}
                liveAddress={liveAddress(view.live, each.claim.id)}
              />
            ))}
          </section>
        ))}
        {view.otherCharts.length > 0 && (
          <section id="charts" aria-labelledby="charts-title">
            <h2 id="charts-title">Further charts</h2>
            <ChartFigures charts={view.otherCharts} />
          </section>
        )}
        <Numbers view={view} />
        <OwnDataSection results={view.ownData} />
        <Trust view={view} />
        <KillTable mutation={view.mutation} labels={view.labels} />
        <HowToRead evidence={view.evidence} />
      </main>
    </>
  );
}

/** Only web addresses become links. */
function safeUrl(url: string): string {
  return /^https?:\/\//.test(url) ? url : '#overview';
}
