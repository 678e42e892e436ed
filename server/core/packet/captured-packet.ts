// The packet as every part of this room passes it on: what a capture file or a live stream holds for one frame.
// The two codecs (pcap.ts, pcapng.ts) turn bytes into these and back; nothing here looks inside the frame.
//
// Limits and link types: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcaplinktype, libpcap `pcap-int.h`.

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

export type CaptureErrorCode =
  | 'bad-magic'
  | 'wrong-format'
  | 'unsupported-version'
  | 'record-too-long'
  | 'bad-block'
  | 'unknown-interface'
  | 'unexpected-end'

/** Why a capture file or stream could not be read further; `offset` counts from its first byte. */
export interface CaptureError {
  readonly code: CaptureErrorCode
  readonly offset: number
  readonly message: string
}

export const ETHERNET_LINK_TYPE = 1

/** libpcap's MAXIMUM_SNAPLEN: a longer record means that the reader lost its place, not that a packet is this long. */
export const MAX_CAPTURED_LENGTH = 262_144
