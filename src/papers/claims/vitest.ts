import { describe, expect, inject, type TestContext, test } from 'vitest';
import { InputError } from '../../numerics/base/inputError.ts';
import type { RandomStream } from '../../numerics/random/stream.ts';
import type { Exhibit } from '../evidence/shape/exhibit.ts';
import {
  type ClaimPart,
  type FinishedParts,
  type PartName,
  partKey,
  problemOf,
  readPart,
} from '../evidence/shape/part.ts';
import type { Catalogue, CatalogueEntry } from './catalogue.ts';
import type { ClaimDefinition } from './claim.ts';
import type { Raw } from './domain.ts';
import { falseAlarmShare } from './falseAlarms.ts';
import { claimStream, judgePart } from './judge/judgePart.ts';
import { type Language, languageOf } from './language.ts';
import { encodeNumbers } from './numbers.ts';
import type { Settings } from './settings.ts';
import { checkInstance, strataOf } from './strata.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What an interrupted run that is being continued has judged already. */
    finished?: FinishedParts;
  }
  interface TaskMeta {
    claimPart?: string;
    /** What ran the tensors, reported by the test that loads them. */
    tensorBackend?: string;
    /** How many damaged or hostile inputs a test gave to what it names, all of which ended as they have to. */
    badInputs?: Readonly<Record<string, number>>;
  }
}

/**
 * Makes the language of one paper: each word binds a claim of the catalogue to tests, one that judges the claim,
 * one for each sabotage, which passes when the same judge refutes it, and one for each null, which passes when the
 * null does not satisfy the claim on most instances. What the catalogue accepts is no failure.
 *
 * @throws RangeError when a claim is not in the catalogue, is of another kind, is marked as unstated, or has no
 * sabotage.
 */
export function language(catalogue: Catalogue): Language {
  const falseAlarmRate = falseAlarmShare(catalogue.entries.length);
  return languageOf(catalogue, {
    section: (title, body) => describe(title, body),
    claim: (entry, definition) => {
      const accepted = catalogue.accepted?.[entry.id]?.problems ?? [];
      bindClaim(entry, definition, { falseAlarmRate, accepted });
    },
  });
}

function bindClaim<L extends object, D extends object>(
  entry: CatalogueEntry,
  definition: ClaimDefinition<L, D>,
  { falseAlarmRate, accepted }: { readonly falseAlarmRate: number; readonly accepted: readonly string[] },
): void {
  const settings = inject('claims');
  const { id } = entry;
  const selected = settings.claim === undefined || settings.claim === id;
  const replay = selected ? replayOf(settings, definition) : undefined;
  if (selected) checkRuns(id, settings, definition.sampledFailureRate ?? 0, falseAlarmRate);
  const judging = new Judging(entry, definition, { settings, falseAlarmRate, replay });
  // Verdicts of other profiles or numbers of instances need not be those that were accepted.
  const isExact = settings.profile === 'quick' && settings.runs === undefined && replay === undefined;
  const check = async (context: TestContext, name: Omit<PartName, 'id'>): Promise<void> => {
    const part = await judging.run(context, name);
    const problem = problemOf(part);
    if (problem !== undefined && accepted.includes(problem)) return;
    expect(problem, part.judgement.reason).toBeUndefined();
    if (!isExact) return;
    const words = possibleProblems(name);
    expect(
      accepted.filter((each) => words.includes(each)),
      'accepted, though it is in order',
    ).toEqual([]);
  };
  describe(`${entry.label}, ${entry.title} (${id})`, () => {
    const replaysClaim = selected && settings.sabotage === undefined;
    test.skipIf(!replaysClaim)('holds', { timeout: 0 }, (context) => check(context, {}));
    for (const sabotage of Object.keys(definition.sabotage)) {
      const replaysThis = replay === undefined ? selected : settings.sabotage === sabotage;
      const title = `is refuted when sabotaged: ${sabotage}`;
      test.skipIf(!replaysThis)(title, { timeout: 0 }, (context) => check(context, { sabotage }));
    }
    for (const nullMethod of Object.keys(definition.nulls ?? {})) {
      const title = `is more than this method achieves: ${nullMethod}`;
      const skipped = !selected || replay !== undefined;
      test.skipIf(skipped)(title, { timeout: 0 }, (context) => check(context, { nullMethod }));
    }
  });
}

