/** Data of a page as compressed text, with what browsers and Node have in common. */

/** Deflated, then in base64. */
export const packed = async (bytes: Uint8Array): Promise<string> =>
  base64Of(await through(bytes, new CompressionStream("deflate-raw")));

export const unpacked = (text: string): Promise<Uint8Array> =>
  through(bytesOf(text), new DecompressionStream("deflate-raw"));

export const packedJson = (value: unknown): Promise<string> => packed(new TextEncoder().encode(JSON.stringify(value)));

export const unpackedJson = async (text: string): Promise<unknown> =>
  JSON.parse(new TextDecoder().decode(await unpacked(text)));

type Transformer = CompressionStream | DecompressionStream;

async function through(bytes: Uint8Array, stream: Transformer): Promise<Uint8Array> {
  const source = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
  return new Uint8Array(await new Response(source.pipeThrough(stream as never)).arrayBuffer());
}

/** Calls take only so many arguments. */
const CHUNK = 0x8000;

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
