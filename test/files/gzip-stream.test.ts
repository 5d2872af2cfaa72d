/** A file that is compressed piece by piece is one gzip member with all the bytes. */
import { gunzipSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { GzipStream } from "../../src/files/gzip-stream.ts";

function compressed(pieces: readonly Uint8Array[]): Buffer {
  const stream = new GzipStream();
  return Buffer.concat([...pieces.map((piece) => stream.compress(piece)), stream.end()]);
}

test("whatever the pieces, unpacking gives them back", () => {
  const property = fc.property(fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 8 }), (pieces) => {
    expect(gunzipSync(compressed(pieces))).toEqual(Buffer.concat(pieces));
  });
  fc.assert(property);
});

test("there is one member: readers that stop after the first one see everything", () => {
  const pieces = [Buffer.alloc(70_000, "rtmm "), Buffer.from("the end")];
  const file = compressed(pieces);
  const body = file.subarray(10);
  const { buffer, engine } = inflateRawSync(body, { info: true }) as unknown as {
    readonly buffer: Buffer;
    readonly engine: { readonly bytesWritten: number };
  };
  expect(buffer).toEqual(Buffer.concat(pieces));
  // What follows is the trailer.
  expect(body.length - engine.bytesWritten).toBe(8);
  expect(file.length).toBeLessThan(1000);
});
