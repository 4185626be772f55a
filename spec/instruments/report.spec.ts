import { XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { rootStream } from '../../src/claims/vitest.ts';
import { reportFiles } from '../../src/report/reportFiles.ts';
import { randomEvidence } from './randomEvidence.ts';

describe('the report', () => {
  test('is rendered whatever the evidence, with JUnit that is well-formed XML', async () => {
    for (let i = 0; i < 20; i++) {
      const f = await reportFiles(randomEvidence(rootStream('report').fork(i)));
      expect(XMLValidator.validate(f.get('junit.xml') ?? '')).toBe(true);
    }
  });
});
