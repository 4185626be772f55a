import type { EvidenceChanges, VerdictChange } from '../evidence/compare.ts';
import { duration, percentage } from './wording.ts';

/** Tells what is different between two runs, a line for each change, worst first. */
export function compareText(changes: EvidenceChanges): string {
  const { differences, verdicts, observations, added, removed, shrunk, speeds, speed } = changes;
  const worstFirst = (a: VerdictChange, b: VerdictChange): number => Number(b.worse) - Number(a.worse);
  const line = ({ id, before, after, worse }: VerdictChange): string =>
    `  ${worse ? '✗ worse ' : '✓ better'}  ${id}: ${before} → ${after}`;
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['The runs differ in', differences.map((text) => `  ${text}`)],
    ['Verdicts changed', [...verdicts].sort(worstFirst).map(line)],
    ['Published numbers changed', [...observations].sort(worstFirst).map(line)],
    ['Claims added', added.map((id) => `  ${id}`)],
    ['Claims gone', removed.map((id) => `  ${id}`)],
    [
      'Margins shrank (share of the allowance used)',
      shrunk.map(({ id, before, after }) => `  ${id}: ${percentage(before)} → ${percentage(after)}`),
    ],
    [
      'Speed (old time over new)',
      speeds.map(
        ({ id, before, after, ratio }) =>
          `  ${ratio.toFixed(2)}×  ${id}: ${duration(before)} → ${duration(after)}`,
      ),
    ],
  ];
  const told = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${title}:\n${lines.join('\n')}`);
  const unchanged = verdicts.length === 0 ? ['No verdict changed.'] : [];
  const overall = speeds.length > 0 ? [`Overall speed: ${speed.toFixed(2)}× the earlier run's.`] : [];
  return [...told, ...unchanged, ...overall].join('\n\n');
}
