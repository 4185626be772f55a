import type { SabotageEvidence } from '../../evidence/evidence.ts';
import type { Witness } from '../../evidence/shape/comparison.ts';
import type { Chart } from '../../evidence/shape/exhibit.ts';
import { isCaught, observationLooks } from '../../evidence/status.ts';
import { howCaught, verdictInWords } from '../summary.ts';
import type { ClaimView, HypothesisView } from '../view.ts';
import { grouped, originText, percentage, readable, shortened, spaced } from '../wording.ts';
import { block, code, plain, table } from './markdownText.ts';

/** The file of each chart, relative to the report. */
export type ChartFiles = ReadonlyMap<Chart, string>;

/** One claim's section of the Markdown report. */
export function claimMarkdown(
  view: ClaimView,
  labels: ReadonlyMap<string, string>,
  chartFiles: ChartFiles,
): string {
  const { claim } = view;
  const links = (ids: readonly string[]): string =>
    ids.map((id) => `[${plain(labels.get(id) ?? id)}](#${id})`).join(', ');
  const parts = [
    `<a id="${claim.id}"></a>`,
    `### ${plain(claim.label)}: ${plain(claim.title)}`,
    `![${plain(claim.label)}](badges/${claim.id}.svg) ${code(claim.id)}`,
    plain(claim.statement.words),
    ...(claim.statement.tex.trim() === '' ? [] : [block('math', claim.statement.tex)]),
    `**${plain(verdictInWords(claim))}**`,
    ...(claim.accepted === '' ? [] : [`Accepted as it is: ${plain(claim.accepted)}`]),
    ...(view.hypotheses.length > 0 ? [view.hypotheses.map(hypothesis).join('\n')] : []),
    ...(claim.uses.length > 0 ? [`Rests on ${links(claim.uses)}.`] : []),
    ...(view.usedBy.length > 0 ? [`Used by ${links(view.usedBy)}.`] : []),
    ...(claim.worst
      ? [`${claim.verdict === 'refuted' ? 'Counterexample' : 'Worst instance'}: ${witnessText(claim.worst)}`]
      : []),
    ...strata(view),
    ...(claim.instances > 0
      ? [
          `Allowance used, instances in each tenth from 0 to 100 %: ${claim.histogram.map(grouped).join(', ')}.`,
        ]
      : []),
    ...claim.sabotages.map((sabotage) => {
      const verdict = isCaught(sabotage) ? '✓ refuted, as it must be' : `✗ not refuted: ${sabotage.verdict}`;
      const witness =
        isCaught(sabotage) && sabotage.worst ? witnessText(sabotage.worst) : plain(sabotage.reason);
      return `- Sabotage **${plain(sabotage.name)}**: ${plain(verdict)}. ${plain(howCaught(sabotage))} ${witness}${restored(sabotage)} ${code(sabotage.replay)}`;
    }),
    ...nulls(view),
    ...view.charts.map(
      ({ chart }) =>
        `![${plain(chart.title)}](${chartFiles.get(chart) ?? ''})\n\n*${chart.origin === 'measured' ? 'Measured here' : 'Redrawn from the paper'}.* ${plain(chart.caption)}`,
    ),
    ...view.certificates.map(({ says }) => `- Certificate, which \`npm run recheck\` checks: ${plain(says)}`),
    ...observations(view),
    ...(claim.replay === '' ? [] : [block('sh', claim.replay)]),
    ...(claim.file === '' ? [] : [`Stated in ${code(claim.file)}.`]),
  ];
  return parts.join('\n\n');
}

function hypothesis({ words, shownBy }: HypothesisView): string {
  if (shownBy === null) return `- Hypothesis: ${plain(words)}, not dropped alone.`;
  const { claim, sabotage } = shownBy;
  return `- Hypothesis: ${plain(words)}, needed as [${plain(claim.label)}](#${claim.id}) shows by ${plain(sabotage.name)}.`;
}

function witnessText({ comparison, margin, tightness, instance }: Witness): string {
  const { what, left, relation, right, tolerance, numbers } = comparison;
  const further = Object.entries(numbers).map(([name, value]) => `${spaced(name)} ${readable(value)}`);
  const facts = [
    `allowance ${readable(tolerance.value)} (${tolerance.because})`,
    `margin ${readable(margin)}`,
    `allowance used ${percentage(tightness)}`,
    ...further,
  ];
  const sides = `${readable(left)} ${relation} ${readable(right)}${margin < 0 ? ' fails' : ''}`;
  return `${plain(what)}: **${plain(sides)}** (${plain(facts.join('; '))}), instance ${code(shortened(JSON.stringify(instance), 300))}.`;
}

function restored({ drops, restored: witness }: SabotageEvidence): string {
  return witness === null ? '' : ` With the hypothesis restored (${plain(drops)}): ${witnessText(witness)}`;
}

function strata({ claim }: ClaimView): string[] {
  if (claim.strata.length === 0) return [];
  const rows = claim.strata.map(({ name, demanded, met, trivial, hypothesisUnmet, gaveUp, reasons }) => [
    plain(name),
    ...[demanded, met, trivial, hypothesisUnmet, gaveUp].map(grouped),
    Object.entries(reasons)
      .map(([reason, count]) => `${plain(reason)} (${grouped(count)})`)
      .join('; '),
  ]);
  const used = claim.comparisons.map(
    ({ what, tightness, instances }) =>
      `- ${plain(what)}: allowance used ${percentage(tightness)} at most, on ${grouped(instances)} instances`,
  );
  return [
    table(['Stratum', 'Drawn', 'Met', 'Trivial', 'Unmet', 'Gave up', 'Why'], rows),
    ...(used.length > 0 ? [used.join('\n')] : []),
  ];
}

function nulls({ claim }: ClaimView): string[] {
  if (claim.nulls.length === 0) return [];
  const rows = claim.nulls.map(({ name, verdict, share, instances, strata: own, reason }) => [
    plain(name),
    verdict === 'inconclusive'
      ? `not judged: ${plain(reason)}`
      : `${percentage(share)} of ${grouped(instances)}`,
    own.map((each) => `${plain(each.name)} ${percentage(each.share)}`).join('; '),
  ]);
  return [table(['Trivial method', 'Satisfies the claim on', 'By stratum'], rows)];
}

function observations({ observations: own }: ClaimView): string[] {
  if (own.length === 0) return [];
  const rows = own.map(({ quantity, reported, origin, measured, verdict, finding }) => [
    plain(quantity),
    `${readable(reported)} ${plain(originText(origin))}`,
    readable(measured),
    plain(`${observationLooks[verdict].sign} ${observationLooks[verdict].word}`),
    plain(finding),
  ]);
  return [table(['Quantity', 'Reported', 'Measured', 'Verdict', 'Finding'], rows)];
}
