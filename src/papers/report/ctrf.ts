import { ReportBuilder, stringify, type Test } from 'ctrf';
import type { Evidence } from '../evidence/evidence.ts';
import { outcomesOf } from './outcome.ts';

/** Writes the run in the Common Test Report Format, with a test for each claim and each sabotage. */
export function renderCtrf(evidence: Evidence): string {
  const { provenance, paper } = evidence;
  const outcomes = outcomesOf(evidence);
  const stop = Date.parse(provenance.finished);
  const total = outcomes.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const tests = outcomes.map(
    ({ claim, name, file, status, message, milliseconds, replay }): Test => ({
      name,
      status,
      duration: Math.round(milliseconds),
      message,
      suite: [paper.version, claim],
      ...(file === '' ? {} : { filePath: file }),
      ...(replay === '' ? {} : { extra: { replay } }),
    }),
  );
  const report = new ReportBuilder()
    .timestamp(provenance.finished)
    .tool({ name: 'executable-paper' })
    .environment({ commit: provenance.commit, osPlatform: provenance.os, extra: { node: provenance.node } })
    .addTests(tests)
    .summaryOverrides({ start: Math.round(stop - total), stop })
    .build();
  return `${stringify(report)}\n`;
}
