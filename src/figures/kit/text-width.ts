/** Widths of texts where no browser can measure them. */

/** Advance widths of U+0020 to U+007E in Inter Regular, the font of image files, in hundredths of the font size. */
const asciiWidths = [
  ...[28, 29, 47, 63, 64, 98, 64, 30, 36, 36, 50, 66, 29, 46, 29, 36, 63, 41, 61, 62, 65, 59, 62, 57, 62, 62, 29, 30],
  ...[66, 66, 66, 51, 97, 69, 65, 73, 72, 60, 59, 75, 74, 27, 57, 67, 57, 90, 75, 76, 64, 76, 64, 64, 65, 74, 69, 99],
  ...[68, 68, 63, 36, 36, 36, 47, 46, 32, 56, 61, 57, 61, 58, 37, 61, 59, 24, 24, 55, 24, 88, 59, 60, 61, 61, 38, 53],
  ...[33, 59, 56, 82, 55, 56, 55, 43, 33, 43, 66],
];
const FIRST = 0x20;
/** Of other alphabets: about the widest of their small letters. */
const LETTER = 65;
/** Of Hangul, kana, Han and what comes after them. */
const WIDE = 105;
const FIRST_WIDE = 0x1100;

/** In pixels. */
export function textWidth(text: string, fontSize: number): number {
  let hundredths = 0;
  for (const character of text) hundredths += widthOf(character.codePointAt(0)!);
  return (hundredths * fontSize) / 100;
}

const widthOf = (codePoint: number): number =>
  asciiWidths[codePoint - FIRST] ?? (codePoint >= FIRST_WIDE ? WIDE : LETTER);

/** The text, or as much of its start and end as has room. */
export function fitted(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept > 1; kept -= 1) {
    const start = characters.slice(0, Math.ceil(kept / 2)).join("");
    const end = characters.slice(characters.length - Math.floor(kept / 2)).join("");
    const shortened = `${start}…${end}`;
    if (textWidth(shortened, fontSize) <= width) return shortened;
  }
  return `${characters[0] ?? ""}…`;
}
