import { Command, Option } from 'commander';
import ora from 'ora';
import { fs, path } from 'zx';
import { invocationOf, throwing } from '../../../numerics/base/program.ts';
import { defaultSeed, type Profile, profiles } from '../../claims/settings.ts';
import { parseAlarmRecord } from '../../evidence/alarmRecord.ts';
import { type Evidence, parseEvidence } from '../../evidence/evidence.ts';
import { parseMutationRecord } from '../../evidence/mutationRecord.ts';
import { parseOwnData } from '../../evidence/ownData.ts';
import { badgeFiles } from '../../report/badgeFiles.ts';
import { headline, isSuiteGreen, summarize } from '../../report/summary.ts';
import { currentEvidence } from '../currentEvidence.ts';
import { writePicture } from '../pagePicture.ts';
import { alarmFile, mutationFile, reportsFolder } from '../paper.ts';
import { readText } from '../readText.ts';
import { pruneBadges, refreshReadme, staleBadges, staleReadme, writeReport } from '../writeReport.ts';

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

function command(): Command {
  return throwing(new Command(invocationOf('report')))
    .description(
      'Writes the report of a verification; runs the verification first where there is no current evidence.',
    )
    .addOption(new Option('--profile <name>', 'of the evidence').choices(profiles).default('quick'))
    .option('--seed <text>', 'of the evidence', defaultSeed)
    .option('--evidence <file>', 'make the report from this file as it is')
    .option('--out <folder>', 'where the files go', reportsFolder)
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
}

/**
 * Writes the report of a verification, or checks that badges and README say what its evidence says.
 *
 * @returns the exit code: 0 all stated claims are green, or badges are in order; 1 not so
 */
export async function report(): Promise<number> {
  const options = command().parse().opts<Options>();
  const { out } = options;
  const say = (line: string): boolean => process.stderr.write(`${line}\n`);
  const own = options.add.map((file) => parseOwnData(readText(file), file));
  const evidence =
    options.evidence === undefined
      ? await currentEvidence(options, say)
      : parseEvidence(readText(options.evidence), options.evidence);
  if (options.checkBadges) {
    const problems = staleBadges(badgeFiles(evidence), out);
    if (out === reportsFolder) problems.push(...staleReadme(evidence));
    for (const problem of problems) say(problem);
    return problems.length > 0 ? 1 : 0;
  }
  const spinner = ora({ text: 'Drawing the report', isSilent: !process.stderr.isTTY }).start();
  // Drawing needs large libraries, which no other answer of this command waits for.
  const { reportFiles } = await import('../../report/reportFiles.ts');
  const alarms = readIfThere(alarmFile, parseAlarmRecord);
  const mutation = readIfThere(mutationFile, parseMutationRecord);
  const files = await reportFiles(evidence, own, alarms, mutation).finally(() => spinner.stop());
  const written = await writeReport(files, out);
  if (out === reportsFolder) {
    pruneBadges(badgeFiles(evidence), out);
    // A file that was named may be of any run; the README tells of the one that everybody can repeat.
    if (options.evidence === undefined && options.profile === 'quick') await refreshReadme(evidence);
  }
  if (options.picture !== undefined) await writePicture(path.join(out, 'index.html'), options.picture);
  process.stdout.write(`${describe(evidence, written, options)}\n`);
  return isSuiteGreen(summarize(evidence)) ? 0 : 1;
}

function readIfThere<T>(file: string, parse: (text: string, source: string) => T): T | undefined {
  return fs.existsSync(file) ? parse(readText(file), file) : undefined;
}

function describe(evidence: Evidence, files: readonly string[], { json, out }: Options): string {
  const summary = summarize(evidence);
  return json
    ? JSON.stringify({ green: isSuiteGreen(summary), ...summary, files }, null, 2)
    : `${headline(summary)}\n${path.join(out, 'index.html')} and ${files.length - 1} other files written.`;
}
