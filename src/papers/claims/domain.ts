import { InputError } from '../../numerics/base/inputError.ts';
import { type RandomStream, randomStream } from '../../numerics/random/stream.ts';
import type { Raw } from '../evidence/shape/comparison.ts';

export type { Raw };

/**
 * A description of the instances a claim speaks about, valid by construction.
 *
 * A domain is data: the judge draws a raw value from it and `realize` turns the raw value into the instance. Equal
 * raw values give equal instances, so a raw value is all that a replay needs.
 */
export interface Domain<T> {
  readonly draw: Draw;
  /** Turns a raw value into the instance. */
  readonly realize: (raw: Raw) => T;
}

/** How raw values are drawn and shrunk. */
export type Draw =
  | { readonly kind: 'integer'; readonly least: number; readonly most: number }
  | { readonly kind: 'choice'; readonly names: readonly string[] }
  | { readonly kind: 'seed' }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, Draw>> };

const largestSeed = 0x7fffffff;

/** Integers in [least, most], both included; shrinks towards `least`. */
export function integer(least: number, most: number): Domain<number> {
  return { draw: { kind: 'integer', least, most }, realize: (raw) => raw as number };
}

/** One of the named values; shrinks towards the first. */
export function choice<T>(values: Readonly<Record<string, T>>): Domain<T> {
  return {
    draw: { kind: 'choice', names: Object.keys(values) },
    realize: (raw) => values[raw as string] as T,
  };
}

/** One of the names themselves; shrinks towards the first. */
export function oneOf<N extends string>(...names: readonly N[]): Domain<N> {
  return { draw: { kind: 'choice', names }, realize: (raw) => raw as N };
}

/** Random streams. A seed is not shrunk: it has no smaller counterexample. */
export function streams(): Domain<RandomStream> {
  return { draw: { kind: 'seed' }, realize: (raw) => randomStream(`instance:${raw}`) };
}

/** A number that a stream draws by `pick`: for continuous quantities, which are not shrunk. */
export function drawn<T>(pick: (stream: RandomStream) => T): Domain<T> {
  return map(streams(), pick);
}

/** Numbers spread evenly over the logarithm of [least, most]. */
export function logUniform(least: number, most: number): Domain<number> {
  return drawn((stream) => least * (most / least) ** stream.uniform());
}

/** Records with independently drawn fields. */
export function record<T extends object>(fields: { readonly [K in keyof T]: Domain<T[K]> }): Domain<T> {
  const entries = Object.entries(fields) as [string, Domain<unknown>][];
  return {
    draw: {
      kind: 'record',
      fields: Object.fromEntries(entries.map(([name, domain]) => [name, domain.draw])),
    },
    realize: (raw) => {
      const values = raw as Readonly<Record<string, Raw>>;
      return Object.fromEntries(entries.map(([name, domain]) => [name, domain.realize(values[name])])) as T;
    },
  };
}

/** The instances of `source`, each turned into something else by a pure function. */
export function map<S, T>(source: Domain<S>, transform: (value: S) => T): Domain<T> {
  return { draw: source.draw, realize: (raw) => transform(source.realize(raw)) };
}

/**
 * Checks a raw value that came from outside (a replay) against how the domain draws.
 *
 * @throws InputError naming the place inside the value, what was expected and what came.
 */
export function checkRaw(draw: Draw, raw: unknown, source: string): Raw {
  const fail = (expected: string): never => {
    throw new InputError({ source, expected, got: JSON.stringify(raw) ?? 'nothing' });
  };
  switch (draw.kind) {
    case 'integer':
    case 'seed': {
      const [least, most] = draw.kind === 'seed' ? [0, largestSeed] : [draw.least, draw.most];
      if (typeof raw === 'number' && Number.isInteger(raw) && raw >= least && raw <= most) return raw;
      return fail(`an integer in [${least}, ${most}]`);
    }
    case 'choice':
      if (typeof raw === 'string' && draw.names.includes(raw)) return raw;
      return fail(`one of ${draw.names.join(', ')}`);
    case 'record': {
      if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return fail('an object');
      const values = new Map(Object.entries(raw));
      const extra = [...values.keys()].find((name) => !Object.hasOwn(draw.fields, name));
      if (extra !== undefined) return fail(`the fields ${Object.keys(draw.fields).join(', ')} and no others`);
      return Object.fromEntries(
        Object.entries(draw.fields).map(([name, field]) => [
          name,
          checkRaw(field, values.get(name), `${source}.${name}`),
        ]),
      );
    }
  }
}
