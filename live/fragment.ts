import type { Raw } from '../src/papers/evidence/shape/comparison.ts';

/** The seed of a reader who names none. */
export const defaultSeedText = '7';

/** What a page shows, as its address says it. */
export interface Place {
  /** A claim to refute, or a mechanism to see. */
  readonly claim?: string | undefined;
  readonly see?: string | undefined;
  readonly seed?: string | undefined;
  readonly sabotage?: string | undefined;
  /** One instance of the claim, to be judged alone. */
  readonly instance?: Raw | undefined;
  /** Settings of a mechanism, by their names. */
  readonly settings: Readonly<Record<string, string>>;
}

const own = ['claim', 'see', 'seed', 'sabotage', 'instance'];

/**
 * Reads the fragment of an address; what is not understood is left out.
 *
 * Guarantee: `readPlace(writePlace(place))` is `place`.
 */
export function readPlace(fragment: string): Place {
  const given = new URLSearchParams(fragment.replace(/^#/, ''));
  const text = (name: string): object => {
    const value = given.get(name);
    return value === null ? {} : { [name]: value };
  };
  const instance = rawOf(given.get('instance'));
  return {
    ...text('claim'),
    ...text('see'),
    ...text('seed'),
    ...text('sabotage'),
    ...(instance === undefined ? {} : { instance }),
    settings: Object.fromEntries([...given].filter(([name]) => !own.includes(name))),
  };
}

/** Writes a place as the fragment of an address, with its `#`. */
export function writePlace({ claim, see, seed, sabotage, instance, settings }: Place): string {
  const words = new URLSearchParams();
  const put = (name: string, value: string | undefined): void => {
    if (value !== undefined) words.set(name, value);
  };
  put('claim', claim);
  put('see', see);
  put('seed', seed);
  put('sabotage', sabotage);
  put('instance', instance === undefined ? undefined : JSON.stringify(instance));
  for (const [name, value] of Object.entries(settings)) if (!own.includes(name)) words.set(name, value);
  return `#${words}`;
}

function rawOf(text: string | null): Raw | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRaw(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is made of finite numbers, texts, lists and objects alone; the judge checks the rest. */
function isRaw(value: unknown): value is Raw {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string') return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every(isRaw);
}
