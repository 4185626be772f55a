import { performance } from 'node:perf_hooks';
import { Command, InvalidArgumentError, Option } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { catalogue } from '../spec/paper/catalogue.ts';
import { runProgram, throwing } from '../src/numerics/base/program.ts';
import { suiteFalseAlarmRate } from '../src/papers/claims/falseAlarms.ts';
import { type Profile, readSettings } from '../src/papers/claims/settings.ts';
import { type AlarmRecord, alarmText } from '../src/papers/evidence/alarmRecord.ts';
import { type AlarmCounts, addRun, judgedParts, redParts } from '../src/papers/run/alarmRuns.ts';
import { provenanceOf } from '../src/papers/run/provenance.ts';

interface Options {
  readonly seeds: number;
  readonly profile: Profile;
  readonly out: string;
}

const program = throwing(new Command('npm run alarms --'))
  .description('Judges all claims under many root seeds and counts what is red. It never stops at a red run.')
  .option('--seeds <count>', 'how many: 1, 2, …', positive, 50)
  .addOption(
    new Option('--profile <name>', 'of each run').choices(['smoke', 'quick', 'full']).default('smoke'),
  )
  .option('--out <file>', 'where the record goes, after each run', 'reports/false-alarms.json')
  .addHelpText('after', '\nExit codes: 0 nothing was red, 1 something was, 2 bad input.');

await runProgram(async () => {
  const { seeds, profile, out } = program.parse().opts<Options>();
  const started = performance.now();
  let counts: AlarmCounts = { seeds: [], redRuns: 0, reds: [], claims: {} };
  for (let i = 1; i <= seeds; i++) {
    const seed = String(i);
    const reds = redParts(catalogue, seed, await judgedParts(profile, seed));
    counts = addRun(counts, catalogue, seed, reds);
    const { commit, dirty, inputs, node, finished } = provenanceOf(readSettings({ CLAIMS_PROFILE: profile }));
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
    await writeFileAtomic(out, `${JSON.stringify(record, null, 1)}\n`);
    for (const { claim, sabotage, verdict, reason } of reds) {
      process.stderr.write(
        `seed ${seed}: ${claim}${sabotage ? `, ${sabotage}` : ''}: ${verdict}: ${reason}\n`,
      );
    }
    process.stderr.write(`${alarmText(record)}; ${minutes} minutes\n`);
  }
  return counts.redRuns > 0 ? 1 : 0;
});

function positive(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected an integer from 1 to 999999');
}
