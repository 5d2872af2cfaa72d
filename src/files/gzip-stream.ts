/** Compresses a file piece by piece in the thread of the simulation, where Node's streams would have to wait. */
import { constants, crc32, deflateRawSync } from "node:zlib";

/** Makes one gzip member (RFC 1952), which every reader takes. Memory is that of a piece. */
export class GzipStream {
  #crc = 0;
  #length = 0;
  #isStarted = false;

  /** The next bytes of the compressed file. */
  compress(piece: Uint8Array): Uint8Array {
    this.#crc = crc32(piece, this.#crc);
    this.#length += piece.length;
    // A flushed piece ends at a byte and is not the last block, so that pieces join to one stream.
    return Buffer.concat([this.#header(), deflateRawSync(piece, { finishFlush: constants.Z_SYNC_FLUSH })]);
  }

  /** Its last bytes: an empty last block, then checksum and length of what was compressed. */
  end(): Uint8Array {
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(this.#crc, 0);
    trailer.writeUInt32LE(this.#length % 2 ** 32, 4);
    return Buffer.concat([this.#header(), deflateRawSync(Buffer.alloc(0)), trailer]);
  }

  /** Once: deflate, no name, no time (same bytes for the same run), unknown system. */
  #header(): Uint8Array {
    if (this.#isStarted) return Buffer.alloc(0);
    this.#isStarted = true;
    return Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  }
}
