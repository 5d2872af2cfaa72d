/** Comments of MAESTRO's own files. */

/** Text in which blanks replace all comments, so that lines and columns stay: `//`, a `#` at the start of a word, and C's. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|\/\/[^\r\n]*|(?<=^|\s)#[^\r\n]*/gm, (comment) =>
    comment.replace(/[^\r\n]/g, " "),
  );
}
