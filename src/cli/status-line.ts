/** A line at the end of what a terminal shows, which other output pushes aside. */
import type { OutputStream, Streams } from "./streams.ts";

export interface StatusLine {
  /** Columns that it may fill. */
  readonly columns: number;
  /** Replaces what it shows. No escape codes but those of colours, no line end. */
  show(text: string): void;
  clear(): void;
}

const USUAL_COLUMNS = 80;
const ERASE = "\r\u001b[K";

/** undefined: the stream is no terminal, or one that cannot erase a line. */
export function statusLineOn(stream: OutputStream, { TERM }: Streams["env"]): StatusLine | undefined {
  if (stream.isTTY !== true || TERM === "dumb") return undefined;
  let isShown = false;
  return {
    get columns() {
      // 0: a terminal that does not know its size. The last column stays free: some terminals wrap when it is filled.
      const { columns = 0 } = stream;
      return (columns === 0 ? USUAL_COLUMNS : columns) - 1;
    },
    show(text) {
      isShown = true;
      // The cursor waits at the start of the line, so that what others write there does not follow it.
      stream.write(`${ERASE}${text}\r`);
    },
    clear() {
      if (isShown) stream.write(ERASE);
      isShown = false;
    },
  };
}

/** The same stream; what is written to it first clears the line. */
export function aside(stream: OutputStream, line: StatusLine | undefined): OutputStream {
  if (line === undefined) return stream;
  return {
    write(text) {
      line.clear();
      return stream.write(text);
    },
    get isTTY() {
      return stream.isTTY ?? false;
    },
    get columns() {
      return stream.columns as number;
    },
  };
}
