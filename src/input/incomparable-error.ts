/** A baseline is missing or cannot be compared; nothing was compared. */
export class IncomparableError extends Error {
  override readonly name = "IncomparableError";
}
