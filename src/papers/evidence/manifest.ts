import type { Catalogue } from '../claims/catalogue.ts';
import { type ClaimPart, partKey } from './shape/part.ts';

/**
 * Finds what merged shards report too often or not at all, where every stated claim of a catalogue and every one of
 * its sabotages and nulls has to be reported exactly once.
 *
 * @param somethingFailed a file or test of the run failed, so that what is missing may simply not have come to run:
 * the evidence then says so, and only what is there too often is a problem
 * @returns one sentence for each problem, in catalogue order; empty where the manifest is met.
 */
export function manifestProblems(
  { entries }: Catalogue,
  parts: readonly ClaimPart[],
  somethingFailed = false,
): string[] {
  const counts = new Map<string, number>();
  const expected = new Set<string>();
  for (const { id, unstated } of entries) if (unstated === undefined) expected.add(id);
  for (const part of parts) {
    const key = partKey(part);
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const { id, sabotages, nulls = [] } = part;
    for (const sabotage of sabotages) expected.add(partKey({ id, sabotage }));
    for (const nullMethod of nulls) expected.add(partKey({ id, nullMethod }));
  }
  const unknown = [...counts.keys()].filter((key) => !expected.has(key));
  return [
    ...[...expected].flatMap((key) => {
      const count = counts.get(key) ?? 0;
      return count === 1 || (count === 0 && somethingFailed)
        ? []
        : [`${key}: expected one report, got ${count}`];
    }),
    ...unknown.map((key) => `${key}: expected a claim of the catalogue`),
  ];
}

/** The same for spec files: each has to be in exactly one shard. */
export function fileProblems(expected: readonly string[], got: readonly string[]): string[] {
  return [...new Set([...expected, ...got])].sort().flatMap((file) => {
    const [wanted, count] = [expected, got].map((list) => list.filter((each) => each === file).length);
    return wanted === count ? [] : [`${file}: expected in ${wanted} shard, got ${count}`];
  });
}
