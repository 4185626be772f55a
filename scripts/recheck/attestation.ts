import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Statement {
  readonly _type?: unknown;
  readonly predicateType?: unknown;
  readonly subject?: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicate?: { readonly result?: unknown };
}

/** What checking a statement found. */
export interface CheckedStatement {
  /** Files whose digests are as stated. */
  readonly files: number;
  readonly problems: readonly string[];
}

/**
 * Checks offline that the files beside an in-toto statement of test results are those that it speaks of.
 *
 * Who made the statement it does not say: that is for the code host's attestation of the evidence.
 *
 * @throws SyntaxError or a file's error where there is no such statement
 */
export function checkAttestation(file: string): CheckedStatement {
  const {
    _type,
    predicateType,
    subject = [],
    predicate,
  } = JSON.parse(readFileSync(file, 'utf8')) as Statement;
  const problems: string[] = [];
  if (_type !== 'https://in-toto.io/Statement/v1') problems.push(`${file}: not an in-toto statement`);
  if (predicateType !== 'https://in-toto.io/attestation/test-result/v0.1')
    problems.push(`${file}: not a statement of test results`);
  if (subject.length === 0) problems.push(`${file}: speaks of no file`);
  let files = 0;
  for (const { name, digest } of subject) {
    const place = join(dirname(file), name);
    const text = readIfThere(place);
    if (text === undefined) problems.push(`${place}: missing`);
    else if (createHash('sha256').update(text).digest('hex') !== digest.sha256)
      problems.push(`${place}: not the file that the statement speaks of`);
    else files++;
    if (text !== undefined && name.endsWith('evidence.json'))
      problems.push(...resultProblems(text, predicate?.result));
  }
  return { files, problems };
}

/** The result has to be what the evidence says. */
function resultProblems(evidence: Buffer, result: unknown): string[] {
  const { claims } = JSON.parse(evidence.toString()) as {
    readonly claims: readonly { readonly green: boolean; readonly verdict: string }[];
  };
  const green = claims.every((claim) => claim.green || claim.verdict === 'unstated');
  return green === (result === 'PASSED') ? [] : [`the statement says ${result}, and not all claims are so`];
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
