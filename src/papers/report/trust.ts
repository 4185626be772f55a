import { alarmText } from '../evidence/alarmRecord.ts';
import { mutationText } from '../evidence/mutationRecord.ts';
import type { ReportView } from './view.ts';
import { counted } from './wording.ts';

/** One reason to believe the verdicts, by name. */
export interface TrustFact {
  readonly name: string;
  readonly text: string;
}

/** What a run and the records beside it say of the suite itself. */
export function trustFacts({ evidence, summary, alarms, mutation }: ReportView): readonly TrustFact[] {
  const { falseAlarm, certificates, badInputs } = evidence;
  const kinds = new Map<string, number>();
  for (const { kind } of certificates) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const stated = `stated budget ${power(falseAlarm.budget)} a run, of which ${power(falseAlarm.spent)} is spent`;
  const observed =
    alarms === undefined ? 'npm run alarms counts them' : `${alarmText(alarms)} (${commitText(alarms)})`;
  const fuzzed = Object.values(badInputs).reduce((sum, count) => sum + count, 0);
  return [
    {
      name: 'It can fail',
      text: `${summary.sabotagesCaught} of ${counted(summary.sabotages, 'sabotage')} refuted by the judge of the claim itself; ${mutation === undefined ? 'npm run mutate changes the sources and counts what is noticed' : mutationText(mutation)}`,
    },
    { name: 'False alarms', text: `${stated}; ${observed}` },
    {
      name: 'Certificates',
      text:
        kinds.size === 0
          ? 'none in this evidence'
          : `${[...kinds].map(([kind, count]) => `${count} of ${kind}`).join(', ')}, from whose numbers npm run recheck verifies the inequalities in exact arithmetic by a program of its own`,
    },
    {
      name: 'Bad input',
      text:
        fuzzed === 0
          ? 'not tried in this run'
          : `${counted(fuzzed, 'damaged file or wrong option', 'damaged files and wrong options')} tried in this run: each was read, or refused in one line; no crash, no hang, no stack trace`,
    },
  ];
}

function power(value: number): string {
  return value.toExponential(1).replace('.0e', 'e');
}

function commitText({ commit, dirty }: { readonly commit: string; readonly dirty: boolean }): string {
  return `commit ${commit.slice(0, 12)}${dirty ? ' with local changes' : ''}`;
}
