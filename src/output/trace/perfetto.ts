/** Perfetto's own format: packets of TrackEvents, with times in ns. See docs/timeline.md. */
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { InternedTexts } from "./interned-texts.ts";
import * as field from "./perfetto-fields.ts";
import type { TraceAbout, TraceEncoder, TraceFormat } from "./trace-format.ts";
import {
  type Details,
  knownDetails,
  type SliceStart,
  type TraceRecord,
  type Track,
  type TrackGroup,
  trackGroups,
} from "./trace-record.ts";

export const perfetto: TraceFormat = { create: ({ about }) => new PerfettoEncoder(about) };

/** Of all packets of a file: they share interned texts. */
const SEQUENCE_ID = 1;

const uuidOfGroup = (group: TrackGroup): number => trackGroups.indexOf(group) + 1;
const uuidOf = ({ id }: Track): number => trackGroups.length + id;

interface EventParts {
  readonly type: number;
  readonly track: Track;
  readonly ns: number;
  readonly name?: string;
  /** Whether few names of its kind come again and again: layers, unlike jobs. */
  readonly nameRecurs?: boolean;
  readonly details?: Details;
  readonly value?: number;
  /** Of arrows that begin and end here. */
  readonly flowIds?: readonly number[];
  readonly endedFlowIds?: readonly number[];
}

class PerfettoEncoder implements TraceEncoder {
  readonly #about: TraceAbout;
  readonly #writer = new BinaryWriter();
  readonly #names = new InternedTexts();
  readonly #keys = new InternedTexts();
  readonly #strings = new InternedTexts();

  constructor(about: TraceAbout) {
    this.#about = about;
  }

  start(): Uint8Array {
    for (const [rank, group] of trackGroups.entries()) this.#writeGroup(group, rank);
    return this.#writer.finish();
  }

  write(record: TraceRecord): Uint8Array {
    this.#writeRecord(record);
    return this.#writer.finish();
  }

  end(): Uint8Array {
    return new Uint8Array();
  }

