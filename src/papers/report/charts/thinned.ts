type Point = readonly [x: number, y: number];

/**
 * Keeps at most about `most` points of a series: of each run of neighbours the lowest and the highest, so that no
 * peak is lost. Short series are returned as they are.
 *
 * @param most at least 2
 */
export function thinned<P extends Point>(points: readonly P[], most: number): readonly P[] {
  if (points.length <= most) return points;
  const run = Math.ceil(points.length / Math.floor(most / 2));
  const kept: P[] = [];
  for (let start = 0; start < points.length; start += run) {
    const group = points.slice(start, start + run);
    let low = 0;
    let high = 0;
    group.forEach(([, y], i) => {
      if (y < (group[low]?.[1] ?? y)) low = i;
      if (y > (group[high]?.[1] ?? y)) high = i;
    });
    const chosen = new Set([Math.min(low, high), Math.max(low, high)]);
    // The ends of the series are where the eye reads off its start and its final value.
    if (start === 0) chosen.add(0);
    if (start + run >= points.length) chosen.add(group.length - 1);
    kept.push(...group.filter((_, i) => chosen.has(i)));
  }
  return kept;
}
