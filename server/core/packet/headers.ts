// The header of one packet as verification compares it: how it was wrapped at this point, and what the guests' frame
// says once tags and tunnels are taken off. Computed from a captured packet; explain/packet.ts puts it in words.
//
// Where wrappers nest (QinQ, OpenStack inside OpenStack) the outermost one is `encapsulation`, since that is what the
// hop under test adds or removes; what is left inside is listed, so that a tag which should be gone does not go unseen.

import type { CapturedPacket } from './captured-packet'
import { type DissectedLayers, type Frame, framesOf, payloadType, vlanIdsOf } from './dissection'
import { dissectLayers } from './dissect'

export type SeenEncapsulation =
  | 'untagged'
  | { readonly kind: 'dot1q'; readonly vlanId: number }
  | {
      readonly kind: 'vxlan'
      readonly vni: number
      readonly outerSource: string
      readonly outerDestination: string
      /** Tags of the underlay, as a rule none. */
      readonly outerVlanIds: readonly number[]
    }

export interface HeaderShape {
  readonly encapsulation: SeenEncapsulation
  /** Tags that are left once `encapsulation` is taken off, outermost first; as a rule none. */
  readonly innerVlanIds: readonly number[]
  /** Tunnels inside the tunnel: the guests' own. */
  readonly innerVnis: readonly number[]
  /** `type` is that of the payload, behind all tags. */
  readonly ethernet: { readonly source: string; readonly destination: string; readonly type: number }
  readonly arp?: ArpShape
  readonly ipv4?: IpShape
  readonly ipv6?: IpShape
  readonly icmp?: IcmpShape
  readonly icmpv6?: IcmpShape & { readonly target?: string }
  readonly udp?: PortShape
  readonly tcp?: PortShape & { readonly flags: number; readonly sequence: number }
  readonly dhcp?: DhcpShape
}

interface ArpShape {
  readonly operation: number
  readonly senderMac: string
  readonly senderIp: string
  readonly targetMac: string
  readonly targetIp: string
}

interface IpShape {
  readonly source: string
  readonly destination: string
  /** Hop limit in IPv6. */
  readonly ttl: number
  readonly payloadProtocol: number
}

interface IcmpShape {
  readonly type: number
  readonly code: number
  readonly identifier?: number
  readonly sequence?: number
  readonly mtu?: number
}

interface PortShape {
  readonly sourcePort: number
  readonly destinationPort: number
}

interface DhcpShape {
  /** Undefined where the capture cut the options. */
  readonly messageType?: string
  readonly transactionId: number
  readonly clientMac: string
  readonly yourIp: string
}

/** Undefined when not even an Ethernet header was captured. */
export function headerShape(packet: CapturedPacket): HeaderShape | undefined {
  return shapeOf(dissectLayers(packet.data, packet))
}

export function shapeOf(dissection: DissectedLayers): HeaderShape | undefined {
  const frames = framesOf(dissection)
  const [outer] = frames
  const inner = frames.at(-1)
  return outer && inner && { ...wrapping(frames, outer), ...frameShape(inner) }
}

type Wrapping = Pick<HeaderShape, 'encapsulation' | 'innerVlanIds' | 'innerVnis'>

function wrapping(frames: readonly Frame[], outer: Frame): Wrapping {
  const tunnelled = frames.slice(1)
  const outerVlanIds = vlanIdsOf(outer)
  const innerVlanIds = tunnelled.flatMap(vlanIdsOf)
  const innerVnis = tunnelled.flatMap((frame) => frame.vxlan?.vni ?? [])
  const ip = outer.ipv4 ?? outer.ipv6
  if (outer.vxlan && ip && tunnelled.length > 0) {
    const ends = { outerSource: ip.source, outerDestination: ip.destination }
    return { encapsulation: { kind: 'vxlan', vni: outer.vxlan.vni, ...ends, outerVlanIds }, innerVlanIds, innerVnis }
  }
  const [vlanId, ...left] = outerVlanIds
  const encapsulation = vlanId === undefined ? 'untagged' : ({ kind: 'dot1q', vlanId } as const)
  return { encapsulation, innerVlanIds: left, innerVnis }
}

function frameShape(frame: Frame): Omit<HeaderShape, keyof Wrapping> {
  const { ethernet, arp, ipv4, ipv6, icmp, icmpv6, udp, tcp, dhcp } = frame
  return {
    ethernet: { source: ethernet.source, destination: ethernet.destination, type: payloadType(frame) },
    ...(arp && { arp: pick(arp, ['operation', 'senderMac', 'senderIp', 'targetMac', 'targetIp']) }),
    ...(ipv4 && { ipv4: pick(ipv4, ['source', 'destination', 'ttl', 'payloadProtocol']) }),
    ...(ipv6 && { ipv6: { ...pick(ipv6, ['source', 'destination', 'payloadProtocol']), ttl: ipv6.hopLimit } }),
    ...(icmp && { icmp: pick(icmp, ['type', 'code', 'identifier', 'sequence', 'mtu']) }),
    ...(icmpv6 && { icmpv6: pick(icmpv6, ['type', 'code', 'identifier', 'sequence', 'mtu', 'target']) }),
    ...(udp && { udp: pick(udp, ['sourcePort', 'destinationPort']) }),
    ...(tcp && { tcp: pick(tcp, ['sourcePort', 'destinationPort', 'flags', 'sequence']) }),
    ...(dhcp && { dhcp: pick(dhcp, ['messageType', 'transactionId', 'clientMac', 'yourIp']) }),
  }
}

/** Leaves out what is undefined, so that a shape equals its own JSON. */
function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  const picked: Partial<Pick<T, K>> = {}
  for (const key of keys) if (from[key] !== undefined) picked[key] = from[key]
  return picked as Pick<T, K>
}