  #writeRecord(record: TraceRecord): void {
    const { sliceEnd, instant, counter } = field.eventType;
    switch (record.kind) {
      case "track":
        this.#writeTrack(record.track);
        break;
      case "begin":
        this.#writeBegin(record, { nameRecurs: false });
        break;
      case "slice":
        this.#writeBegin(record, { nameRecurs: record.track.group === "accelerators" });
        this.#writeEvent({ type: sliceEnd, track: record.track, ns: record.endNs });
        break;
      case "end":
        this.#writeEvent({ type: sliceEnd, ...record });
        break;
      case "instant":
        this.#writeEvent({ type: instant, ...record });
        break;
      case "counter":
        this.#writeEvent({ type: counter, ...record });
        break;
      default:
        record satisfies never;
    }
  }

  /** An arrow begins at an instant within its slice: the slice itself was written before anyone knew of the arrow. */
  #writeBegin({ track, name, ns, details, arrows = [] }: SliceStart, { nameRecurs }: { nameRecurs: boolean }): void {
    for (const { id, name: arrowName, from } of arrows)
      this.#writeEvent({ type: field.eventType.instant, ...from, name: arrowName, flowIds: [id] });
    const endedFlowIds = arrows.map(({ id }) => id);
    this.#writeEvent({ type: field.eventType.sliceBegin, track, name, nameRecurs, ns, details, endedFlowIds });
  }

  #writeGroup(group: TrackGroup, rank: number): void {
    const { rtmmVersion, scenario, system, scheduler, seed } = this.#about;
    const writer = this.#writer;
    this.#beginPacket(rank === 0 ? field.sequence.stateCleared : field.sequence.needsState);
    writer.tag(field.packet.trackDescriptor, WireType.LengthDelimited).fork();
    writer.tag(field.descriptor.uuid, WireType.Varint).uint32(uuidOfGroup(group));
    writer.tag(field.descriptor.name, WireType.LengthDelimited).string(group);
    writer.tag(field.descriptor.childOrdering, WireType.Varint).uint32(field.EXPLICIT_ORDER);
    writer.tag(field.descriptor.siblingOrderRank, WireType.Varint).int32(rank);
    const about = `rtmm ${rtmmVersion}: ${scenario} on ${system}, ${scheduler}, seed ${seed}`;
    writer.tag(field.descriptor.description, WireType.LengthDelimited).string(about);
    writer.join().join();
  }

  #writeTrack(track: Track): void {
    const writer = this.#writer;
    this.#beginPacket(field.sequence.needsState);
    writer.tag(field.packet.trackDescriptor, WireType.LengthDelimited).fork();
    writer.tag(field.descriptor.uuid, WireType.Varint).uint32(uuidOf(track));
    writer.tag(field.descriptor.parentUuid, WireType.Varint).uint32(uuidOfGroup(track.group));
    writer.tag(field.descriptor.name, WireType.LengthDelimited).string(track.name);
    writer.tag(field.descriptor.siblingOrderRank, WireType.Varint).int32(track.rank);
    if (track.group === "counters") {
      writer.tag(field.descriptor.counter, WireType.LengthDelimited).fork();
      if (track.unit !== undefined) writer.tag(field.counter.unitName, WireType.LengthDelimited).string(track.unit);
      writer.join();
    }
    writer.join().join();
  }

  #writeEvent(parts: EventParts): void {
    const { type, track, ns, value, flowIds = [], endedFlowIds = [] } = parts;
    const writer = this.#writer;
    this.#beginPacket(field.sequence.needsState);
    writer.tag(field.packet.timestamp, WireType.Varint).uint64(ns);
    writer.tag(field.packet.trackEvent, WireType.LengthDelimited).fork();
    writer.tag(field.event.type, WireType.Varint).uint32(type);
    writer.tag(field.event.trackUuid, WireType.Varint).uint32(uuidOf(track));
    this.#writeName(parts);
    for (const [key, detail] of knownDetails(parts.details ?? {})) this.#writeDetail(key, detail);
    if (value !== undefined) writer.tag(field.event.doubleCounterValue, WireType.Bit64).double(value);
    for (const id of flowIds) writer.tag(field.event.flowIds, WireType.Bit64).fixed64(id);
    for (const id of endedFlowIds) writer.tag(field.event.terminatingFlowIds, WireType.Bit64).fixed64(id);
    writer.join();
    this.#writeFreshTexts();
    writer.join();
  }

  #beginPacket(sequenceFlags: number): void {
    this.#writer.tag(field.trace.packet, WireType.LengthDelimited).fork();
    this.#writer.tag(field.packet.trustedPacketSequenceId, WireType.Varint).uint32(SEQUENCE_ID);
    this.#writer.tag(field.packet.sequenceFlags, WireType.Varint).uint32(sequenceFlags);
  }

  #writeName({ name, nameRecurs = false }: EventParts): void {
    if (name === undefined) return;
    const id = nameRecurs ? this.#names.idOf(name) : undefined;
    if (id === undefined) this.#writer.tag(field.event.name, WireType.LengthDelimited).string(name);
    else this.#writer.tag(field.event.nameIid, WireType.Varint).uint32(id);
  }

  #writeDetail(key: string, detail: string | number | boolean): void {
    const writer = this.#writer;
    writer.tag(field.event.debugAnnotations, WireType.LengthDelimited).fork();
    const keyId = this.#keys.idOf(key);
    if (keyId === undefined) writer.tag(field.annotation.name, WireType.LengthDelimited).string(key);
    else writer.tag(field.annotation.nameIid, WireType.Varint).uint32(keyId);
    if (typeof detail === "boolean") writer.tag(field.annotation.boolValue, WireType.Varint).bool(detail);
    else if (typeof detail === "string") this.#writeString(detail);
    else if (Number.isSafeInteger(detail)) writer.tag(field.annotation.intValue, WireType.Varint).int64(detail);
    else writer.tag(field.annotation.doubleValue, WireType.Bit64).double(detail);
    writer.join();
  }

  #writeString(text: string): void {
    const id = this.#strings.idOf(text);
    if (id === undefined) this.#writer.tag(field.annotation.stringValue, WireType.LengthDelimited).string(text);
    else this.#writer.tag(field.annotation.stringValueIid, WireType.Varint).uint32(id);
  }

  /** Texts must be in the packet that first names them. */
  #writeFreshTexts(): void {
    const fresh = [
      ...this.#names.takeFresh().map((text) => [field.interned.eventNames, text] as const),
      ...this.#keys.takeFresh().map((text) => [field.interned.debugAnnotationNames, text] as const),
      ...this.#strings.takeFresh().map((text) => [field.interned.debugAnnotationStringValues, text] as const),
    ];
    if (fresh.length === 0) return;
    const writer = this.#writer;
    writer.tag(field.packet.internedData, WireType.LengthDelimited).fork();
    for (const [number, { id, text }] of fresh) {
      writer.tag(number, WireType.LengthDelimited).fork();
      writer.tag(field.text.iid, WireType.Varint).uint32(id);
      writer.tag(field.text.value, WireType.LengthDelimited).string(text);
      writer.join();
    }
    writer.join();
  }
}
