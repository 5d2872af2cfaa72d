/** Equality of long lists. */
import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";

/** As `toEqual`, which is slow on thousands of records: here it is asked only for what differs. */
export function expectSame<Value>(found: Value, expected: Value): void {
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
}
