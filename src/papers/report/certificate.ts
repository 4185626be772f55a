import type { Evidence } from '../evidence/evidence.ts';
import type { ReportFiles } from './badgeFiles.ts';
import { escapeHtml } from './charts/math.ts';
import { headline, summarize } from './summary.ts';
import { grouped, xmlSafeDeep } from './wording.ts';

/** The page that can be printed and signed, and the same for programs. */
export const certificateName = 'certificate.html';
export const codecheckName = 'codecheck.yml';

/** One output of the paper that was made again. */
interface Output {
  readonly file: string;
  readonly comment: string;
}

/**
 * Makes the certificate of a run in the form of CODECHECK: what was run, where, when, at which commit, and which outputs
 * of the paper came of it. Nobody has signed it: it says what a program found.
 *
 * Guarantee: a function of its arguments; no clock, no disk.
 *
 * @param outputs the drawings of measured charts, by their files
 * Source: https://codecheck.org.uk/spec/config/1.0/
 */
export function certificateFiles(given: Evidence, outputs: readonly Output[]): ReportFiles {
  const evidence = xmlSafeDeep(given);
  return new Map([
    [certificateName, page(evidence, outputs)],
    [codecheckName, codecheck(evidence, outputs)],
  ]);
}

/** JSON is YAML: every text is written as a quoted one, which no character can end. */
function codecheck(evidence: Evidence, outputs: readonly Output[]): string {
  const { paper, provenance } = evidence;
  const text = JSON.stringify;
  return [
    'version: "https://codecheck.org.uk/spec/config/1.0/"',
    'paper:',
    `  title: ${text(paper.title)}`,
    '  authors:',
    ...paper.authors.map((name) => `    - name: ${text(name)}`),
    `  reference: ${text(paper.url)}`,
    outputs.length === 0 ? 'manifest: []' : 'manifest:',
    ...outputs.flatMap(({ file, comment }) => [`  - file: ${text(file)}`, `    comment: ${text(comment)}`]),
    'codechecker:',
    `  - name: ${text('npm run report, without a person')}`,
    `summary: ${text(headline(summarize(evidence)))}`,
    `check_time: ${text(provenance.finished)}`,
    `report: ${text(certificateName)}`,
    '',
  ].join('\n');
}

function page(evidence: Evidence, outputs: readonly Output[]): string {
  const { paper, provenance } = evidence;
  const summary = summarize(evidence);
  const facts: readonly (readonly [string, string])[] = [
    ['Paper', `${paper.title}. ${paper.authors.join(', ')}. ${paper.version}`],
    ['What was run', `npm run report -- --profile ${provenance.profile} --seed ${provenance.seed}`],
    ['By which commit', `${provenance.commit}${provenance.dirty ? ', with local changes' : ''}`],
    ['Where', `${provenance.cpu}, ${provenance.os}, Node ${provenance.node}, ${provenance.backend}`],
    ['When', `finished ${provenance.finished}`],
    ['Found', headline(summary)],
    [
      'How hard it was tried',
      `${grouped(summary.instances)} instances; ${grouped(summary.sabotagesCaught)} of ${grouped(summary.sabotages)} sabotages refuted`,
    ],
    ['Signed', 'by nobody: this is what a program found. Whoever repeats the run may sign below.'],
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Certificate of a run: ${escapeHtml(paper.version)}</title>
<style>
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.45 Georgia, serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin: 1.2rem 0 0.3rem; }
dl { display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr; gap: 0.35rem 1rem; margin: 0; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
ul { columns: 2; font-size: 0.8rem; padding-left: 1.1rem; margin: 0; } li { overflow-wrap: anywhere; break-inside: avoid; }
.line { border-bottom: 1px solid; height: 2.5rem; max-width: 24rem; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } ul { columns: 1; } }
@media print { @page { size: A4; margin: 14mm; } body { margin: 0; font-size: 10pt; } ul { font-size: 7pt; } }
</style>
</head>
<body>
<main>
<h1>Certificate of a run</h1>
<dl>
${facts.map(([name, text]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(text)}</dd>`).join('\n')}
</dl>
<h2>Outputs that were made again</h2>
<ul>
${outputs.map(({ file, comment }) => `<li>${escapeHtml(file)}: ${escapeHtml(comment)}</li>`).join('\n')}
</ul>
<h2>Repeated by, on</h2>
<p class="line"></p>
</main>
</body>
</html>
`;
}
