import { describe, expect, test } from 'vitest';
import { paper } from '../../../../spec/paper/paper.ts';
import { claimSpecsOf, specsQuoting } from '../../../../src/papers/run/claimSpecs.ts';
import { statedClaims } from '../../../../src/papers/run/statedClaims.ts';

describe('the specs of one claim', () => {
  test('the file that states a claim is loaded for it, and at most one that only names it', () => {
    for (const file of claimSpecsOf(paper)) {
      for (const { id } of statedClaims({ ...paper, claimSpecs: [file] })) {
        const quoting = specsQuoting(paper, id);
        expect(quoting, id).toContain(file);
        expect(quoting.length, id).toBeLessThanOrEqual(2);
      }
    }
  });

  test('an id that stands nowhere is looked for in all files', () => {
    expect(specsQuoting(paper, 'no.such-claim')).toEqual(claimSpecsOf(paper));
  });
});
