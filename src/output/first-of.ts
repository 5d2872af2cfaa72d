/** Lists that may be long. */

export const MOST_NAMED = 20;

/** The first few, and how many more there are. */
export const firstOf = (names: readonly string[], most = MOST_NAMED): string =>
  names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
