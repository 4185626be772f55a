import { z } from 'zod';
import type { OwnData } from '../../papers/evidence/ownData.ts';
import { appliedResult, appliedSummary, appliedWords } from './appliedResult.ts';
import { embedResult, searchedSummary, searchedWords } from './embedResult.ts';

/** What `embed --json` prints: of a search, or of a saved matrix on other points. */
export const anyEmbedResult = z.union([embedResult, appliedResult]);

export type AnyEmbedResult = z.infer<typeof anyEmbedResult>;

/** The result for a reader. */
export function embedWords(result: AnyEmbedResult): string[] {
  return 'matrix' in result ? appliedWords(result) : searchedWords(result);
}

/** The numbers of a result as the report shows them. */
export function embedSummary(result: AnyEmbedResult): OwnData['summary'] {
  return 'matrix' in result ? appliedSummary(result) : searchedSummary(result);
}
