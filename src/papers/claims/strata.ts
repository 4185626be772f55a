import { InputError } from '../../numerics/base/inputError.ts';
import type { Raw } from '../evidence/shape/comparison.ts';
import type { ClaimDefinition, Stratum } from './claim.ts';
import { checkRaw, type Domain, record } from './domain.ts';
import type { Profile } from './settings.ts';

/** The one stratum of a claim that names none. */
export const allInstances = 'all instances';

/** A stratum with everything that its instances are drawn from. */
export interface DrawnStratum<L, S> extends Pick<Stratum<L, S>, 'quota' | 'when'> {
  readonly name: string;
  readonly domain: Domain<L>;
}

/**
 * The strata of a claim, in order; at least one. Raw instances of named strata carry the name as `stratum`.
 *
 * @throws RangeError for a quota that is not a positive integer, or a claim that has a value called `stratum`.
 */
export function strataOf<L extends object, D extends object>(
  definition: ClaimDefinition<L, D>,
  profile: Profile,
): readonly DrawnStratum<L, L & D>[] {
  const domains = typeof definition.let === 'function' ? definition.let(profile) : definition.let;
  const { strata } = definition;
  if (strata === undefined) return [{ name: allInstances, quota: 1, domain: record<L>(domains) }];
  if (Object.hasOwn(domains, 'stratum')) throw new RangeError('let: expected no value called stratum');
  const named = typeof strata === 'function' ? strata(profile) : strata;
  return Object.entries(named).map(([name, { quota, let: own, when }]) => {
    if (!Number.isInteger(quota) || quota < 1)
      throw new RangeError(`${name}: expected a positive integer as quota, got ${quota}`);
    const { draw, realize } = record<L>({ ...domains, ...own });
    const fields = draw.kind === 'record' ? draw.fields : {};
    return {
      name,
      quota,
      domain: {
        draw: { kind: 'record', fields: { stratum: { kind: 'choice', names: [name] }, ...fields } },
        realize,
      },
      ...(when === undefined ? {} : { when }),
    };
  });
}

/** The stratum that a raw instance was drawn for; undefined where it names none of these. */
export function stratumOf<L, S>(
  strata: readonly DrawnStratum<L, S>[],
  raw: unknown,
): DrawnStratum<L, S> | undefined {
  const [first] = strata;
  if (strata.length === 1 && first?.name === allInstances) return first;
  const name = typeof raw === 'object' && raw !== null && 'stratum' in raw ? raw.stratum : undefined;
  return strata.find((stratum) => stratum.name === name);
}

/**
 * Checks a raw instance that came from outside against the strata of a claim.
 *
 * @throws InputError naming the place inside the value, what was expected and what came.
 */
export function checkInstance<L, S>(
  strata: readonly DrawnStratum<L, S>[],
  raw: unknown,
  source: string,
): Raw {
  const stratum = stratumOf(strata, raw);
  if (stratum !== undefined) return checkRaw(stratum.domain.draw, raw, source);
  throw new InputError({
    source: `${source}.stratum`,
    expected: `one of ${strata.map(({ name }) => name).join(', ')}`,
    got: JSON.stringify(raw) ?? 'nothing',
  });
}

/**
 * Divides instances among quotas by largest remainders, the first of equal ones first.
 *
 * Guarantee: the counts add up to `instances`, and each is at least 1 where there are enough; each differs from its
 * exact share by less than 1, but for what is taken from the largest to give the empty ones their 1.
 */
export function apportioned(instances: number, quotas: readonly number[]): readonly number[] {
  const total = quotas.reduce((sum, quota) => sum + quota, 0);
  const exact = quotas.map((quota) => (instances * quota) / total);
  const counts = exact.map(Math.floor);
  const byRemainder = exact
    .map((share, i) => ({ i, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder);
  let left = instances - counts.reduce((sum, each) => sum + each, 0);
  for (const { i } of byRemainder) if (left-- > 0) counts[i]++;
  if (instances < quotas.length) return counts;
  for (let empty = counts.indexOf(0); empty >= 0; empty = counts.indexOf(0)) {
    counts[counts.indexOf(Math.max(...counts))]--;
    counts[empty]++;
  }
  return counts;
}
