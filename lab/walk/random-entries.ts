// Frames at random, drawn so that they hit something: addresses, VLANs and VNIs that the flows and MAC tables of a host name, from any of
// its ports, and some that nobody names. Half of them have the sender that the flows expect at their port, where they name one. The same
// seed draws the same frames.

import { groupBy } from '@/server/core/group-by'
import type { HostState } from '@/server/core/host/host-state'
import type { OvsPort } from '@/server/core/host/ovs'
import { LOCAL } from '@/server/core/walk/openflow/switch'
import type { SwitchEntry } from '@/server/core/walk/openflow/trace-switch'
import { BROADCAST_MAC, type Frame, type IpPayload, type Payload, type Transport } from '@/server/core/walk/frame'

type Random = () => number

/** mulberry32 */
function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!

/** What the frames are made of. */
interface Pools {
  readonly macs: readonly string[]
  /** Those that a frame may come from. */
  readonly senders: readonly string[]
  readonly ipv4: readonly string[]
  readonly ipv6: readonly string[]
  readonly vlans: readonly number[]
  readonly vnis: readonly number[]
  readonly ports: readonly number[]
  /** By port: what its flows want to see there. */
  readonly expected: ReadonlyMap<string, Expected>
}

interface Expected {
  readonly macs: readonly string[]
  readonly ipv4: readonly string[]
}

