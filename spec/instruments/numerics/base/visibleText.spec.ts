import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../../../src/numerics/base/inputError.ts';
import { visibleJson, visibleText } from '../../../../src/numerics/base/visibleText.ts';

/** Code points that move a cursor, turn the direction of writing, or end a line for some reader. */
const nasty = fc.constantFrom(
  0x00,
  0x07,
  0x0a,
  0x0d,
  0x1b,
  0x7f,
  0x85,
  0x9b,
  0x200e,
  0x202e,
  0x2066,
  0x2028,
  0xfeff,
);
const texts = fc
  .array(fc.oneof(nasty, fc.integer({ min: 0, max: 0xffff }), fc.constant(0x1f600)), { maxLength: 40 })
  .map((points) => String.fromCodePoint(...points));
const raw = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

test('no text keeps a character that moves a cursor or turns the direction of writing', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(visibleText(text)).not.toMatch(raw);
      expect(new InputError({ source: text, expected: text, got: text }).message).not.toMatch(raw);
    }),
  );
});

test('what can be seen stays as it is', () => {
  const plain = 'a graph: ‖V‖ ≤ 2.7·10⁻²¹, naïve, 図, 😀 [0] \\u{0}';
  expect(visibleText(plain)).toBe(plain);
});

test('JSON without hidden characters reads back as the same value', () => {
  fc.assert(
    fc.property(fc.dictionary(texts, texts), (value) => {
      const json = visibleJson(JSON.stringify(value));
      expect(json).not.toMatch(raw);
      expect(JSON.parse(json)).toEqual(value);
    }),
  );
});
