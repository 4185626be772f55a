import { trustFacts } from '../trust.ts';
import type { ReportView } from '../view.ts';
import { grouped } from '../wording.ts';
import { plain, table } from './markdownText.ts';

/** Why the suite itself is to be believed, as parts of the Markdown report. */
export function trustMarkdown(view: ReportView): string[] {
  const tried = Object.entries(view.evidence.badInputs);
  return [
    '## Can the suite be trusted?',
    trustFacts(view)
      .map(({ name, text }) => `- **${plain(name)}**: ${plain(text)}`)
      .join('\n'),
    ...(tried.length > 0
      ? [
          table(
            ['Given to', 'Bad inputs'],
            tried.map(([name, count]) => [plain(name), grouped(count)]),
          ),
        ]
      : []),
  ];
}
