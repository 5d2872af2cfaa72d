/** Reads Perfetto's format: Trace, TracePacket, TrackEvent, TrackDescriptor and InternedData, field by field. */
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { type ReadEvent, type ReadTimeline, timelineOf } from "./read-back.ts";

type Value = number | bigint | Uint8Array;
/** Values of each field of a message, in order. */
type Message = ReadonlyMap<number, readonly { readonly wireType: WireType; readonly value: Value }[]>;

function messageIn(bytes: Uint8Array): Message {
  const reader = new BinaryReader(bytes);
  const fields = new Map<number, { wireType: WireType; value: Value }[]>();
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const value = valueIn(reader, wireType);
    fields.set(number, [...(fields.get(number) ?? []), { wireType, value }]);
  }
  return fields;
}

function valueIn(reader: BinaryReader, wireType: WireType): Value {
  if (wireType === WireType.Varint) return BigInt(reader.int64());
  if (wireType === WireType.Bit64) return BigInt(reader.fixed64());
  if (wireType === WireType.LengthDelimited) return reader.bytes();
  throw new Error(`wire type ${wireType} is not used`);
}

/** All values of a field, which must have that wire type. */
function all(message: Message, number: number, wireType: WireType): readonly Value[] {
  return (message.get(number) ?? []).map((each) => {
    if (each.wireType !== wireType) throw new Error(`field ${number} has wire type ${each.wireType}`);
    return each.value;
  });
}

const integer = (message: Message, number: number): number | undefined => {
  const [value] = all(message, number, WireType.Varint);
  return value === undefined ? undefined : Number(value);
};
const textIn = (message: Message, number: number): string | undefined => {
  const [value] = all(message, number, WireType.LengthDelimited);
  return value === undefined ? undefined : new TextDecoder().decode(value as Uint8Array);
};
const messages = (message: Message, number: number): readonly Message[] =>
  all(message, number, WireType.LengthDelimited).map((value) => messageIn(value as Uint8Array));
const fixed = (message: Message, number: number): readonly bigint[] =>
  all(message, number, WireType.Bit64) as readonly bigint[];
const double = (message: Message, number: number): number | undefined => {
  const [bits] = fixed(message, number);
  return bits === undefined ? undefined : new Float64Array(new BigUint64Array([bits]).buffer)[0];
};

/** Counters are named "counters: name (unit)", other tracks "group: track", as in readChrome. */
export function readPerfetto(bytes: Uint8Array): ReadTimeline {
  const tracks = new Map<number, string>();
  const parents = new Map<number, string>();
  const interned = { 2: new Map(), 3: new Map(), 29: new Map() } as Readonly<Record<2 | 3 | 29, Map<number, string>>>;
  const events: ReadEvent[] = [];
  let isFirst = true;
  for (const packet of messages(messageIn(bytes), 1)) {
    // The first packet clears the state, all others need it; they are of one sequence.
    if (integer(packet, 10) !== 1 || integer(packet, 13) !== (isFirst ? 1 : 2)) throw new Error("not in the sequence");
    isFirst = false;
    for (const data of messages(packet, 12))
      for (const kind of [2, 3, 29] as const)
        for (const entry of messages(data, kind)) interned[kind].set(integer(entry, 1)!, textIn(entry, 2)!);
    for (const descriptor of messages(packet, 60)) {
      const [uuid, parent, name] = [integer(descriptor, 1)!, integer(descriptor, 5), textIn(descriptor, 2)!];
      if (parent === undefined) parents.set(uuid, name);
      const unit = messages(descriptor, 8).map((counter) => textIn(counter, 6))[0];
      tracks.set(uuid, parent === undefined ? name : `${parents.get(parent)}: ${name}${unit ? ` (${unit})` : ""}`);
    }
    for (const event of messages(packet, 11)) {
      const track = tracks.get(integer(event, 11)!);
      if (track === undefined) throw new Error("a track is used before its descriptor");
      const name = textIn(event, 23) ?? interned[2].get(integer(event, 10) ?? 0);
      const details = detailsIn(event, interned);
      events.push(...eventsOf(event, { ns: integer(packet, 8)!, track, name: name ?? "", details }));
    }
  }
  return timelineOf(events);
}

function detailsIn(event: Message, interned: Readonly<Record<3 | 29, Map<number, string>>>): Record<string, unknown> {
  const entries = messages(event, 4).map((annotation) => {
    const key = textIn(annotation, 10) ?? interned[3].get(integer(annotation, 1)!);
    if (key === undefined) throw new Error("a detail has no name");
    const text = textIn(annotation, 6) ?? interned[29].get(integer(annotation, 17) ?? 0);
    return [key, text ?? double(annotation, 5) ?? integer(annotation, 4) ?? integer(annotation, 2) === 1];
  });
  return Object.fromEntries(entries);
}

/** Flows begin and end at slices and instants. */
function eventsOf(event: Message, base: Omit<ReadEvent, "kind">): readonly ReadEvent[] {
  const from = fixed(event, 47).map((arrow): ReadEvent => ({ ...base, kind: "arrowBegin", arrow }));
  const to = fixed(event, 48).map((arrow): ReadEvent => ({ ...base, kind: "arrowEnd", arrow }));
  switch (integer(event, 9)) {
    case 1:
      return [{ ...base, kind: "begin" }, ...to];
    case 2:
      return [{ ...base, kind: "end" }];
    case 3:
      return from.length > 0 ? from : [{ ...base, kind: "instant" }];
    case 4:
      return [{ ...base, kind: "counter", value: double(event, 44)! }];
    default:
      throw new Error(`event type ${integer(event, 9)}`);
  }
}
