import { createHash } from 'node:crypto';
import type { Evidence } from '../evidence/evidence.ts';
import { statusOf } from '../evidence/status.ts';
import type { ReportFiles } from './badgeFiles.ts';
import { isSuiteGreen, summarize } from './summary.ts';

/** The file that a report is made from: its path relative to the report's folder, and its text. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** The in-toto statement of a report: which files, by digest, and how the tests of that run ended. */
export const statementName = 'test-result.intoto.json';
/** The RO-Crate's description of the folder. */
export const crateName = 'ro-crate-metadata.json';

/**
 * Describes a report for programs: an in-toto statement of its test results, with a digest of the evidence and of
 * every file made from it, and an RO-Crate, which says what each file is and how it came about.
 *
 * Source: https://in-toto.io/Statement/v1, predicate test-result v0.1; RO-Crate 1.1.
 */
export function attestationFiles(files: ReportFiles, evidence: Evidence, source: SourceFile): ReportFiles {
  const all = [[source.name, source.text] as const, ...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const pretty = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;
  return new Map([
    [statementName, pretty(statement(all, evidence))],
    [crateName, pretty(crate(all, evidence, source.name))],
  ]);
}

type Files = readonly (readonly [name: string, text: string])[];

function statement(files: Files, evidence: Evidence): object {
  const { provenance, claims } = evidence;
  const idsOf = (...wanted: readonly string[]): string[] =>
    claims.filter((claim) => wanted.includes(statusOf(claim))).map(({ id }) => id);
  const warned = idsOf('weak');
  const failed = idsOf('blocked', 'refuted', 'vacuous', 'inconclusive', 'not-run');
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: files.map(([name, text]) => ({ name, digest: { sha256: sha256(text) } })),
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: {
      result: isSuiteGreen(summarize(evidence)) ? 'PASSED' : failed.length > 0 ? 'FAILED' : 'WARNED',
      configuration: [
        { name: 'commit', digest: { gitCommit: provenance.commit } },
        { name: 'inputs', digest: { sha256: provenance.inputs } },
        { name: 'profile', annotations: { profile: provenance.profile, seed: provenance.seed } },
      ],
      passedTests: idsOf('green'),
      warnedTests: warned,
      failedTests: failed,
    },
  };
}

function crate(files: Files, { paper, provenance }: Evidence, evidenceName: string): object {
  const at = (id: string): object => ({ '@id': id });
  return {
    '@context': 'https://w3id.org/ro/crate/1.1/context',
    '@graph': [
      {
        '@id': crateName,
        '@type': 'CreativeWork',
        conformsTo: at('https://w3id.org/ro/crate/1.1'),
        about: at('./'),
      },
      {
        '@id': './',
        '@type': 'Dataset',
        name: `Evidence on the claims of ${paper.title}`,
        description: `What became of each claim of ${paper.version} in one run, with the report made from it.`,
        datePublished: provenance.finished,
        license: at('https://spdx.org/licenses/MIT'),
        about: at('#paper'),
        mentions: at('#run'),
        hasPart: [...files.map(([name]) => at(name)), at(statementName)],
      },
      {
        '@id': '#paper',
        '@type': 'ScholarlyArticle',
        name: paper.title,
        identifier: paper.version,
        url: paper.url,
        author: paper.authors.map((name) => ({ '@type': 'Person', name })),
      },
      {
        '@id': '#run',
        '@type': 'CreateAction',
        name: `Verification, profile ${provenance.profile}, seed ${provenance.seed}`,
        endTime: provenance.finished,
        instrument: at('#sources'),
        result: at(evidenceName),
      },
      {
        '@id': '#sources',
        '@type': 'SoftwareSourceCode',
        name: 'the sources of the run',
        version: provenance.commit,
        runtimePlatform: `Node ${provenance.node}, ${provenance.os}`,
      },
      ...[...files.map(([name]) => name), statementName].map((name) => ({
        '@id': name,
        '@type': 'File',
        encodingFormat: formats[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain',
      })),
    ],
  };
}

const formats: Readonly<Record<string, string>> = {
  html: 'text/html',
  json: 'application/json',
  md: 'text/markdown',
  svg: 'image/svg+xml',
  xml: 'application/xml',
};

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
