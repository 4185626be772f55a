import type { Catalogue, CatalogueEntry, ClaimKind } from './catalogue.ts';
import type { ClaimDefinition } from './claim.ts';

/** Binds one claim of the catalogue. */
export type Bind = <L extends object, D extends object>(
  id: string,
  definition: ClaimDefinition<L, D>,
) => void;

/** The words in which the specs of one paper are written. */
export interface Language {
  /** Groups the claims that follow in the test output. */
  readonly section: (title: string, body: () => void) => void;
  readonly definition: Bind;
  readonly lemma: Bind;
  readonly theorem: Bind;
  readonly corollary: Bind;
  readonly observation: Bind;
  readonly instrument: Bind;
}

/** What becomes of the sections and claims of the specs: tests, or entries of a register. */
export interface Binding {
  readonly section: Language['section'];
  readonly claim: <L extends object, D extends object>(
    entry: CatalogueEntry,
    definition: ClaimDefinition<L, D>,
  ) => void;
}

/**
 * Makes the words of one paper, each of which binds a claim of the catalogue.
 *
 * @throws RangeError, from the words, when a claim is not in the catalogue, is of another kind, is marked as unstated,
 * or has no sabotage.
 */
export function languageOf(catalogue: Catalogue, { section, claim }: Binding): Language {
  const entries = new Map(catalogue.entries.map((entry) => [entry.id, entry]));
  const bind =
    (kind: ClaimKind): Bind =>
    (id, definition) => {
      const entry = entries.get(id);
      if (entry === undefined) throw new RangeError(`${id}: expected an id of the catalogue`);
      if (entry.kind !== kind) throw new RangeError(`${id}: expected a ${entry.kind}, got a ${kind}`);
      if (entry.unstated !== undefined) throw new RangeError(`${id}: the catalogue calls it unstated`);
      if (Object.keys(definition.sabotage).length === 0)
        throw new RangeError(`${id}: expected a sabotage, got none`);
      claim(entry, definition);
    };
  return {
    section,
    definition: bind('definition'),
    lemma: bind('lemma'),
    theorem: bind('theorem'),
    corollary: bind('corollary'),
    observation: bind('observation'),
    instrument: bind('instrument'),
  };
}
