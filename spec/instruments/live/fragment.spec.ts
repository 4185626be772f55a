import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Place, readPlace, writePlace } from '../../../live/fragment.ts';
import type { Raw } from '../../../src/papers/evidence/shape/comparison.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const { raw } = fc.letrec<{ raw: Raw }>((tie) => ({
  raw: fc.oneof(
    { maxDepth: 3 },
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    text,
    fc.array(tie('raw'), { maxLength: 3 }),
    fc.dictionary(
      text.filter((name) => name !== '__proto__'),
      tie('raw'),
      { maxKeys: 3, noNullPrototype: true },
    ),
  ),
}));
const own = ['claim', 'see', 'seed', 'sabotage', 'instance', '__proto__'];
const settings = fc.dictionary(
  text.filter((name) => !own.includes(name)),
  text,
  { maxKeys: 4, noNullPrototype: true },
);
const places: fc.Arbitrary<Place> = fc.record(
  { claim: text, see: text, seed: text, sabotage: text, instance: raw, settings },
  { requiredKeys: ['settings'], noNullPrototype: true },
);

test('a place is read back from its address as it was written', () => {
  fc.assert(
    fc.property(places, (place) => {
      expect(readPlace(writePlace(place))).toEqual(place);
    }),
  );
});

test('any text at all is an address of some place, and that place has an address', () => {
  const fragments = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.string({ maxLength: 40 }).map((rest) => `#claim=a&instance=${rest}`),
  );
  fc.assert(
    fc.property(fragments, (fragment) => {
      const place = readPlace(fragment);
      expect(readPlace(writePlace(place))).toEqual(place);
    }),
  );
});

test('an instance that no judge could take is left out', () => {
  for (const instance of ['null', '[null]', '{"a":true}', '{', '1e999', 'NaN', ''])
    expect(readPlace(`#instance=${encodeURIComponent(instance)}`)).not.toHaveProperty('instance');
});
