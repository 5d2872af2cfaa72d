/** Where the bytes of a file come from: it may be larger than memory, and most of it is never read. */

export interface ByteSource {
  readonly size: number;
  /** At most `length` bytes from `start` on: fewer only if the source ends. The caller does not keep them. */
  read(start: number, length: number): Uint8Array;
}

/** A source over bytes in memory. */
export const bytesInMemory = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (start, length) => bytes.subarray(start, start + length),
});
