import { Command, Option } from 'commander';
import ora from 'ora';
import { fs, path } from 'zx';
import { InputError } from '../../../numerics/base/inputError.ts';
import { invocationOf, throwing } from '../../../numerics/base/program.ts';
import { defaultSeed, type Profile, profiles } from '../../claims/settings.ts';
import { parseAlarmRecord } from '../../evidence/alarmRecord.ts';
import { type Evidence, parseEvidence } from '../../evidence/evidence.ts';
import { evidenceProblems, unacceptedProblems } from '../../evidence/evidenceProblems.ts';
import { parseMutationRecord } from '../../evidence/mutationRecord.ts';
import { parseOwnData } from '../../evidence/ownData.ts';
import { attestationFiles } from '../../report/attestation.ts';
import { badgeFiles } from '../../report/badgeFiles.ts';
import type { LivePages } from '../../report/livePages.ts';
import { headline, isSuiteGreen, summarize } from '../../report/summary.ts';
import { makeCurrent } from '../currentEvidence.ts';
import { writePicture } from '../pagePicture.ts';
import { alarmFile, evidenceFile, mutationFile, type Paper, reportsFolder } from '../paper.ts';
import { sourceProblems } from '../provenance.ts';
import { readText } from '../readText.ts';
import { pruneBadges, refreshReadme, staleBadges, staleReadme, writeReport } from '../writeReport.ts';

interface Options {
  readonly profile: Profile;
  readonly seed: string;
  readonly evidence?: string;
  readonly out: string;
  readonly add: readonly string[];
  readonly checkBadges?: true;
  readonly anySources?: true;
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
    .option('--any-sources', 'take evidence of other sources, or of uncommitted ones, as it is')
    .option('--picture <file.png>', 'also write a picture of the first screen; needs a Chromium')
    .option('--json', 'print a list of the files and the counts as JSON')
    .addHelpText(
      'after',
      '\nExit codes: 0 all stated claims are green, or not so in the way the paper accepts; 1 some are not; 2 something given was wrong.',
    );
}

/**
 * Writes the report of a verification, or checks that badges and README say what its evidence says.
 *
 * @param load the paper whose specs the evidence is held against
 * @param live pages on which readers try the claims, written beside the report
 * @returns the exit code: 0 all stated claims are green or accepted as they are, or badges are in order; 1 not so
 * @throws InputError for evidence that no run of the sources here can have written.
 */
export async function report(load: () => Paper | Promise<Paper>, live?: LivePages): Promise<number> {
  const options = command().parse().opts<Options>();
  const { out } = options;
  const say = (line: string): boolean => process.stderr.write(`${line}\n`);
  const own = options.add.map((file) => parseOwnData(readText(file), file));
  if (options.evidence === undefined) await makeCurrent(options, say);
  const file = options.evidence ?? evidenceFile;
  const text = readText(file);
  const evidence = parseEvidence(text, file);
  const paper = options.anySources ? undefined : await load();
  if (paper !== undefined) await refuseForged(evidence, paper, options);
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
  const files = await reportFiles(evidence, { ownData: own, alarms, mutation, live }).finally(() =>
    spinner.stop(),
  );
  const described = attestationFiles(files, evidence, { name: path.relative(out, file), text });
  const written = await writeReport(new Map([...files, ...described]), out);
  if (out === reportsFolder) {
    pruneBadges(badgeFiles(evidence), out);
    // A file that was named may be of any run; the README tells of the one that everybody can repeat.
    if (options.evidence === undefined && options.profile === 'quick') await refreshReadme(evidence);
  }
  if (options.picture !== undefined) await writePicture(path.join(out, 'index.html'), options.picture);
  process.stdout.write(`${describe(evidence, written, options)}\n`);
  // A claim that is accepted as it is keeps nobody's run from ending well: the page says what it is.
  const { catalogue } = paper ?? {};
  const isInOrder =
    catalogue === undefined
      ? isSuiteGreen(summarize(evidence))
      : unacceptedProblems(evidence, catalogue).length === 0;
  return isInOrder ? 0 : 1;
}

/** Refuses evidence that is not of the sources here, or says more than a run of them can. */
async function refuseForged(
  evidence: Evidence,
  paper: Paper,
  { evidence: file, checkBadges }: Options,
): Promise<void> {
  const { provenance } = evidence;
  // It reads specs by vitest's parser, which an installed package may be without.
  const { statedClaims } = await import('../statedClaims.ts');
  const problems = [
    ...sourceProblems(provenance),
    ...(checkBadges && provenance.dirty ? ['of sources with uncommitted changes'] : []),
    ...evidenceProblems(evidence, paper.catalogue, statedClaims(paper)),
  ];
  const [first] = problems;
  if (first === undefined) return;
  throw new InputError({
    source: file ?? evidenceFile,
    expected: 'evidence of the sources here (--any-sources takes any)',
    got: problems.length > 1 ? `${first}; and ${problems.length - 1} more` : first,
  });
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
