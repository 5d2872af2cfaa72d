/** A list of names for a message. */

/** The first names, and the number of the others. */
export const firstNames = (names: readonly string[], most = 5): string =>
  names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
