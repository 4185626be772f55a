import {
  observationLooks,
  observationStatuses,
  statuses,
  statusLooks,
  statusOf,
} from '../../evidence/status.ts';
import { headline, verdictInWords } from '../summary.ts';
import type { ObservationView, ReportView } from '../view.ts';
import { counted, duration, grouped, originText, percentage, readable, spaced } from '../wording.ts';
import { type ChartFiles, claimMarkdown } from './markdownClaim.ts';
import { killsMarkdown } from './markdownKills.ts';
import { block, code, plain, table } from './markdownText.ts';
import { trustMarkdown } from './markdownTrust.ts';

/** Renders the report as Markdown that reads well on a code host; drawings are files beside it. */
export function renderMarkdown(view: ReportView, chartFiles: ChartFiles): string {
  const { evidence, summary } = view;
  const { paper, provenance, falseAlarm } = evidence;
  const facts = [
    `${counted(summary.instances, 'instance')}${summary.trials > 0 ? ` and ${counted(summary.trials, 'random trial')}` : ''}`,
    `${summary.sabotagesCaught} of ${counted(summary.sabotages, 'sabotage')} refuted`,
    `false alarms at most ${falseAlarm.spent.toExponential(1)} a run, of ${falseAlarm.budget.toExponential(1)} allowed`,
    `profile ${provenance.profile}, seed ${provenance.seed}, ${provenance.backend}, Node ${provenance.node}`,
    `${provenance.cpu}, ${counted(provenance.cores, 'core')}, ${provenance.os}; ${duration(summary.milliseconds)}`,
    `commit ${provenance.commit.slice(0, 12)}${provenance.dirty ? ' with local changes' : ''}, ${provenance.finished}`,
  ];
  const parts = [
    `# ${plain(paper.title)}`,
    `Verification of ${link(paper.version, paper.url)} (${plain(paper.authors.join(', '))}).`,
    `**${plain(headline(summary))}**`,
    '![claims](badges/suite.svg)',
    facts.map((fact) => `- ${plain(fact)}`).join('\n'),
    '![Graph of claims](graph.svg)',
    '## All claims',
    claimTable(view),
    '## Claim by claim',
    ...view.claims.map((claim) => claimMarkdown(claim, view.labels, chartFiles)),
    ...(view.otherCharts.length > 0 ? ['## Further charts'] : []),
    ...view.otherCharts.map(({ chart }) => `![${plain(chart.caption)}](${chartFiles.get(chart) ?? ''})`),
    ...findings(view),
    ...ownData(view, chartFiles),
    ...trustMarkdown(view),
    ...killsMarkdown(view.mutation, view.labels),
    '## How to read this',
    statuses.map((status) => `- **${look(status)}**: ${plain(statusLooks[status].meaning)}`).join('\n'),
    'Holding on instances is not a proof: it says that nothing we tried broke the claim.',
  ];
  return `${parts.join('\n\n')}\n`;
}

function claimTable({ claims }: ReportView): string {
  const rows = claims.map(({ claim }) => [
    `[${plain(claim.label)}](#${claim.id}) ${plain(claim.title)}`,
    look(statusOf(claim)),
    claim.instances > 0 ? grouped(claim.instances) : '–',
    claim.instances > 0 ? percentage(claim.tightness) : '–',
    code(claim.replay, true),
  ]);
  return table(['The paper says', 'We verified', 'Instances', 'Tightness', 'How to replay'], rows);
}

function findings(view: ReportView): string[] {
  const of = (verdict: string): readonly ObservationView[] =>
    view.observations.filter(({ observation }) => observation.verdict === verdict);
  const open = view.claims.filter(({ claim }) => !['green', 'unstated'].includes(statusOf(claim)));
  const unstated = view.claims.filter(({ claim }) => claim.verdict === 'unstated');
  return [
    '## What did not reproduce, and what we found',
    ...open.map(
      ({ claim }) => `- **${look(statusOf(claim))}** ${plain(claim.label)}: ${plain(verdictInWords(claim))}`,
    ),
    ...observationStatuses.toReversed().flatMap(of).map(finding),
    ...(view.observations.length === 0 ? ['No published number was compared in this run.'] : []),
    ...(unstated.length > 0 ? ['### Not tested'] : []),
    ...unstated.map(({ claim }) => `- ${plain(claim.label)}, ${plain(claim.title)}: ${plain(claim.reason)}`),
  ];
}

function finding({ observation, owner, command }: ObservationView): string {
  const { quantity, reported, origin, measured, verdict, finding: words } = observation;
  const { sign, word } = observationLooks[verdict];
  return [
    `- **${plain(`${sign} ${word}`)}** ${plain(owner === '' ? observation.id : owner)}: ${plain(quantity)},`,
    `reported ${readable(reported)} (${plain(originText(origin))}), measured ${readable(measured)}.`,
    plain(words),
    code(command),
  ].join(' ');
}

function ownData({ ownData: results }: ReportView, chartFiles: ChartFiles): string[] {
  if (results.length === 0) return [];
  return [
    '## Results on own data',
    ...results.flatMap(({ result, charts }) => [
      `### ${plain(result.tool)}: ${plain(result.name)}`,
      table(
        ['Quantity', 'Value'],
        Object.entries(result.summary).map(([name, value]) => [
          plain(spaced(name)),
          plain(typeof value === 'number' ? readable(value) : value),
        ]),
      ),
      ...charts.map(({ chart }) => `![${plain(chart.caption)}](${chartFiles.get(chart) ?? ''})`),
      block('sh', result.command),
    ]),
  ];
}

function link(text: string, url: string): string {
  return /^https?:\/\/[^\s<>()]+$/.test(url) ? `[${plain(text)}](${url})` : plain(text);
}

function look(status: keyof typeof statusLooks): string {
  const { sign, word } = statusLooks[status];
  return plain(`${sign} ${word}`);
}
