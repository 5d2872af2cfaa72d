/** A link that holds a state: JSON, compressed, in letters that a URL keeps. */
import { checkedState, firstState, type PlayState } from "./state.ts";

/** Longer ones do not survive chats and mails, and some programs refuse them. */
export const MOST_LINK = 60_000;
/** What a link may unpack to: a small link can hold very much of the same letter. */
const MOST_UNPACKED = 2_000_000;
/** Says how the rest is written, so that it can change. */
const FORM = "s1.";

export type Unpacked =
  | { readonly kind: "state"; readonly state: PlayState }
  | { readonly kind: "none" }
  | { readonly kind: "bad"; readonly message: string };

/** The fragment without `#`; undefined if the state is too large for a link. */
export async function packed(state: PlayState): Promise<string | undefined> {
  const json = JSON.stringify(differences(state));
  const text = FORM + lettersOf(await through(new TextEncoder().encode(json), new CompressionStream("deflate-raw")));
  return text.length > MOST_LINK ? undefined : text;
}

/** The state of a fragment, with or without `#`. What it says is not to be trusted. */
export async function unpacked(fragment: string): Promise<Unpacked> {
  const text = fragment.replace(/^#/, "");
  if (text === "") return { kind: "none" };
  if (!text.startsWith(FORM)) return bad("it is of another version, or not complete");
  if (text.length > MOST_LINK) return bad("it is too long");
  try {
    const bytes = bytesOf(text.slice(FORM.length));
    const json = new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw"), MOST_UNPACKED));
    const state = checkedState({ ...firstState, ...(JSON.parse(json) as object) });
    return state === undefined ? bad("it holds something else") : { kind: "state", state };
  } catch {
    return bad("it is damaged or too large");
  }
}

const bad = (why: string): Unpacked => ({ kind: "bad", message: `This link cannot be read: ${why}.` });

/** Without what every state begins with. */
function differences(state: PlayState): Partial<PlayState> {
  const entries = Object.entries(state).filter(([key, value]) => {
    return JSON.stringify(value) !== JSON.stringify(firstState[key as keyof PlayState]);
  });
  return Object.fromEntries(entries);
}

/** Throws if there are more than `most` bytes. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most = Infinity,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError("too large");
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const lettersOf = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

const bytesOf = (letters: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