/** Everything that can be wrong with one part, as `problemOf` says it. */
function possibleProblems({ sabotage, nullMethod }: Omit<PartName, 'id'>): readonly string[] {
  if (sabotage !== undefined) return [`sabotage not refuted: ${sabotage}`];
  if (nullMethod !== undefined) return [`passed by: ${nullMethod}`, `null not judged: ${nullMethod}`];
  return ['refuted', 'vacuous', 'inconclusive'];
}

/** Judges the parts of one claim, and tells the reporter. */
class Judging<L extends object, D extends object> {
  readonly #entry: CatalogueEntry;
  readonly #definition: ClaimDefinition<L, D>;
  readonly #given: { settings: Settings; falseAlarmRate: number; replay: Raw | undefined };
  readonly #root: RandomStream;

  constructor(
    entry: CatalogueEntry,
    definition: ClaimDefinition<L, D>,
    given: { settings: Settings; falseAlarmRate: number; replay: Raw | undefined },
  ) {
    this.#entry = entry;
    this.#definition = definition;
    this.#given = given;
    this.#root = claimStream(given.settings.seed, entry.id);
  }

  async run(context: TestContext, name: Omit<PartName, 'id'>): Promise<ClaimPart> {
    const { id } = this.#entry;
    const kept = inject('finished')?.[partKey({ id, ...name })];
    if (kept !== undefined) {
      context.task.meta.claimPart = kept;
      return readPart(kept);
    }
    const started = performance.now();
    const { settings, falseAlarmRate, replay } = this.#given;
    const definition = this.#definition;
    const judged = await judgePart({ id, definition, settings, falseAlarmRate, only: replay }, name);
    const part: ClaimPart = {
      id,
      sabotages: Object.keys(this.#definition.sabotage),
      nulls: Object.keys(this.#definition.nulls ?? {}),
      ...judged,
      exhibit: await this.#exhibit(name),
      milliseconds: performance.now() - started,
      file: context.task.file.name,
    };
    context.task.meta.claimPart = encodeNumbers(part);
    return part;
  }

  async #exhibit({ sabotage, nullMethod }: Omit<PartName, 'id'>): Promise<Exhibit> {
    const { settings, replay } = this.#given;
    const isClaim = sabotage === undefined && nullMethod === undefined;
    const isShown = isClaim && replay === undefined && settings.withoutExhibits !== true;
    const wanted = isShown ? this.#definition.exhibit : undefined;
    const exhibit = await wanted?.(this.#root.fork('exhibit'), settings.profile);
    return exhibit ?? { observations: [], charts: [] };
  }
}

/**
 * Refuses more instances than a claim's share of the false-alarm budget allows, where its tolerance is sampled.
 *
 * @throws InputError naming the claim, the limit and what came
 */
function checkRuns(id: string, { runs }: Settings, sampledFailureRate: number, falseAlarmRate: number): void {
  const most = Math.floor(falseAlarmRate / sampledFailureRate);
  if (runs === undefined || runs <= most) return;
  const expected = `at most ${most} for ${id}, by its share of the false-alarm budget`;
  throw new InputError({ source: '--runs', expected, got: String(runs) });
}

/** The one instance that the settings ask for, checked against the claim's domain. */
function replayOf<L extends object, D extends object>(
  { profile, replay }: Settings,
  definition: ClaimDefinition<L, D>,
): Raw | undefined {
  if (replay === undefined) return undefined;
  return checkInstance(strataOf(definition, profile), JSON.parse(replay), '--replay');
}
