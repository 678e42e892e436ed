// A frame as it is somewhere on its way: what a capture at that place would show. Plain data, never changed in place; every
// rewrite makes another one. What Open vSwitch keeps beside a frame (tunnel key, registers, mark) is no part of what is
// on a wire, so only the tunnel metadata, which decide where the frame goes, travel with it here.

export interface Frame {
  /** Lower case, with colons. */
  readonly sourceMac: string
  readonly destinationMac: string
  /** Outermost first; empty on an untagged frame. */
  readonly vlans: readonly VlanTag[]
  readonly payload: Payload
}

export interface VlanTag {
  /** 0x8100 (802.1Q) or 0x88a8 (802.1ad). */
  readonly tpid: number
  readonly vlanId: number
  /** Priority code point, 0 to 7. */
  readonly pcp: number
}

export type Payload = ArpPayload | IpPayload | OtherPayload

export interface ArpPayload {
  readonly kind: 'arp'
  /** 1 request, 2 reply. */
  readonly operation: number
  readonly senderMac: string
  readonly senderIp: string
  readonly targetMac: string
  readonly targetIp: string
}

export interface IpPayload {
  readonly kind: 'ipv4' | 'ipv6'
  readonly source: string
  readonly destination: string
  /** Hop limit in IPv6. */
  readonly ttl: number
  /** DSCP and ECN as the one octet that they are. */
  readonly tos: number
  /** IANA number; 1 ICMP, 6 TCP, 17 UDP, 58 ICMPv6. */
  readonly protocol: number
  /** `later` fragments have no transport header. */
  readonly fragment: 'none' | 'first' | 'later'
  readonly transport: Transport
}

export type Transport =
  | {
      readonly kind: 'icmp'
      readonly type: number
      readonly code: number
      /** Of a neighbour solicitation or advertisement; absent: not looked at. */
      readonly neighbour?: NeighbourDiscovery
    }
  | {
      readonly kind: 'tcp'
      readonly sourcePort: number
      readonly destinationPort: number
      /** The nine flags, FIN is bit 0. */ readonly flags: number
    }
  | {
      readonly kind: 'udp'
      readonly sourcePort: number
      readonly destinationPort: number
      /** What a tunnel carries. */ readonly tunnelled?: Tunnelled
    }
  | { readonly kind: 'sctp'; readonly sourcePort: number; readonly destinationPort: number }
  /** Neither known nor looked at. */
  | { readonly kind: 'none' }

/** RFC 4861; the addresses of the options are null where the option is not there. */
interface NeighbourDiscovery {
  readonly target: string
  readonly sourceMac: string | null
  readonly targetMac: string | null
}

/** The inside of a VXLAN packet (RFC 7348). */
interface Tunnelled {
  readonly vni: number
  readonly frame: Frame
}

/** Anything else, by its EtherType; nothing of it is looked at. */
interface OtherPayload {
  readonly kind: 'other'
  readonly etherType: number
}

export const BROADCAST_MAC = 'ff:ff:ff:ff:ff:ff'
/** Stands for the MAC of somebody outside that no host has heard; what is expected of a frame then leaves it open. */
export const UNHEARD_MAC = '02:00:00:00:00:fe'
export const DOT1Q = 0x8100
export const DOT1AD = 0x88a8
export const VXLAN_PORT = 4789

const ETHER_TYPES = { arp: 0x0806, ipv4: 0x0800, ipv6: 0x86dd } as const

export const etherTypeOf = ({ payload }: Pick<Frame, 'payload'>): number =>
  payload.kind === 'other' ? payload.etherType : ETHER_TYPES[payload.kind]

/** The group bit of the first octet: broadcast and multicast. */
export const isGroupMac = (mac: string): boolean => (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1

/** What an echo request of a ping looks like when it leaves the sender. */
export function echoRequest(
  from: { readonly mac: string; readonly ip: string },
  to: { readonly mac: string; readonly ip: string },
  ttl = 64,
): Frame {
  return {
    sourceMac: from.mac,
    destinationMac: to.mac,
    vlans: [],
    payload: {
      kind: 'ipv4',
      source: from.ip,
      destination: to.ip,
      ttl,
      tos: 0,
      protocol: 1,
      fragment: 'none',
      transport: { kind: 'icmp', type: 8, code: 0 },
    },
  }
}

export function arpRequest(from: { readonly mac: string; readonly ip: string }, targetIp: string): Frame {
  return {
    sourceMac: from.mac,
    destinationMac: BROADCAST_MAC,
    vlans: [],
    payload: { kind: 'arp', operation: 1, senderMac: from.mac, senderIp: from.ip, targetMac: '00:00:00:00:00:00', targetIp },
  }
}
