/** A letter for each task of a chart. */

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

export const MOST_LETTERS = LETTERS.length;

/** Hands out letters: the first one of the name that is free, else the first free one of all. At most `MOST_LETTERS` times. */
export function createLetters(): (name: string) => string {
  const free = new Set(LETTERS);
  return (name) => {
    const letter = [...name.toUpperCase(), ...LETTERS].find((each) => free.has(each))!;
    free.delete(letter);
    return letter;
  };
}
