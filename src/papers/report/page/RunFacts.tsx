import type { VNode } from 'preact';
import type { ReportView } from '../view.ts';
import { counted, duration, grouped } from '../wording.ts';

/** The numbers and the machine of the run, for the first screen. */
export function RunFacts({ view: { evidence, summary } }: { readonly view: ReportView }): VNode {
  const { provenance, falseAlarm } = evidence;
  const { byObservation } = summary;
  const facts: readonly (readonly [string, string])[] = [
    ['Instances', grouped(summary.instances)],
    ...(summary.trials > 0 ? [['Random trials', grouped(summary.trials)] as const] : []),
    ['Sabotages refuted', `${grouped(summary.sabotagesCaught)} of ${grouped(summary.sabotages)}`],
    [
      'Published numbers',
      `${byObservation.reproduced} reproduced, ${byObservation.qualified} qualified, ${byObservation['not-reproduced']} not`,
    ],
    ['False alarms', `at most ${falseAlarm.spent.toExponential(1)} a run`],
    ['Profile and seed', `${provenance.profile}, ${provenance.seed}`],
    ['Backend', `${provenance.backend}, Node ${provenance.node}`],
    ['Machine', `${provenance.cpu}, ${counted(provenance.cores, 'core')}, ${provenance.os}`],
    [
      'Finished',
      `${provenance.finished.slice(0, 16).replace('T', ' ')} UTC, after ${duration(summary.milliseconds)}`,
    ],
    ['Commit', `${provenance.commit.slice(0, 12)}${provenance.dirty ? ', with local changes' : ''}`],
  ];
  return (
    <dl class="run-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
