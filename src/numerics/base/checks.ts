/**
 * Argument checks for exported functions: one call at the door, none in kernels.
 *
 * @throws TypeError for the wrong kind of value, RangeError for the wrong value; the message names the
 * argument, what was expected and what came.
 */
export function checkInteger(
  name: string,
  value: number,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): void {
  if (typeof value !== 'number') throw new TypeError(`${name}: expected an integer, got ${typeof value}`);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${name}: expected an integer in [${least}, ${most}], got ${value}`);
  }
}

/** Checks that `value` is a finite number strictly above `above`. */
export function checkAbove(name: string, value: number, above: number): void {
  if (typeof value !== 'number') throw new TypeError(`${name}: expected a number, got ${typeof value}`);
  if (!Number.isFinite(value) || value <= above) {
    throw new RangeError(`${name}: expected a finite number above ${above}, got ${value}`);
  }
}

/** Checks that `value` is a finite number in the closed interval [least, most]. */
export function checkWithin(name: string, value: number, least: number, most: number): void {
  if (typeof value !== 'number') throw new TypeError(`${name}: expected a number, got ${typeof value}`);
  if (!Number.isFinite(value) || value < least || value > most) {
    throw new RangeError(`${name}: expected a number in [${least}, ${most}], got ${value}`);
  }
}

/** Checks that an array-like has exactly `length` entries. */
export function checkLength(name: string, array: ArrayLike<unknown>, length: number): void {
  if (array.length !== length) {
    throw new RangeError(`${name}: expected ${length} entries, got ${array.length}`);
  }
}
