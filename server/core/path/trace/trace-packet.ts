// A packet as OpenFlow sees it inside one bridge, and whether a flow's match holds for it. Only the fields that Neutron's
// pipelines match on are known; a match on anything else answers `unknown`, so that nobody is blamed on a guess.
// Field names and value forms: ovs-fields(7). `dl_vlan=1`, `vlan_tci=0x0001/0x0fff`, `dl_dst=01:00:00:00:00:00/01:…`

/** ICMP stands for all unicast traffic of a ping; ARP is the broadcast before it. */
export type TracePayload =
  | { readonly kind: 'arp'; readonly senderIp: string; readonly targetIp: string }
  | { readonly kind: 'icmp'; readonly sourceIp: string; readonly destinationIp: string }

export interface TracePacket {
  readonly inPort: string
  readonly sourceMac: string
  readonly destinationMac: string
  readonly payload: TracePayload
  /** As OpenFlow sees it: null on frames from access ports, whose tag acts only inside NORMAL. */
  readonly vlan: number | null
  readonly tunnelId: number | null
}

export type MatchAnswer = 'yes' | 'no' | 'unknown'
type Test = (value: string, packet: TracePacket) => boolean

const ETHER_TYPES = { arp: 0x0806, icmp: 0x0800 } as const
const VLAN_PRESENT = 0x1000
const ICMP_PROTOCOL = 1
const ECHO_REQUEST = 8
const ARP_REQUEST = 1

export function matchPacket(match: string, packet: TracePacket): MatchAnswer {
  const answers = match.split(',').map((term) => matchTerm(term.trim(), packet))
  if (answers.includes('no')) return 'no'
  return answers.includes('unknown') ? 'unknown' : 'yes'
}

function matchTerm(term: string, packet: TracePacket): MatchAnswer {
  if (term === '') return 'yes'
  const equals = term.indexOf('=')
  const test = tests[equals < 0 ? term : term.slice(0, equals)]
  if (!test) return 'unknown'
  return test(equals < 0 ? '' : term.slice(equals + 1), packet) ? 'yes' : 'no'
}

const isArp: Test = (_, { payload }) => payload.kind === 'arp'
const isIcmp: Test = (_, { payload }) => payload.kind === 'icmp'
const never: Test = () => false

/** One row per field that may appear in a match. */
const tests: Readonly<Record<string, Test>> = {
  arp: isArp,
  ip: isIcmp,
  icmp: isIcmp,
  ...Object.fromEntries(['ipv6', 'icmp6', 'tcp', 'udp', 'tcp6', 'udp6', 'sctp', 'rarp', 'mpls'].map((name) => [name, never])),
  in_port: (value, packet) => value.replaceAll('"', '') === packet.inPort,
  dl_src: (value, packet) => matchMac(value, packet.sourceMac),
  dl_dst: (value, packet) => matchMac(value, packet.destinationMac),
  eth_src: (value, packet) => matchMac(value, packet.sourceMac),
  eth_dst: (value, packet) => matchMac(value, packet.destinationMac),
  dl_type: (value, packet) => Number(value) === ETHER_TYPES[packet.payload.kind],
  dl_vlan: (value, packet) => (Number(value) === 0xffff ? packet.vlan === null : Number(value) === packet.vlan),
  dl_vlan_pcp: (value, packet) => packet.vlan !== null && Number(value) === 0,
  vlan_tci: (value, packet) => matchMasked(value, tciOf(packet), 0xffff),
  vlan_vid: (value, packet) => matchMasked(value, tciOf(packet), 0x1fff),
  tun_id: (value, packet) => matchMasked(value, packet.tunnelId ?? 0, 0xffffffff),
  arp_spa: (value, { payload }) => payload.kind === 'arp' && matchAddress(value, payload.senderIp),
  arp_tpa: (value, { payload }) => payload.kind === 'arp' && matchAddress(value, payload.targetIp),
  arp_op: (value, { payload }) => payload.kind === 'arp' && Number(value) === ARP_REQUEST,
  nw_src: (value, { payload }) => payload.kind === 'icmp' && matchAddress(value, payload.sourceIp),
  nw_dst: (value, { payload }) => payload.kind === 'icmp' && matchAddress(value, payload.destinationIp),
  nw_proto: (value, { payload }) => payload.kind === 'icmp' && Number(value) === ICMP_PROTOCOL,
  icmp_type: (value, { payload }) => payload.kind === 'icmp' && Number(value) === ECHO_REQUEST,
}

const tciOf = ({ vlan }: TracePacket) => (vlan === null ? 0 : VLAN_PRESENT | vlan)

/** `0x5e3`, `1507`, `0x0001/0x0fff` */
function matchMasked(value: string, actual: number, fullMask: number): boolean {
  const [wanted, mask] = value.split('/')
  const bits = mask === undefined ? fullMask : Number(mask)
  return ((Number(wanted) ^ actual) & bits) === 0
}

function matchMac(value: string, actual: string): boolean {
  const [wanted = '', mask = 'ff:ff:ff:ff:ff:ff'] = value.toLowerCase().split('/')
  const octets = (mac: string) => mac.split(':').map((octet) => Number.parseInt(octet, 16))
  const bits = octets(mask)
  const have = octets(actual.toLowerCase())
  return octets(wanted).every((octet, index) => ((octet ^ (have[index] ?? 0)) & (bits[index] ?? 0xff)) === 0)
}

/** An IPv4 address, with a prefix length or a dotted mask when it has one. */
function matchAddress(value: string, actual: string): boolean {
  const [wanted = '', mask = '32'] = value.split('/')
  const bits = mask.includes('.') ? toNumber(mask) : mask === '0' ? 0 : (~0 << (32 - Number(mask))) >>> 0
  return ((toNumber(wanted) ^ toNumber(actual)) & bits) === 0
}

const toNumber = (address: string) => address.split('.').reduce((number, octet) => ((number << 8) | Number(octet)) >>> 0, 0)
