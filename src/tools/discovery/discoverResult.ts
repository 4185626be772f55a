import { z } from 'zod';
import type { Exhibit } from '../contract/tool.ts';
import { studyExhibit, studyResult, studyWords } from './discoverStudy.ts';
import { trainingExhibit, trainingResult, trainingWords } from './trainingResult.ts';

/** What `discover --json` prints: of a training, or of a user's own inputs and first layer. */
export const discoverResult = z.union([trainingResult, studyResult]);

export type DiscoverResult = z.infer<typeof discoverResult>;

/** The result for a reader. */
export function discoverWords(result: DiscoverResult): string[] {
  return 'optimizer' in result ? trainingWords(result) : studyWords(result);
}

/** The result as the report shows it. */
export function discoverExhibit(result: DiscoverResult): Exhibit {
  return 'optimizer' in result ? trainingExhibit(result) : studyExhibit(result);
}
