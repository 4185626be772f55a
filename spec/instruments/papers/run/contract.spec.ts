import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fileCount, SmallProject } from './shardsProject.ts';

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const verdicts = ['holds', 'refuted', 'vacuous', 'inconclusive', 'unstated'] as const;

/** What programs that read `evidence.json` are promised, written down here a second time. */
const contract = z.object({
  claims: z
    .array(
      z.object({
        id: z.string(),
        kind: z.enum(['definition', 'lemma', 'theorem', 'corollary', 'observation', 'instrument']),
        label: z.string(),
        verdict: z.enum(verdicts),
        weak: z.boolean(),
        instances: count,
        trivial: count,
        gaveUp: count,
        strata: z
          .array(z.object({ name: z.string().min(1), demanded: count, met: count, gaveUp: count }))
          .nonempty(),
        comparisons: z
          .array(z.object({ what: z.string().min(1), tightness: z.number().nonnegative(), instances: count }))
          .nonempty(),
        sabotages: z
          .array(
            z.object({
              name: z.string().min(1),
              verdict: z.enum(verdicts),
              comparison: z.string().min(1),
              share,
            }),
          )
          .nonempty(),
        nulls: z.array(z.object({ name: z.string().min(1), share })).nonempty(),
      }),
    )
    .length(fileCount),
  observations: z
    .array(
      z.object({
        id: z.string(),
        verdict: z.enum(['reproduced', 'qualified', 'not-reproduced', 'agrees', 'differs']),
        origin: z.object({
          kind: z.enum(['printed', "from the authors' program", 'derived']),
          where: z.string().min(1),
        }),
      }),
    )
    .length(fileCount),
});

describe('evidence of a small paper, as a run writes it', () => {
  const project = new SmallProject();
  let evidence: z.output<typeof contract>;

  beforeAll(() => {
    const { stderr } = project.run('verify', '--profile', 'smoke', '--seed', 'contract');
    evidence = contract.parse(JSON.parse(project.read('reports/evidence.json')), {
      error: () => `expected evidence, after: ${stderr}`,
    });
  }, 120_000);
  afterAll(() => project.remove());

  test('has every field of the contract, in the shape that it states', () => {
    expect(evidence.claims.map(({ id }) => id)).toEqual(
      Array.from({ length: fileCount }, (_, i) => `small.claim-${i}`),
    );
  });

  test('counts what the specs ask for', () => {
    for (const [i, claim] of evidence.claims.entries()) {
      expect(claim).toMatchObject({ verdict: 'holds', weak: false, instances: 40, trivial: 0, gaveUp: 0 });
      expect(claim.strata).toEqual([
        { name: 'small', demanded: 10, met: 10, gaveUp: 0 },
        { name: 'any', demanded: 30, met: 30, gaveUp: 0 },
      ]);
      expect(claim.comparisons).toEqual([{ what: 'square', tightness: 0, instances: 40 }]);
      const refuted = { verdict: 'refuted', comparison: 'square', share: 1 };
      expect(claim.sabotages).toEqual([
        { name: 'its negative', ...refuted },
        { name: `less ${i + 1}`, ...refuted },
      ]);
      expect(claim.nulls).toEqual([{ name: 'one below', share: 0 }]);
    }
    for (const { origin, verdict } of evidence.observations) {
      expect(origin).toEqual({ kind: 'printed', where: 'here' });
      expect(verdict).toBe('not-reproduced');
    }
  });
});
