// Classic pcap, writing: packets into a file or a stream that tcpdump and Wireshark open (`curl … | wireshark -k -i -`).
// Header and records are separate, so that a live capture can be relayed packet by packet.
//
// Rules: draft-ietf-opsawg-pcap. Always little-endian with microseconds: what every reader takes.

import { type CapturedPacket, ETHERNET_LINK_TYPE, MAX_CAPTURED_LENGTH } from './captured-packet'
import { concatBytes } from './bytes'

const FILE_HEADER_LENGTH = 24
const RECORD_HEADER_LENGTH = 16
const MICROSECOND_MAGIC = 0xa1b2c3d4

export function encodePcap(packets: readonly CapturedPacket[], snapLength?: number): Uint8Array {
  return concatBytes([encodePcapHeader(snapLength), ...packets.map(encodePcapRecord)])
}

export function encodePcapHeader(snapLength = MAX_CAPTURED_LENGTH, linkType = ETHERNET_LINK_TYPE): Uint8Array {
  const view = new DataView(new ArrayBuffer(FILE_HEADER_LENGTH))
  view.setUint32(0, MICROSECOND_MAGIC, true)
  view.setUint16(4, 2, true)
  view.setUint16(6, 4, true)
  view.setUint32(16, snapLength, true)
  view.setUint32(20, linkType, true)
  return new Uint8Array(view.buffer)
}

export function encodePcapRecord(packet: CapturedPacket): Uint8Array {
  const record = new Uint8Array(RECORD_HEADER_LENGTH + packet.data.length)
  const view = new DataView(record.buffer)
  view.setUint32(0, Math.floor(packet.timestampUs / 1_000_000), true)
  view.setUint32(4, packet.timestampUs % 1_000_000, true)
  view.setUint32(8, packet.data.length, true)
  view.setUint32(12, packet.originalLength, true)
  record.set(packet.data, RECORD_HEADER_LENGTH)
  return record
}
