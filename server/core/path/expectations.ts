// What a ping along the path looks like at one hop (docs/reference/frames.md): one expectation per kind of packet and direction.
// Each is read off the frames of the hop itself, so that a frame which is rewritten on its way is expected as it is there.

import type { Coded } from '../finding'
import type { Expectation } from '../packet/expectation'
import { type Frame, UNHEARD_MAC } from '../walk/frame'
import { frameSeen, tunnelOf, UNKNOWN_IP } from './packets'
import type { PathHop } from './path'
import type { TrafficKind } from './traffic-kinds'
import type { ExpectedParams } from './verdict-params'

export type HopExpectations = Readonly<Record<TrafficKind, Expectation>>

const BROADCAST = 'ff:ff:ff:ff:ff:ff'

/**
 * `hop` is that of the way forth, `returning` the same place on the way back: requests are expected as the one has them, replies as the other.
 * null where that way does not come by: nothing is known of how its frames would look. `isRouted`: who asks by ARP asks for the router.
 */
export function expectationsOf(
  hop: HopFrames | null,
  returning: HopFrames | null,
  isRouted = false,
  { request, reply }: TtlOffsets = unknownTtls,
): HopExpectations {
  const [{ ttl: onRequests, ...forth }, { ttl: onReplies, ...back }] = [expectedOn(hop), expectedOn(returning)]
  const asked = isRouted ? { sourceIp: undefined, destinationIp: undefined } : {}
  const destinationMac = forth.destinationMac === undefined ? undefined : [BROADCAST, forth.destinationMac]
  return {
    // A refreshed entry is asked for by unicast, a new one by broadcast (RFC 1122, section 2.3.2.1, Linux neighbour probes).
    // The sender's address is left open: a guest that has another one than its port is a finding, not silence.
    'arp-request': { ...forth, sourceIp: undefined, ...asked, protocol: 'arp-request', destinationMac },
    'arp-reply': { ...back, ...asked, protocol: 'arp-reply' },
    'echo-request': { ...forth, protocol: 'icmp-echo-request', ttl: plus(onRequests, request) },
    'echo-reply': { ...back, protocol: 'icmp-echo-reply', ttl: plus(onReplies, reply) },
  }
}

/** By how much the TTL of whoever really sent differs from what the walk began with; null: not known, and then no TTL is expected. */
export interface TtlOffsets {
  readonly request: number | null
  readonly reply: number | null
}
const unknownTtls: TtlOffsets = { request: null, reply: null }
const plus = (ttl: number | undefined, offset: number | null): number | undefined =>
  ttl === undefined || offset === null ? undefined : ttl + offset

/** What the walk has at a hop. */
export const ttlAt = (hop: HopFrames): number | undefined => expected(frameSeen(hop)).ttl

const expectedOn = (hop: HopFrames | null): Partial<ExpectedFrame> & Pick<ExpectedFrame, 'encapsulation'> =>
  hop ? expected(frameSeen(hop)) : { encapsulation: 'any' }

type HopFrames = Pick<PathHop, 'in' | 'out' | 'captured'>
interface ExpectedFrame extends Pick<Expectation, 'encapsulation'> {
  readonly sourceMac?: string | undefined
  readonly destinationMac?: string | undefined
  readonly sourceIp?: string | undefined
  readonly destinationIp?: string | undefined
  readonly ttl?: number
}

/** What a capture must show of a frame; a local VLAN is never seen outside Open vSwitch, and no hop inside it is captured. */
function expected(frame: Frame): ExpectedFrame {
  const { payload, vlans } = frame
  const tunnel = tunnelOf(frame)
  if (tunnel) {
    const { vni, source: outerSource, destination: outerDestination } = tunnel
    return { ...expected(tunnel.frame), encapsulation: { kind: 'vxlan', vni, outerSource, outerDestination } }
  }
  const ip = payload.kind === 'ipv4' ? { sourceIp: known(payload.source), destinationIp: known(payload.destination), ttl: payload.ttl } : {}
  const tag = vlans[0]
  return {
    sourceMac: heard(frame.sourceMac),
    destinationMac: heard(frame.destinationMac),
    ...ip,
    encapsulation: tag ? { kind: 'dot1q', vlanId: tag.vlanId } : 'untagged',
  }
}

const heard = (mac: string): string | undefined => (mac === UNHEARD_MAC ? undefined : mac)
const known = (address: string): string | undefined => (address === UNKNOWN_IP ? undefined : address)

export function expectedAt(hop: HopFrames & Pick<PathHop, 'proof'>): Coded<ExpectedParams> {
  const { proof } = hop
  if (proof.method === 'none') return proof.reason
  if (proof.method === 'flow-counter') {
    const { flowKeys } = proof
    return flowKeys.length === 0 ? { code: 'nothing-forwards', params: {} } : { code: 'counted-by', params: { flowKeys } }
  }
  const { encapsulation, sourceIp, destinationIp, sourceMac, destinationMac } = expected(frameSeen(hop))
  return {
    code: 'header',
    params: { encapsulation, source: sourceIp ?? sourceMac ?? UNHEARD_MAC, destination: destinationIp ?? destinationMac ?? UNHEARD_MAC },
  }
}
