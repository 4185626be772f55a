import type { TextFile } from '../text/textFile.ts';

/** Pairs of vertices with a value each, and the line where each stood. */
export interface Pairs {
  readonly sources: Int32Array;
  readonly targets: Int32Array;
  readonly values: Float64Array;
  readonly lines: Int32Array;
  /** Whether a reverse arc of the same value repeats nothing. */
  readonly givesBothArcs?: boolean;
}

/**
 * Drops loops and merges pairs that stand twice, in either order; notes how many.
 *
 * @throws InputError for a pair with two values unless they are to be summed, or, where the file is to be read strictly,
 * for any loop or repetition
 * Cost: O(n + m) time and memory.
 */
export function mergePairs(file: TextFile, vertexCount: number, pairs: Pairs): Pairs {
  const { sources, targets, lines } = pairs;
  const values = pairs.values.slice();
  const isKept = new Uint8Array(values.length).fill(1);
  const dropped = dropLoops(file, pairs, isKept);
  const next = chains(vertexCount, sources, targets);
  const firstOf = new Int32Array(vertexCount).fill(-1);
  const ownerOf = new Int32Array(vertexCount).fill(-1);
  let merged = 0;
  let mirrored = 0;
  let firstMerged = 0;
  for (let u = 0; u < vertexCount; u++) {
    for (let e = next.heads[u]; e >= 0; e = next.links[e]) {
      if (isKept[e] === 0) continue;
      const v = Math.max(sources[e], targets[e]);
      if (ownerOf[v] !== u) {
        ownerOf[v] = u;
        firstOf[v] = e;
        continue;
      }
      isKept[e] = 0;
      if (isMirror(pairs, firstOf[v], e)) {
        mirrored++;
        continue;
      }
      mergeInto(file, pairs, values, firstOf[v], e);
      merged++;
      firstMerged = firstMerged === 0 ? lines[e] : Math.min(firstMerged, lines[e]);
    }
  }
  const how = file.options.duplicates === 'sum' ? 'their weights summed' : 'counted once';
  const one = `1 repeated edge or reverse arc merged, ${how}`;
  file.count(merged, one, `repeated edges or reverse arcs merged, ${how}`, firstMerged);
  return dropped + merged + mirrored === 0 ? pairs : kept(pairs, values, isKept);
}

function dropLoops(file: TextFile, { sources, targets, lines }: Pairs, isKept: Uint8Array): number {
  let dropped = 0;
  let first = 0;
  for (let e = 0; e < sources.length; e++) {
    if (sources[e] !== targets[e]) continue;
    if (file.options.strict) {
      throw file.fault(lines[e], { expected: 'two different vertices, as --strict asks', got: 'a loop' });
    }
    isKept[e] = 0;
    if (dropped++ === 0) first = lines[e];
  }
  file.count(dropped, '1 loop dropped', 'loops dropped', first);
  return dropped;
}

/** Edges chained by smaller end, each chain in the order of the file. */
function chains(vertexCount: number, sources: Int32Array, targets: Int32Array) {
  const links = new Int32Array(sources.length);
  const heads = new Int32Array(vertexCount).fill(-1);
  for (let e = sources.length - 1; e >= 0; e--) {
    const small = Math.min(sources[e], targets[e]);
    links[e] = heads[small];
    heads[small] = e;
  }
  return { links, heads };
}

function isMirror({ sources, targets, values, givesBothArcs }: Pairs, first: number, again: number): boolean {
  return givesBothArcs === true && sources[first] === targets[again] && values[first] === values[again];
}

function mergeInto(file: TextFile, pairs: Pairs, values: Float64Array, first: number, again: number): void {
  const { lines } = pairs;
  const place = lines[first] > 0 ? ` of line ${lines[first]}` : '';
  if (file.options.strict) {
    const got = `the pair${place} again`;
    throw file.fault(lines[again], { expected: 'each pair once, as --strict asks', got });
  }
  if (file.options.duplicates === 'sum') {
    values[first] += values[again];
  } else if (values[first] !== values[again]) {
    throw file.fault(lines[again], {
      expected: `the weight ${values[first]}${place}, where the same pair stands`,
      got: `${values[again]}`,
      help: 'say --duplicates sum to add them',
    });
  }
}

function kept({ sources, targets, lines }: Pairs, values: Float64Array, isKept: Uint8Array): Pairs {
  const stays = (_: number, e: number) => isKept[e] === 1;
  return {
    sources: sources.filter(stays),
    targets: targets.filter(stays),
    values: values.filter(stays),
    lines: lines.filter(stays),
  };
}
