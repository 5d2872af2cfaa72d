/** Whole numbers as bytes: seven bits a byte, the lowest first, so that small ones take one byte. */

export class NumberWriter {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  /** Any whole number below 2^52, negative ones too. */
  write(value: number): void {
    if (this.#length + 8 > this.#bytes.length) this.#grow();
    // The sign is the lowest bit.
    let left = value < 0 ? -2 * value - 1 : 2 * value;
    while (left >= 128) {
      this.#bytes[this.#length++] = (left % 128) + 128;
      left = Math.floor(left / 128);
    }
    this.#bytes[this.#length++] = left;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(): void {
    const longer = new Uint8Array(2 * this.#bytes.length);
    longer.set(this.#bytes);
    this.#bytes = longer;
  }
}

export class NumberReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(): number {
    let value = 0;
    let unit = 1;
    for (;;) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError("the data of the page are cut off");
      value += (byte % 128) * unit;
      if (byte < 128) break;
      unit *= 128;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
