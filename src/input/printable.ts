/** Text of a user's file that is safe to show in a terminal or a comment. */

/** Replaces control characters, which could move the cursor, recolour the screen or reverse the text. */
export function printable(text: string, instead = "?"): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, instead);
}