const MAC = /\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\b/g
const IPV4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g
const IPV6 = /\b[0-9a-f]{1,4}:[0-9a-f:]*:[0-9a-f]{1,4}\b/g

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]
const isGroup = (mac: string): boolean => (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1

function poolsOf({ flows, learned, links, addresses }: HostState): Pools {
  const texts = flows.map(({ match, actions }) => `${match} ${actions}`)
  const found = (pattern: RegExp) => texts.flatMap((text) => text.match(pattern) ?? [])
  const numbers = (pattern: RegExp) => texts.flatMap((text) => [...text.matchAll(pattern)].map(([, value]) => Number(value)))
  const learnedMacs = Object.values(learned?.ovsMacs ?? {}).flat()
  const macs = unique([
    ...found(MAC).filter((mac) => mac !== '01:00:00:00:00:00' && mac !== '00:00:00:00:00:00'),
    ...learnedMacs.map((mac) => mac.macAddress),
    ...links.flatMap(({ macAddress }) => macAddress ?? []),
    '02:11:22:33:44:55',
    '01:80:c2:00:00:00',
  ])
  const ownAddresses = addresses.flatMap(({ cidr }) => cidr.match(IPV4) ?? [])
  const tags = numbers(/vlan_tci=(0x[0-9a-f]+)/g).map((tci) => tci & 0xfff)
  return {
    macs,
    senders: macs.filter((mac) => !isGroup(mac)),
    ipv4: unique([...found(IPV4), ...ownAddresses, '198.51.100.77', '10.0.0.5', '0.0.0.0', '224.0.0.251']),
    ipv6: unique([...found(IPV6).filter((text) => text.split(':').length !== 6), 'fe80::99', '2001:db8::7', 'ff02::1']),
    vlans: unique([...numbers(/dl_vlan=(\d+)/g), ...tags, ...learnedMacs.map(({ vlan }) => vlan), 999]),
    vnis: unique([...numbers(/tun_id=(0x[0-9a-f]+)/g), ...numbers(/set_tunnel:(0x[0-9a-f]+)/g), 4242]),
    ports: unique([...numbers(/tp_(?:src|dst)=(\d+)/g), 53, 67, 68, 80, 443, 4789]),
    expected: expectedAt(flows),
  }
}

function expectedAt(flows: HostState['flows']): ReadonlyMap<string, Expected> {
  const matches = flows.flatMap(({ match }) => {
    const port = /\bin_port=([^,]+)/.exec(match)?.[1]
    return port === undefined
      ? []
      : [{ port, macs: match.match(/(?<=dl_src=)[0-9a-f:]+/) ?? [], ipv4: match.match(/(?<=arp_spa=|nw_src=)[\d.]+(?![\d./])/) ?? [] }]
  })
  return new Map(
    [...groupBy(matches, ({ port }) => port)].map(([port, each]) => [
      port,
      { macs: each.flatMap(({ macs }) => macs), ipv4: each.flatMap(({ ipv4 }) => ipv4) },
    ]),
  )
}

/** From ports that Open vSwitch has taken in; the bridge's own among them. */
export function drawEntries(state: HostState, count: number, seed: number): SwitchEntry[] {
  const [random, pools] = [randomOf(seed), poolsOf(state)]
  const ports = state.ovsPorts.filter(({ interface: { ofport } }) => typeof ofport === 'number' && ofport > 0)
  return Array.from({ length: count }, () => entryAt(random, pools, pick(random, ports)))
}

function entryAt(random: Random, pools: Pools, { bridge, name, interface: { options, type } }: OvsPort): SwitchEntry {
  const isTunnel = type === 'vxlan' || type === 'gre' || type === 'geneve'
  const ends = { source: address(options['remote_ip'], '192.0.2.50'), destination: address(options['local_ip'], '192.0.2.51') }
  const tunnel = isTunnel ? { tunnelId: pick(random, pools.vnis), ...ends } : null
  const frame = frameAt(random, pools, type === 'patch' ? 0.7 : 0.3)
  const expected = pools.expected.get(name)
  const sent = expected && random() < 0.5 ? sentBy(random, expected, frame) : frame
  return { bridge, port: name === bridge ? LOCAL : name, frame: sent, tunnel }
}

const address = (option: string | undefined, otherwise: string): string => (option === undefined || option === 'flow' ? otherwise : option)

function frameAt(random: Random, pools: Pools, taggedShare: number): Frame {
  const isToGroup = random() < 0.25
  const payload = payloadAt(random, pools)
  const tags = random() < taggedShare ? (random() < 0.05 ? 2 : 1) : 0
  return {
    sourceMac: payload.kind === 'arp' && random() < 0.8 ? payload.senderMac : pick(random, pools.senders),
    destinationMac: isToGroup ? (random() < 0.7 ? BROADCAST_MAC : '33:33:00:00:00:01') : pick(random, pools.macs),
    vlans: Array.from({ length: tags }, () => ({
      tpid: 0x8100,
      vlanId: random() < 0.1 ? 0 : pick(random, pools.vlans),
      pcp: random() < 0.2 ? 5 : 0,
    })),
    payload,
  }
}

/** The same frame, untagged, from whom the flows of its port expect. */
function sentBy(random: Random, { macs, ipv4 }: Expected, frame: Frame): Frame {
  const { payload } = frame
  const [sourceMac, source] = [macs.length > 0 ? pick(random, macs) : frame.sourceMac, ipv4.length > 0 ? pick(random, ipv4) : null]
  const sent = { ...frame, sourceMac, vlans: [] }
  if (payload.kind === 'arp') return { ...sent, payload: { ...payload, senderMac: sourceMac, senderIp: source ?? payload.senderIp } }
  return payload.kind === 'ipv4' && source !== null ? { ...sent, payload: { ...payload, source } } : sent
}

function payloadAt(random: Random, pools: Pools): Payload {
  const kind = random()
  if (kind < 0.25) return arpAt(random, pools)
  if (kind < 0.3) return { kind: 'other', etherType: pick(random, [0x88cc, 0x8863, 0x0842]) }
  return ipAt(random, pools, kind < 0.75 ? 'ipv4' : 'ipv6')
}

const arpAt = (random: Random, pools: Pools): Payload => ({
  kind: 'arp',
  operation: random() < 0.7 ? 1 : 2,
  senderMac: pick(random, pools.macs),
  senderIp: pick(random, pools.ipv4),
  targetMac: '00:00:00:00:00:00',
  targetIp: pick(random, pools.ipv4),
})

function ipAt(random: Random, pools: Pools, kind: IpPayload['kind']): IpPayload {
  const addresses = kind === 'ipv4' ? pools.ipv4 : pools.ipv6
  const [protocol, transport] = transportAt(random, pools, kind)
  const fragment = random() < 0.06 ? pick(random, ['first', 'later'] as const) : 'none'
  return {
    kind,
    source: pick(random, addresses),
    destination: pick(random, addresses),
    ttl: pick(random, [0, 1, 2, 64]),
    tos: pick(random, [0, 32, 33, 184]),
    protocol,
    fragment,
    transport: fragment === 'later' ? { kind: 'none' } : transport,
  }
}

function transportAt(random: Random, pools: Pools, kind: IpPayload['kind']): readonly [number, Transport] {
  const ends = { sourcePort: pick(random, pools.ports), destinationPort: pick(random, pools.ports) }
  const share = random()
  if (share < 0.3) return kind === 'ipv4' ? [1, { kind: 'icmp', type: pick(random, [0, 8]), code: 0 }] : [58, neighbourAt(random, pools)]
  if (share < 0.6) return [6, { kind: 'tcp', ...ends, flags: pick(random, [0x002, 0x010, 0x012, 0x001]) }]
  if (share < 0.95) return [17, { kind: 'udp', ...ends }]
  return [132, { kind: 'sctp', ...ends }]
}

function neighbourAt(random: Random, pools: Pools): Transport {
  const type = pick(random, [128, 133, 135, 136])
  if (type < 135) return { kind: 'icmp', type, code: 0 }
  const mac = pick(random, pools.macs)
  return {
    kind: 'icmp', type, code: 0,
    neighbour: { target: pick(random, pools.ipv6), sourceMac: type === 135 ? mac : null, targetMac: type === 136 ? mac : null },
  } // prettier-ignore
}
