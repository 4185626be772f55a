import { Command, Option } from 'commander';
import { invocationOf, throwing } from '../../../numerics/base/program.ts';
import { writeWhole } from '../../../numerics/base/writeWhole.ts';
import { suiteFalseAlarmRate } from '../../claims/falseAlarms.ts';
import { type Profile, profiles } from '../../claims/settings.ts';
import { type AlarmRecord, alarmText } from '../../evidence/alarmRecord.ts';
import { type AlarmCounts, addRun, judgedParts, redParts } from '../alarmRuns.ts';
import { alarmFile, type Paper } from '../paper.ts';
import { provenanceOf } from '../provenance.ts';
import { positive } from './positive.ts';

/**
 * Judges all claims of a paper under many root seeds and counts what is red. It never stops at a red run.
 *
 * @param load gives the paper, once the options are read
 * @returns the exit code: 0 nothing was red, 1 something was
 */
export async function alarms(load: () => Paper | Promise<Paper>): Promise<number> {
  const { seeds, profile, out } = throwing(new Command(invocationOf('alarms')))
    .description(
      'Judges all claims under many root seeds and counts what is red. It never stops at a red run.',
    )
    .option('--seeds <count>', 'how many: 1, 2, …', positive, 50)
    .addOption(new Option('--profile <name>', 'of each run').choices(profiles).default('smoke'))
    .option('--out <file>', 'where the record goes, after each run', alarmFile)
    .addHelpText('after', '\nExit codes: 0 nothing was red, 1 something was, 2 bad input.')
    .parse()
    .opts<{ seeds: number; profile: Profile; out: string }>();
  const paper = await load();
  const started = performance.now();
  let counts: AlarmCounts = { seeds: [], redRuns: 0, reds: [], claims: {} };
  for (let i = 1; i <= seeds; i++) {
    const seed = String(i);
    const reds = redParts(paper.catalogue, seed, await judgedParts(paper, { profile, seed }));
    counts = addRun(counts, paper.catalogue, seed, reds);
    const { commit, dirty, inputs, node, finished } = provenanceOf({ profile, seed });
    const minutes = Math.round((performance.now() - started) / 6000) / 10;
    const record: AlarmRecord = {
      schemaVersion: 1,
      commit,
      dirty,
      inputs,
      node,
      profile,
      finished,
      minutes,
      budget: suiteFalseAlarmRate,
      ...counts,
    };
    writeWhole(out, `${JSON.stringify(record, null, 1)}\n`);
    for (const { claim, sabotage, verdict, reason } of reds) {
      const name = sabotage === undefined ? claim : `${claim}, ${sabotage}`;
      process.stderr.write(`seed ${seed}: ${name}: ${verdict}: ${reason}\n`);
    }
    process.stderr.write(`${alarmText(record)}; ${minutes} minutes\n`);
  }
  return counts.redRuns > 0 ? 1 : 0;
}
