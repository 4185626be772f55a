import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import ora from 'ora';
import { runProgram, throwing } from '../src/numerics/base/program.ts';
import { defaultSeed, type Profile } from '../src/papers/claims/settings.ts';
import { parseAlarmRecord } from '../src/papers/evidence/alarmRecord.ts';
import { parseEvidence } from '../src/papers/evidence/evidence.ts';
import { parseMutationRecord } from '../src/papers/evidence/mutationRecord.ts';
import { parseOwnData } from '../src/papers/evidence/ownData.ts';
import { badgeFiles } from '../src/papers/report/badgeFiles.ts';
import { headline, isSuiteGreen, summarize } from '../src/papers/report/summary.ts';
import { currentEvidence } from '../src/papers/run/currentEvidence.ts';
import { dishonestReadme, refreshReadme } from '../src/papers/run/readme.ts';
import { readText } from '../src/papers/run/readText.ts';
import { dishonestBadges, pruneBadges, writeReport } from '../src/papers/run/writeReport.ts';
import { writePicture } from './lib/pagePicture.ts';

interface Options {
  readonly profile: Profile;
  readonly seed: string;
  readonly evidence?: string;
  readonly out: string;
  readonly add: readonly string[];
  readonly checkBadges?: true;
  readonly picture?: string;
  readonly json?: true;
}

const defaultFolder = 'reports';
/** Written by `npm run alarms`, committed. */
const alarmFile = 'reports/false-alarms.json';
/** Written by `npm run mutate`, committed. */
const mutationFile = 'reports/mutation.json';
const program = throwing(new Command('npm run report --'))
  .description(
    'Writes the report of a verification; runs the verification first where there is no current evidence.',
  )
  .addOption(
    new Option('--profile <name>', 'of the evidence').choices(['smoke', 'quick', 'full']).default('quick'),
  )
  .option('--seed <text>', 'of the evidence', defaultSeed)
  .option('--evidence <file>', 'make the report from this file as it is')
  .option('--out <folder>', 'where the files go', defaultFolder)
  .option('--add <file...>', 'add results on own data, written by the tools with --report', [])
  .option(
    '--check-badges',
    'write nothing; fail where a badge in the folder, or the table in README.md, disagrees with the evidence',
  )
  .option('--picture <file.png>', 'also write a picture of the first screen; needs a Chromium')
  .option('--json', 'print a list of the files and the counts as JSON')
  .addHelpText(
    'after',
    '\nExit codes: 0 all stated claims are green, 1 some are not, 2 something given was wrong.',
  );

await runProgram(async () => {
  const options = program.parse().opts<Options>();
  const say = (line: string): boolean => process.stderr.write(`${line}\n`);
  const own = options.add.map((file) => parseOwnData(readText(file), file));
  const evidence =
    options.evidence === undefined
      ? await currentEvidence(options, say)
      : parseEvidence(readText(options.evidence), options.evidence);
  const badges = badgeFiles(evidence);
  if (options.checkBadges) {
    const problems = dishonestBadges(badges, options.out);
    if (options.out === defaultFolder) problems.push(...dishonestReadme(evidence));
    for (const problem of problems) say(problem);
    return problems.length > 0 ? 1 : 0;
  }
  const spinner = ora({ text: 'Drawing the report', isSilent: !process.stderr.isTTY }).start();
  // Drawing needs large libraries, which no other answer of this script waits for.
  const { reportFiles } = await import('../src/papers/report/reportFiles.ts');
  const alarms = existsSync(alarmFile) ? parseAlarmRecord(readText(alarmFile), alarmFile) : undefined;
  const mutation = existsSync(mutationFile)
    ? parseMutationRecord(readText(mutationFile), mutationFile)
    : undefined;
  const files = await reportFiles(evidence, own, alarms, mutation).finally(() => spinner.stop());
  const written = await writeReport(files, options.out);
  if (options.out === defaultFolder) {
    pruneBadges(badges, options.out);
    // A file that was named may be of any run; the README tells of the one that everybody can repeat.
    if (options.evidence === undefined && options.profile === 'quick') await refreshReadme(evidence);
  }
  if (options.picture !== undefined) await writePicture(join(options.out, 'index.html'), options.picture);
  const summary = summarize(evidence);
  const green = isSuiteGreen(summary);
  const text = options.json
    ? JSON.stringify({ green, ...summary, files: written }, null, 2)
    : `${headline(summary)}\n${options.out}/index.html and ${written.length - 1} other files written.`;
  process.stdout.write(`${text}\n`);
  return green ? 0 : 1;
});
