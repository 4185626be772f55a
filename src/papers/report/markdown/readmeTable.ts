import type { ClaimEvidence, Evidence } from '../../evidence/evidence.ts';
import { statusLooks, statusOf } from '../../evidence/status.ts';
import { mismatchedClaims } from '../badge.ts';
import { grouped } from '../wording.ts';
import { plain, table } from './markdownText.ts';

const begin = '<!-- claims: written by npm run report -->';
const end = '<!-- end of claims -->';
/** Columns in which a table may differ a little from one machine to the next. */
const tightnessColumn = 3;

/** The claims of a run as a Markdown table: what the paper says, what we verified, and how to do it again. */
export function readmeTable(evidence: Evidence): string {
  const mismatched = mismatchedClaims(evidence);
  const rows = evidence.claims.map((claim) => [
    `${plain(claim.label)}: ${plain(claim.title)}`,
    verified(claim, mismatched.has(claim.id)),
    claim.instances > 0 ? grouped(claim.instances) : '–',
    claim.instances > 0 ? wholePercent(claim.tightness) : '–',
    claim.verdict === 'unstated' ? '–' : `\`npm run verify -- --claim ${claim.id}\``,
  ]);
  return table(['The paper says', 'We verified', 'Instances', 'Tightness', 'How to replay'], rows);
}

/** The text with the table between its two marks replaced; undefined where there are no marks. */
export function withReadmeTable(text: string, evidence: Evidence): string | undefined {
  const [before, rest] = parts(text, begin);
  const [, after] = parts(rest ?? '', end);
  if (rest === undefined || after === undefined) return undefined;
  return `${before}${begin}\n\n${readmeTable(evidence)}\n\n${end}${after}`;
}

/**
 * Finds where the table in a text says something else than the evidence.
 *
 * Tightness may differ by one percentage point: it comes from drawn instances through elementary functions, which
 * Node versions round differently.
 *
 * @returns one sentence for each row that is wrong, missing or too much; empty where the text has no marks
 */
export function readmeProblems(text: string, evidence: Evidence): string[] {
  const [, rest] = parts(text, begin);
  if (rest === undefined) return [];
  const said = lines(parts(rest, end)[0] ?? '');
  const wanted = lines(readmeTable(evidence));
  const count = Math.max(said.length, wanted.length);
  return Array.from({ length: count }, (_, i) => i).flatMap((i) =>
    agree(said[i], wanted[i]) ? [] : [`"${said[i] ?? 'nothing'}" should be "${wanted[i] ?? 'nothing'}"`],
  );
}

/** The verdict, with the sign of a published number that did not reproduce. */
function verified(claim: ClaimEvidence, isMismatched: boolean): string {
  const { sign, word } = statusLooks[statusOf(claim)];
  return plain(`${sign} ${word}${isMismatched ? ', ≠ number' : ''}`);
}

function wholePercent(tightness: number): string {
  return Number.isFinite(tightness) ? `${Math.round(100 * tightness)} %` : '∞';
}

function parts(text: string, mark: string): [before: string, after: string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

function agree(said: string | undefined, wanted: string | undefined): boolean {
  if (said === undefined || wanted === undefined) return said === wanted;
  if (said === wanted) return true;
  const [a, b] = [said, wanted].map((line) => line.split(/(?<!\\)\|/).slice(1, -1));
  return (
    a?.length === b?.length &&
    (a ?? []).every((cell, column) => {
      const other = b?.[column] ?? '';
      if (cell.trim() === other.trim()) return true;
      return (
        column === tightnessColumn && Math.abs(Number.parseInt(cell, 10) - Number.parseInt(other, 10)) <= 1
      );
    })
  );
}
