/** What kind of sentence a claim is in its paper; `instrument` is a statement about our own measuring tools. */
export type ClaimKind = 'definition' | 'lemma' | 'theorem' | 'corollary' | 'observation' | 'instrument';

/** What a claim presupposes, and where it is shown that the claim needs it. */
export interface Hypothesis {
  readonly words: string;
  /** The sabotage that drops it, and the id of the claim whose sabotage that is. */
  readonly shownBy: { readonly id: string; readonly sabotage: string } | null;
}

/** One sentence of a paper, under a stable id that is a concept and not a number. */
export interface CatalogueEntry {
  /** `lemma.stein-identity`: lower-case words joined by `-`, grouped by `.`. */
  readonly id: string;
  readonly kind: ClaimKind;
  /** The paper's own name for it: `Lemma 3.1`. */
  readonly label: string;
  readonly title: string;
  readonly statement: { readonly words: string; readonly tex: string };
  readonly hypotheses: readonly Hypothesis[];
  /** Ids of the claims this one rests on; each must be green for this one to be. */
  readonly uses: readonly string[];
  /** Set where the claim has no test: why not. */
  readonly unstated?: string;
}

/** Why a claim is accepted as it is although it is not green, or weak. */
export interface Accepted {
  /** What is wrong with it: `inconclusive`, `sabotage not refuted: …`, `passed by: …`. */
  readonly problems: readonly string[];
  readonly reason: string;
}

/** All claims of one paper, in the order in which they are reported. */
export interface Catalogue {
  readonly paper: {
    readonly title: string;
    readonly authors: readonly string[];
    /** Identifier with version, for instance `arXiv:2510.19382v2`. */
    readonly version: string;
    readonly url: string;
  };
  readonly entries: readonly CatalogueEntry[];
  /** Claims, by their ids, that need not be green. */
  readonly accepted?: Readonly<Record<string, Accepted>>;
}

/**
 * Finds what is wrong with a catalogue: repeated or ill-formed ids, unknown parents, cycles.
 *
 * @returns one sentence per problem; empty when the catalogue is in order.
 */
export function catalogueProblems({ entries }: Catalogue): string[] {
  const problems: string[] = [];
  const byId = new Map<string, CatalogueEntry>();
  for (const entry of entries) {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(entry.id))
      problems.push(`${entry.id}: ill-formed id`);
    if (byId.has(entry.id)) problems.push(`${entry.id}: listed twice`);
    byId.set(entry.id, entry);
  }
  for (const entry of entries) {
    for (const parent of entry.uses)
      if (!byId.has(parent)) problems.push(`${entry.id}: uses unknown ${parent}`);
    if (ancestors(entry.id, byId).has(entry.id)) problems.push(`${entry.id}: rests on itself`);
  }
  return problems;
}

/** Ids of everything that `id` rests on, directly or not. Contains `id` itself only where there is a cycle. */
export function ancestors(id: string, byId: ReadonlyMap<string, Pick<CatalogueEntry, 'uses'>>): Set<string> {
  const found = new Set<string>();
  const open = [...(byId.get(id)?.uses ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(byId.get(next)?.uses ?? []));
  }
  return found;
}
