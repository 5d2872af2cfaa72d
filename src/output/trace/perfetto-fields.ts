/** Numbers of the fields that we write, as in Perfetto's trace_packet.proto, track_event.proto, track_descriptor.proto and interned_data.proto. */

export const trace = { packet: 1 } as const;

export const packet = {
  timestamp: 8,
  trustedPacketSequenceId: 10,
  trackEvent: 11,
  internedData: 12,
  sequenceFlags: 13,
  trackDescriptor: 60,
} as const;

/** Values of `sequenceFlags`. */
export const sequence = { stateCleared: 1, needsState: 2 } as const;

export const descriptor = {
  uuid: 1,
  name: 2,
  parentUuid: 5,
  counter: 8,
  childOrdering: 11,
  siblingOrderRank: 12,
  description: 14,
} as const;

/** Value of `childOrdering`: by `siblingOrderRank`. */
export const EXPLICIT_ORDER = 3;

export const counter = { unitName: 6 } as const;

export const event = {
  debugAnnotations: 4,
  type: 9,
  nameIid: 10,
  trackUuid: 11,
  name: 23,
  doubleCounterValue: 44,
  flowIds: 47,
  terminatingFlowIds: 48,
} as const;

/** Values of `type`. */
export const eventType = { sliceBegin: 1, sliceEnd: 2, instant: 3, counter: 4 } as const;

export const annotation = {
  nameIid: 1,
  boolValue: 2,
  intValue: 4,
  doubleValue: 5,
  stringValue: 6,
  name: 10,
  stringValueIid: 17,
} as const;

export const interned = { eventNames: 2, debugAnnotationNames: 3, debugAnnotationStringValues: 29 } as const;

/** Of each interned text. */
export const text = { iid: 1, value: 2 } as const;
