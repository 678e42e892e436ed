// The packets that are followed along a path: the echo request of a ping, and the ARP request before it; and what is around one
// in a tunnel.

import { arpRequest, BROADCAST_MAC, echoRequest, type Frame } from '../walk/frame'
import type { Endpoint, PathHop } from './path'

/** Stands for an address that nobody knows; what is expected of a frame then leaves it open. */
export const UNKNOWN_IP = '0.0.0.0'

type End = { readonly endpoint: Pick<Endpoint, 'macAddress' | 'ipAddress' | 'floatingIp'> }
const addressesOf = ({ endpoint: { macAddress, ipAddress } }: End) => ({ mac: macAddress, ip: ipAddress ?? UNKNOWN_IP })
/** To which packets for it are sent. */
export const reachedAt = ({ floatingIp, ipAddress }: End['endpoint']): string | null => floatingIp?.address ?? ipAddress
export const aimOf = ({ endpoint }: End): string => reachedAt(endpoint) ?? UNKNOWN_IP

export const unicastFrame = (from: End, to: End): Frame => echoRequest(addressesOf(from), { ...addressesOf(to), ip: aimOf(to) })
/** What answers the other end's request. */
export function answerFrame(from: End, to: End): Frame {
  const frame = unicastFrame(from, to)
  const { payload } = frame
  return payload.kind === 'ipv4' ? { ...frame, payload: { ...payload, transport: { kind: 'icmp', type: 0, code: 0 } } } : frame
}
export const broadcastFrame = (from: End): Frame => echoRequest(addressesOf(from), { mac: BROADCAST_MAC, ip: UNKNOWN_IP })
export const arpFrame = (from: End, to: End): Frame => arpRequest(addressesOf(from), addressesOf(to).ip)

/** What a capture at this hop shows of the leg. */
export const frameSeen = (hop: Pick<PathHop, 'in' | 'out' | 'captured'>): Frame => hop[hop.captured]

export interface Tunnel {
  readonly vni: number
  readonly source: string
  readonly destination: string
  readonly frame: Frame
}

/** The outside of a frame that is in a tunnel. */
export function tunnelOf({ payload }: Frame): Tunnel | null {
  const tunnelled = payload.kind === 'ipv4' && payload.transport.kind === 'udp' ? payload.transport.tunnelled : undefined
  return tunnelled && payload.kind === 'ipv4'
    ? { vni: tunnelled.vni, source: payload.source, destination: payload.destination, frame: tunnelled.frame }
    : null
}
