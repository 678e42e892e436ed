// The packet as every part of this room passes it on: what a capture file or a live stream holds for one frame.
// The two codecs (pcap-reader.ts, pcapng-reader.ts, and their writers) turn bytes into these and back; nothing here looks inside the frame.
//
// Limits and link types: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcaplinktype, libpcap `pcap-int.h`.

import type { Coded } from '../finding'

export interface CapturedPacket {
  /**
   * Whole microseconds since the Unix epoch, by the clock of the host that captured. A number survives JSON, and
   * microseconds of this century stay exact in a double; nanosecond files lose their last three digits.
   */
  readonly timestampUs: number
  /** Length on the wire. Larger than `data.length` when the snapshot length cut the frame. */
  readonly originalLength: number
  readonly data: Uint8Array
}

/** Why a capture file or stream could not be read further. */
export interface CaptureErrorParams {
  'bad-magic': { format: CaptureFormat }
  /** pcapng where pcap was expected. */
  'wrong-format': {}
  'unsupported-version': { format: CaptureFormat; version: number; known: number }
  /** Longer than any capture allows, or than the block that holds it. */
  'record-too-long': { bytes: number; than: 'captures' | 'block' }
  'bad-block': { part: 'byte-order' | 'section' | 'interface' | 'packet' | 'simple-packet' } | { part: 'length'; bytes: number }
  'unknown-interface': { id: number }
  'unexpected-end': { inside: 'file-header' | 'packet' | 'block' } | { inside: 'body'; bytes: number; there: number }
}
type CaptureFormat = 'pcap' | 'pcapng'
export type CaptureFailure = Coded<CaptureErrorParams>
/** `offset` counts from the first byte. */
export type CaptureError = CaptureFailure & { readonly offset: number }

export const ETHERNET_LINK_TYPE = 1

/** libpcap's MAXIMUM_SNAPLEN: a longer record means that the reader lost its place, not that a packet is this long. */
export const MAX_CAPTURED_LENGTH = 262_144
