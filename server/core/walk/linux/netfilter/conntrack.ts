// Connections as the kernel tracks them, for one packet: which state a rule sees, and which addresses NAT gives it. The first packet
// of a connection is NEW; what its walk recorded makes the way back ESTABLISHED, with the NAT undone.

import type { Frame, IpPayload } from '../../frame'
import type { CtState, Nat } from './subject'

export interface Tuple {
  readonly source: string
  readonly destination: string
  readonly protocol: number
  /** null for what has none. */
  readonly sourcePort: number | null
  readonly destinationPort: number | null
}

/** One entry of a namespace's table: how its packets come in, either way. */
export interface Connection {
  readonly hostId: string
  readonly netns: string
  readonly zone: number
  readonly original: Tuple
  readonly reply: Tuple
  readonly mark: number | null
}

/** What is attached to a packet on its way through one namespace. */
export interface Tracked {
  /** null: not asked yet. */
  readonly state: CtState | 'unknown' | null
  readonly zone: number | null
  readonly connectionMark: number | null
  readonly isUntracked: boolean
  /** As the packet came. */
  readonly original: Tuple | null
  /** As it shall leave; NAT of either side makes it so. */
  readonly wanted: Tuple | null
  /** Its NAT is decided: the chains of nat are not asked. */
  readonly isBound: boolean
  /** It goes the way that is not the connection's first one. */
  readonly isReply: boolean
}

export const newTracked = (): Tracked => ({
  state: null,
  zone: 0,
  connectionMark: 0,
  isUntracked: false,
  original: null,
  wanted: null,
  isBound: false,
  isReply: false,
})

export class Connections {
  readonly made: Connection[] = []
  /** `isAnswered`: what fits none of them is the answer to a packet that nobody has followed. */
  constructor(
    private readonly known: readonly Connection[] = [],
    private readonly isAnswered = false,
  ) {}

  find(
    hostId: string,
    netns: string,
    zone: number,
    tuple: Tuple,
  ): { readonly connection: Connection; readonly isReply: boolean; readonly isOld: boolean } | null {
    const fits = (side: 'original' | 'reply') => (each: Connection) =>
      each.hostId === hostId && each.netns === netns && each.zone === zone && isSame(each[side], tuple)
    const reply = this.known.find(fits('reply'))
    if (reply) return { connection: reply, isReply: true, isOld: true }
    const old = this.known.find(fits('original'))
    const connection = old ?? this.made.find(fits('original'))
    if (connection) return { connection, isReply: false, isOld: old !== undefined }
    const assumed = { hostId, netns, zone, original: invert(tuple), reply: tuple, mark: null }
    return this.isAnswered ? { connection: assumed, isReply: true, isOld: true } : null
  }

  record(connection: Connection): void {
    if (!this.find(connection.hostId, connection.netns, connection.zone, connection.original)) this.made.push(connection)
  }
}

const FIELDS = ['source', 'destination', 'protocol', 'sourcePort', 'destinationPort'] as const
const isSame = (left: Tuple, right: Tuple): boolean => FIELDS.every((key) => left[key] === right[key])

export const invert = ({ source, destination, protocol, sourcePort, destinationPort }: Tuple): Tuple => ({
  source: destination,
  destination: source,
  protocol,
  sourcePort: destinationPort,
  destinationPort: sourcePort,
})

function tupleOf({ source, destination, protocol, transport }: IpPayload): Tuple {
  const ports =
    transport.kind === 'icmp' || transport.kind === 'none'
      ? { sourcePort: null, destinationPort: null }
      : { sourcePort: transport.sourcePort, destinationPort: transport.destinationPort }
  return { source, destination, protocol, ...ports }
}

export function track(tracked: Tracked, ip: IpPayload, connections: Connections, hostId: string, netns: string): Tracked {
  if (tracked.isUntracked) return { ...tracked, state: 'UNTRACKED' }
  const tuple = tupleOf(ip)
  if (tracked.zone === null || ip.fragment === 'later' || ip.transport.kind === 'none')
    return { ...tracked, state: 'unknown', original: tuple, wanted: tuple }
  const found = connections.find(hostId, netns, tracked.zone, tuple)
  if (!found) return { ...tracked, state: stateOfFirst(ip), original: tuple, wanted: tuple }
  const { original, reply, mark } = found.connection
  return {
    ...tracked,
    state: found.isOld ? 'ESTABLISHED' : 'NEW',
    connectionMark: mark,
    original: tuple,
    wanted: invert(found.isReply ? original : reply),
    isBound: true,
    isReply: found.isReply,
  }
}

/** What its connection was given so far (IPS_DST_NAT, IPS_SRC_NAT). */
export function natOf({ original, wanted, isReply }: Tracked): Nat {
  if (!original || !wanted) return { dnat: false, snat: false }
  const isDestinationOther = original.destination !== wanted.destination || original.destinationPort !== wanted.destinationPort
  const isSourceOther = original.source !== wanted.source || original.sourcePort !== wanted.sourcePort
  return isReply ? { dnat: isSourceOther, snat: isDestinationOther } : { dnat: isDestinationOther, snat: isSourceOther }
}

const ICMP_REQUESTS = new Set([8, 13, 15, 17])
const ICMP_ERRORS = new Set([3, 4, 5, 11, 12])
/** Neighbour discovery and multicast listeners (nf_conntrack_icmpv6). */
const NEVER_TRACKED = new Set([130, 131, 132, 133, 134, 135, 136, 137, 143])
const [FIN, SYN, RST, ACK] = [1, 2, 4, 16]

/** nf_conntrack_proto_icmp.c and _tcp.c: what may begin a connection. */
function stateOfFirst({ kind, transport }: IpPayload): CtState | 'unknown' {
  if (transport.kind === 'icmp' && kind === 'ipv6')
    return NEVER_TRACKED.has(transport.type) ? 'UNTRACKED' : transport.type === 128 ? 'NEW' : transport.type < 128 ? 'unknown' : 'INVALID'
  // An error belongs to the connection of the packet that it quotes, which is not looked at here.
  if (transport.kind === 'icmp') return ICMP_REQUESTS.has(transport.type) ? 'NEW' : ICMP_ERRORS.has(transport.type) ? 'unknown' : 'INVALID'
  if (transport.kind !== 'tcp') return 'NEW'
  const flags = transport.flags & (FIN | SYN | RST | ACK)
  if (flags === SYN) return 'NEW'
  // Whether the middle of an unknown connection is taken up is a setting (nf_conntrack_tcp_loose).
  return flags === ACK ? 'unknown' : 'INVALID'
}

/** The frame with the source or the destination that its connection gives it. */
export function translate(frame: Frame, { wanted }: Tracked, side: 'source' | 'destination'): Frame {
  const { payload } = frame
  if (!wanted || (payload.kind !== 'ipv4' && payload.kind !== 'ipv6')) return frame
  const portKey = side === 'source' ? 'sourcePort' : 'destinationPort'
  const port = wanted[portKey]
  const transport = 'sourcePort' in payload.transport && port !== null ? { ...payload.transport, [portKey]: port } : payload.transport
  const isSamePort = !('sourcePort' in payload.transport) || payload.transport[portKey] === port
  return payload[side] === wanted[side] && isSamePort ? frame : { ...frame, payload: { ...payload, [side]: wanted[side], transport } }
}
