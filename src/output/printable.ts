/** Text of a user's file as a terminal may show it. */

/** Control characters, which could move the cursor or recolour the screen, become question marks. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, "?");
}
