/** Reads protobuf messages field by field. Contents that nobody asks for, such as weights, are never read. */
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import type { ByteSource } from "./byte-source.ts";

/** Bytes of the file from `start` up to `end`. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** A field of a message: its number, its content and, if it is a varint, its value. */
export interface Field extends Extent {
  readonly number: number;
  readonly wireType: WireType;
  readonly value: number;
}

/** The bytes are no such message. */
export class WireError extends Error {
  override readonly name = "WireError";
  /** Offset in the file. */
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** Two varints of at most ten bytes: tag and length, or tag and value. */
const LONGEST_HEADER = 20;
const WINDOW = 1 << 14;

export class WireReader {
  readonly #source: ByteSource;
  #window: Uint8Array = new Uint8Array();
  #windowStart = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get whole(): Extent {
    return { start: 0, end: this.#source.size };
  }

  *fields(message: Extent): Generator<Field> {
    for (let at = message.start; at < message.end; ) {
      const field = this.#fieldAt(at, message.end);
      yield field;
      at = field.end;
    }
  }

  text(field: Field): string {
    this.#expect(field, WireType.LengthDelimited, "text");
    return new TextDecoder().decode(this.bytes(field));
  }

  /** The extent of an embedded message. */
  message(field: Field): Extent {
    this.#expect(field, WireType.LengthDelimited, "a message");
    return field;
  }

  int(field: Field): number {
    this.#expect(field, WireType.Varint, "an integer");
    return field.value;
  }

  float(field: Field): number {
    this.#expect(field, WireType.Bit32, "a float");
    return new BinaryReader(this.bytes(field)).float();
  }

  /** Of a repeated field: packed, or one of its values. */
  ints(field: Field): number[] {
    if (field.wireType === WireType.Varint) return [field.value];
    return this.#packed(field, (reader) => Number(reader.int64()));
  }

  floats(field: Field): number[] {
    if (field.wireType === WireType.Bit32) return [this.float(field)];
    return this.#packed(field, (reader) => reader.float());
  }

  doubles(field: Field): number[] {
    if (field.wireType === WireType.Bit64) return [new BinaryReader(this.bytes(field)).double()];
    return this.#packed(field, (reader) => reader.double());
  }

  bytes({ start, end }: Extent): Uint8Array {
    const length = end - start;
    if (length > WINDOW) return this.#source.read(start, length);
    const isThere = start >= this.#windowStart && end <= this.#windowStart + this.#window.length;
    if (!isThere) {
      this.#window = this.#source.read(start, WINDOW);
      this.#windowStart = start;
    }
    const from = start - this.#windowStart;
    return this.#window.subarray(from, from + length);
  }

  #fieldAt(at: number, end: number): Field {
    const reader = new BinaryReader(this.bytes({ start: at, end: Math.min(end, at + LONGEST_HEADER) }));
    const [number, wireType] = readOr(at, () => reader.tag());
    const value = wireType === WireType.Varint ? readOr(at, () => Number(reader.int64())) : 0;
    const length = readOr(at, () => lengthOf(reader, wireType));
    const start = at + reader.pos;
    if (start + length <= end) return { number, wireType, value, start, end: start + length };
    throw new WireError(at, `field ${number} has ${length} bytes, but only ${end - start} follow`);
  }

  #packed(field: Field, read: (reader: BinaryReader) => number): number[] {
    this.#expect(field, WireType.LengthDelimited, "a list of numbers");
    const reader = new BinaryReader(this.bytes(field));
    const values: number[] = [];
    while (reader.pos < reader.len) values.push(readOr(field.start, () => read(reader)));
    return values;
  }

  #expect({ number, wireType, start }: Field, expected: WireType, what: string): void {
    if (wireType !== expected) throw new WireError(start, `field ${number} should be ${what}`);
  }
}

function lengthOf(reader: BinaryReader, wireType: WireType): number {
  switch (wireType) {
    case WireType.Varint:
      return 0;
    case WireType.Bit32:
      return 4;
    case WireType.Bit64:
      return 8;
    case WireType.LengthDelimited:
      return Number(reader.uint64());
    default:
      throw new Error("groups do not occur in ONNX");
  }
}

function readOr<T>(at: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new WireError(at, (error as Error).message);
  }
}
