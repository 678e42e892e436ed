// Reads the recorded captures of a real Neutron cloud that lie in `fixtures/`, and wraps hand-made frames as packets.
// h1 and h2 are two hosts with one VM each (10.0.1.11 and 10.0.1.12) on one VXLAN network, VNI 1507 (0x5e3).

import { readFileSync } from 'node:fs'
import { explainCaptureError } from '../../explain/capture-error'
import type { CapturedPacket } from '../captured-packet'
import { decodePcap } from '../pcap-reader'

export const captureNames = [
  'h1/tapf4513237-f5',
  'h1/qvbf4513237-f5',
  'h1/qvof4513237-f5',
  'h1/mirror-all-br-int',
  'h1/mirror-all-br-tun',
  'h1/eth1-underlay',
  'h2/eth1-underlay',
  'h2/qvo7668b6f4-2d',
  'h2/qvb7668b6f4-2d',
  'h2/tap7668b6f4-2d',
] as const

export type CaptureName = (typeof captureNames)[number]

export function captureBytes(name: CaptureName): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../fixtures/${name}.pcap`, import.meta.url)))
}

export function capture(name: CaptureName): readonly CapturedPacket[] {
  const result = decodePcap(captureBytes(name))
  if (!result.ok) throw new Error(`${name}: ${explainCaptureError(result.error)}`)
  return result.packets
}

export function packet(data: Uint8Array, timestampUs = 0, originalLength = data.length): CapturedPacket {
  return { timestampUs, originalLength, data }
}

/** What tcpdump keeps of a frame with this snapshot length. */
export function cutTo(length: number, data: Uint8Array, timestampUs = 0): CapturedPacket {
  return packet(data.slice(0, length), timestampUs, data.length)
}
