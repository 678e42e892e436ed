// What a ping along the path looks like at one hop: reference §16.2, one expectation per kind of packet and direction.
// Guest addresses stay the same on the whole way; only the wrapping differs from hop to hop.

import type { ExpectedEncapsulation, Expectation } from '../packet/expectation'
import { describeEncapsulation } from '../packet/headers'
import type { Encapsulation, Endpoint, Path, PathHop } from './path'

/** In the order in which they happen. Replies travel from the destination to the source. */
export const trafficKinds = ['arp-request', 'arp-reply', 'echo-request', 'echo-reply'] as const
export type TrafficKind = (typeof trafficKinds)[number]
export type HopExpectations = Readonly<Record<TrafficKind, Expectation>>

const BROADCAST = 'ff:ff:ff:ff:ff:ff'

export function expectationsOf(path: Pick<Path, 'source' | 'destination'>, hop: Pick<PathHop, 'encapsulation' | 'seenAs'>): HopExpectations {
  const { source, destination } = path
  const seen = hop.seenAs ?? hop.encapsulation
  const forth = { ...between(source, destination), encapsulation: wrapping(seen, 'forth') }
  const back = { ...between(destination, source), encapsulation: wrapping(seen, 'back') }
  return {
    // A refreshed entry is asked for by unicast, a new one by broadcast (RFC 1122 §2.3.2.1, Linux neighbour probes).
    // The sender's address is left open: a guest that has another one than its port is a finding, not silence.
    'arp-request': { ...forth, sourceIp: undefined, protocol: 'arp-request', destinationMac: [BROADCAST, destination.macAddress] },
    'arp-reply': { ...back, protocol: 'arp-reply' },
    'echo-request': { ...forth, protocol: 'icmp-echo-request' },
    'echo-reply': { ...back, protocol: 'icmp-echo-reply' },
  }
}

function between(from: Endpoint, to: Endpoint) {
  return {
    sourceMac: from.macAddress,
    destinationMac: to.macAddress,
    sourceIp: from.ipAddress ?? undefined,
    destinationIp: to.ipAddress ?? undefined,
  }
}

/** A local VLAN is never seen outside Open vSwitch; where one is expected nothing can be captured (reference §16.1). */
function wrapping(encapsulation: Encapsulation, direction: 'forth' | 'back'): ExpectedEncapsulation {
  if (encapsulation.kind === 'dot1q' || encapsulation.kind === 'guest-vlan') return { kind: 'dot1q', vlanId: encapsulation.vlanId }
  if (encapsulation.kind !== 'vxlan') return 'untagged'
  const { vni, source, destination } = encapsulation
  const [outerSource, outerDestination] = direction === 'forth' ? [source, destination] : [destination, source]
  return { kind: 'vxlan', vni, outerSource, outerDestination }
}

/** `VXLAN 100 192.168.150.11 → 192.168.150.12 │ 10.0.0.5 → 10.0.0.6 ICMP echo request, and its reply` */
export function describeExpectation(path: Pick<Path, 'source' | 'destination'>, hop: Pick<PathHop, 'encapsulation' | 'seenAs' | 'proof'>): string {
  if (hop.proof.method === 'flow-counter') return describeFlows(hop.proof.flowKeys)
  if (hop.proof.method === 'none') return hop.proof.reason
  const encapsulation = hop.seenAs ?? hop.encapsulation
  const wrapped = encapsulation.kind === 'vxlan' ? { ...encapsulation, outerSource: encapsulation.source, outerDestination: encapsulation.destination, outerVlanIds: [] } : null
  const words = wrapped ? describeEncapsulation(wrapped) : isTagged(encapsulation) ? describeEncapsulation({ kind: 'dot1q', vlanId: encapsulation.vlanId }) : 'untagged'
  const [from, to] = [path.source, path.destination].map(({ ipAddress, macAddress }) => ipAddress ?? macAddress)
  return `${words} │ ${from} → ${to} ICMP echo request, and its reply`
}

const isTagged = (encapsulation: Encapsulation) => encapsulation.kind === 'dot1q' || encapsulation.kind === 'guest-vlan'

function describeFlows(keys: readonly string[]): string {
  return keys.length === 0 ? 'No flow forwards these frames' : `Packets counted by ${keys.map(describeKey).join(' and ')}`
}

/** `br-tun/20/2/dl_dst=…` → `br-tun T20 p2 dl_dst=…` */
export function describeKey(key: string): string {
  const [bridge, table, priority, ...match] = key.split('/')
  return [bridge, `T${table}`, `p${priority}`, match.join('/')].filter((part) => part !== '').join(' ')
}
