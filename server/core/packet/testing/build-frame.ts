// Builds frames by hand for tests, header by header from the outside in: `frame(ethernet({type: 0x0800}), ipv4(...))`.
// Independent of the dissector on purpose: it shares no constant and no helper with what it tests.

export type Bytes = readonly number[]

export const MAC_A = 'fa:16:3e:00:00:0a'
export const MAC_B = 'fa:16:3e:00:00:0b'
export const BROADCAST = 'ff:ff:ff:ff:ff:ff'

export function frame(...parts: readonly Bytes[]): Uint8Array {
  return Uint8Array.from(parts.flat())
}

export function u16(value: number): Bytes {
  return [(value >>> 8) & 0xff, value & 0xff]
}

function u32(value: number): Bytes {
  return [...u16(value >>> 16), ...u16(value & 0xffff)]
}

export function mac(text: string): Bytes {
  return text.split(':').map((byte) => Number.parseInt(byte, 16))
}

export function ip(text: string): Bytes {
  return text.split('.').map(Number)
}

export function ip6(...groups: readonly number[]): Bytes {
  return groups.flatMap(u16)
}

export function ascii(text: string): Bytes {
  return Array.from(text, (character) => character.charCodeAt(0))
}

export function zeros(length: number): Bytes {
  return Array.from({ length }, () => 0)
}

export function ethernet(type: number, { source = MAC_A, destination = MAC_B } = {}): Bytes {
  return [...mac(destination), ...mac(source), ...u16(type)]
}

/** Goes behind a header whose type is 0x8100 or 0x88a8. */
export function vlan(vlanId: number, type: number, { priority = 0, dropEligible = 0 } = {}): Bytes {
  return [...u16((priority << 13) | (dropEligible << 12) | vlanId), ...u16(type)]
}

export function arp(operation: number, sender: readonly [string, string], target: readonly [string, string]): Bytes {
  const fixed = [...u16(1), ...u16(0x0800), 6, 4, ...u16(operation)]
  return [...fixed, ...mac(sender[0]), ...ip(sender[1]), ...mac(target[0]), ...ip(target[1])]
}

export interface Ipv4Options {
  readonly source?: string
  readonly destination?: string
  readonly identification?: number
  readonly fragment?: number
  readonly ttl?: number
  readonly options?: Bytes
  readonly totalLength?: number
}

export function ipv4(protocol: number, payload: Bytes, given: Ipv4Options = {}): Bytes {
  const { source = '10.0.0.5', destination = '10.0.0.6', identification = 7, fragment = 0x4000, ttl = 64, options = [] } = given
  const length = 20 + options.length
  const total = given.totalLength ?? length + payload.length
  const before = [0x40 | (length / 4), 0, ...u16(total), ...u16(identification), ...u16(fragment), ttl, protocol]
  const after = [...ip(source), ...ip(destination), ...options]
  return [...before, ...u16(headerChecksum([...before, 0, 0, ...after])), ...after, ...payload]
}

function headerChecksum(header: Bytes): number {
  let sum = 0
  for (let index = 0; index < header.length; index += 2) sum += (header[index] ?? 0) * 256 + (header[index + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}

export function ipv6(nextHeader: number, payload: Bytes, source = LINK_LOCAL, destination = ALL_ROUTERS): Bytes {
  return [0x60, 0, 0, 0, ...u16(payload.length), nextHeader, 255, ...source, ...destination, ...payload]
}

export const LINK_LOCAL = ip6(0xfe80, 0, 0, 0, 0, 0, 0, 0xa)
export const ALL_ROUTERS = ip6(0xff02, 0, 0, 0, 0, 0, 0, 2)

export function icmpEcho(type: 0 | 8, identifier: number, sequence: number, payload: Bytes = zeros(56)): Bytes {
  return [type, 0, 0, 0, ...u16(identifier), ...u16(sequence), ...payload]
}

export function udp(sourcePort: number, destinationPort: number, payload: Bytes, length = 8 + payload.length): Bytes {
  return [...u16(sourcePort), ...u16(destinationPort), ...u16(length), 0, 0, ...payload]
}

export interface TcpOptions {
  readonly sequence?: number
  readonly acknowledgement?: number
  readonly flags?: number
  readonly options?: Bytes
  readonly ports?: readonly [number, number]
}

export function tcp(payload: Bytes, given: TcpOptions = {}): Bytes {
  const { sequence = 1000, acknowledgement = 0, flags = 0x10, options = [], ports = [40000, 22] } = given
  const offset = ((20 + options.length) / 4) << 4
  const head = [...u16(ports[0]), ...u16(ports[1]), ...u32(sequence), ...u32(acknowledgement), offset, flags]
  return [...head, ...u16(64240), 0, 0, 0, 0, ...options, ...payload]
}

export function vxlan(vni: number, inner: Bytes, flags = 0x08): Bytes {
  return [flags, 0, 0, 0, (vni >>> 16) & 0xff, (vni >>> 8) & 0xff, vni & 0xff, 0, ...inner]
}

/** `inner` behind Ethernet, IPv4 and UDP of two hosts. */
export function tunnelled(vni: number, inner: Bytes, { source = '192.168.150.11', destination = '192.168.150.12' } = {}): Bytes {
  return [...ethernet(0x0800), ...ipv4(17, udp(55555, 4789, vxlan(vni, inner)), { source, destination })]
}

export function dhcp(operation: 1 | 2, options: Bytes, { transactionId = 0x1234abcd, yourIp = '0.0.0.0' } = {}): Bytes {
  const fixed = [operation, 1, 6, 0, ...u32(transactionId), 0, 0, 0x80, 0, ...zeros(4), ...ip(yourIp), ...zeros(8)]
  return [...fixed, ...mac(MAC_A), ...zeros(10), ...zeros(192), 0x63, 0x82, 0x53, 0x63, ...options]
}

/** An echo request as the guest sends it. */
export function ping(identifier: number, sequence: number, options: Ipv4Options = {}): Bytes {
  return [...ethernet(0x0800), ...ipv4(1, icmpEcho(8, identifier, sequence), options)]
}
