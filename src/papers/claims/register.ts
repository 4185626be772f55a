import type { Catalogue, CatalogueEntry } from './catalogue.ts';
import type { ClaimDefinition } from './claim.ts';
import type { Raw } from './domain.ts';
import { falseAlarmShare } from './falseAlarms.ts';
import { type JudgedAs, type JudgedPart, judgePart } from './judge/judgePart.ts';
import type { Observe } from './judge/request.ts';
import { type Language, languageOf } from './language.ts';
import type { Settings } from './settings.ts';
import { checkInstance, strataOf } from './strata.ts';

/** A claim as data that can be judged where there is no test runner: on a page, or in a program. */
export interface RegisteredClaim {
  readonly entry: CatalogueEntry;
  readonly sabotages: readonly { readonly name: string; readonly drops: string; readonly breaks: string }[];
  readonly nulls: readonly string[];
  readonly instances: ClaimDefinition<object, object>['instances'];
  /**
   * Judges the claim, a sabotage or a null as `judgePart` does.
   *
   * @param replay an instance to judge alone
   * @throws InputError for a replay that is no instance of the claim.
   */
  readonly judge: (request: RegisteredRequest, part: JudgedPart) => Promise<JudgedAs>;
}

/** What is asked of a registered claim. */
export interface RegisteredRequest {
  readonly settings: Pick<Settings, 'profile' | 'seed' | 'runs' | 'shrinks'>;
  readonly replay?: Raw | undefined;
  readonly observe?: Observe | undefined;
}

const claims = new Map<string, RegisteredClaim>();

/** The claims of all specs that were loaded with the words of {@link language}, in order. */
export function registeredClaims(): ReadonlyMap<string, RegisteredClaim> {
  return claims;
}

/**
 * Makes the language of one paper, whose words register claims in place of testing them.
 *
 * It has the name and the form of the language that makes tests, so that a bundler can put it in its place under the
 * same specs.
 */
export function language(catalogue: Catalogue): Language {
  const falseAlarmRate = falseAlarmShare(catalogue.entries.length);
  return languageOf(catalogue, {
    section: (_title, body) => body(),
    claim: (entry, definition) => claims.set(entry.id, registered(entry, definition, falseAlarmRate)),
  });
}

function registered<L extends object, D extends object>(
  entry: CatalogueEntry,
  definition: ClaimDefinition<L, D>,
  falseAlarmRate: number,
): RegisteredClaim {
  return {
    entry,
    sabotages: Object.entries(definition.sabotage).map(([name, { drops = '', breaks = '' }]) => ({
      name,
      drops,
      breaks,
    })),
    nulls: Object.keys(definition.nulls ?? {}),
    instances: definition.instances,
    judge: async ({ settings, replay, observe }, part) => {
      const only =
        replay === undefined
          ? undefined
          : checkInstance(strataOf(definition, settings.profile), replay, 'the instance');
      return judgePart({ id: entry.id, definition, settings, falseAlarmRate, only, observe }, part);
    },
  };
}
