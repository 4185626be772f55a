import type { AlarmRecord } from '../evidence/alarmRecord.ts';
import type { ClaimEvidence, Evidence, SabotageEvidence } from '../evidence/evidence.ts';
import { replayCommand } from '../evidence/ledger.ts';
import type { MutationRecord } from '../evidence/mutationRecord.ts';
import type { OwnData } from '../evidence/ownData.ts';
import type { Certificate, Chart } from '../evidence/shape/exhibit.ts';
import { mismatchedClaims, observationsOf, ownerOf } from './badge.ts';
import { type DrawnChart, drawChart } from './charts/chart.ts';
import { drawGraph } from './charts/graph.ts';
import type { LivePages } from './livePages.ts';
import { type Summary, summarize } from './summary.ts';
import { xmlSafeDeep } from './wording.ts';

/** A chart with its drawing. */
export interface ChartView {
  readonly chart: Chart;
  readonly drawn: DrawnChart;
}

/** What a claim presupposes, with the refuted sabotage that shows that it is needed. */
export interface HypothesisView {
  readonly words: string;
  readonly shownBy: { readonly claim: ClaimEvidence; readonly sabotage: SabotageEvidence } | null;
}

/** One claim with everything that is told in its section. */
export interface ClaimView {
  readonly claim: ClaimEvidence;
  readonly milliseconds: number;
  readonly hypotheses: readonly HypothesisView[];
  /** Claims that rest on this one. */
  readonly usedBy: readonly string[];
  readonly observations: Evidence['observations'];
  /** Whose numbers `npm run recheck` checks. */
  readonly certificates: readonly Certificate[];
  /** Measured charts first, then those redrawn from the paper. */
  readonly charts: readonly ChartView[];
}

/** A published number beside ours, with the command that measures it again. */
export interface ObservationView {
  readonly observation: Evidence['observations'][number];
  /** Id of the claim it belongs to; empty where there is none. */
  readonly owner: string;
  readonly command: string;
}

/** A result on a user's own data, with its charts drawn. */
export interface OwnDataView {
  readonly result: OwnData;
  readonly charts: readonly ChartView[];
}

/** Everything the renderers show, worked out once from the evidence. */
export interface ReportView {
  readonly evidence: Evidence;
  readonly summary: Summary;
  readonly labels: ReadonlyMap<string, string>;
  readonly graph: string;
  readonly claims: readonly ClaimView[];
  /** Charts whose figure is not a claim. */
  readonly otherCharts: readonly ChartView[];
  readonly observations: readonly ObservationView[];
  readonly ownData: readonly OwnDataView[];
  /** How often many runs were red, where that was counted. */
  readonly alarms: AlarmRecord | undefined;
  /** What the suite noticed of small changes to the sources, where that was counted. */
  readonly mutation: MutationRecord | undefined;
  /** Where readers can try claims themselves, if the report has such a page. */
  readonly live: LivePages | undefined;
}

/** What a report can tell besides its evidence. */
export interface ReportExtras {
  readonly ownData?: readonly OwnData[];
  readonly alarms?: AlarmRecord | undefined;
  readonly mutation?: MutationRecord | undefined;
  readonly live?: LivePages | undefined;
}

/**
 * Works out what the report shows: draws graph and charts, and puts charts and published numbers with their claims.
 *
 * Guarantee: every text in the result can stand in XML; every claim, chart and observation occurs in it.
 */
export async function viewOf(
  given: Evidence,
  { ownData = [], alarms, mutation, live }: ReportExtras = {},
): Promise<ReportView> {
  const evidence = xmlSafeDeep(given);
  const ids = new Set(evidence.claims.map(({ id }) => id));
  const charts = evidence.charts.map(chartView).sort((a, b) => originOrder(a) - originOrder(b));
  return {
    evidence,
    summary: summarize(evidence),
    labels: new Map(evidence.claims.map(({ id, label }) => [id, label])),
    graph: await drawGraph(evidence.claims, mismatchedClaims(evidence)),
    claims: evidence.claims.map((claim) => ({
      claim,
      hypotheses: hypothesesOf(claim, evidence),
      milliseconds: evidence.timings[claim.id] ?? 0,
      usedBy: evidence.claims.filter(({ uses }) => uses.includes(claim.id)).map(({ id }) => id),
      observations: observationsOf(evidence, claim.id),
      certificates: evidence.certificates.filter(({ id }) => ownerOf(evidence, id) === claim.id),
      charts: charts.filter(({ chart }) => chart.figure === claim.id),
    })),
    otherCharts: charts.filter(({ chart }) => !ids.has(chart.figure)),
    observations: evidence.observations.map((observation) => observationView(evidence, observation)),
    ownData: xmlSafeDeep(ownData).map((result) => ({ result, charts: result.charts.map(chartView) })),
    alarms: xmlSafeDeep(alarms),
    mutation: xmlSafeDeep(mutation),
    live,
  };
}

/** A sabotage that was not judged, or not refuted, or one that does not drop this hypothesis alone, shows nothing. */
function hypothesesOf({ hypotheses }: ClaimEvidence, { claims }: Evidence): HypothesisView[] {
  return hypotheses.map(({ words, shownBy, needed }) => {
    const claim = claims.find(({ id }) => id === shownBy?.id);
    const sabotage = claim?.sabotages.find(({ name }) => name === shownBy?.sabotage);
    return { words, shownBy: claim && sabotage && needed ? { claim, sabotage } : null };
  });
}

function chartView(chart: Chart): ChartView {
  return { chart, drawn: drawChart(chart) };
}

function originOrder({ chart }: ChartView): number {
  return chart.origin === 'measured' ? 0 : 1;
}

/** The number belongs to a claim's exhibit, which is measured whenever that claim is judged. */
function observationView(evidence: Evidence, observation: Evidence['observations'][number]): ObservationView {
  const owner = ownerOf(evidence, observation.id) ?? '';
  return { observation, owner, command: owner === '' ? '' : replayCommand(owner, evidence.provenance, null) };
}
