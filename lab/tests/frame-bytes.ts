// Frames of a walk as bytes, and back: what the judge sends and what it sees. Checksums are right, because connection tracking looks.

import type { Frame, IpPayload } from '@/server/core/walk/frame'

const macBytes = (text: string): number[] => text.split(':').map((octet) => Number.parseInt(octet, 16))
const ipBytes = (text: string): number[] => text.split('.').map(Number)
const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255]

function checksum(bytes: readonly number[]): number[] {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16)
  return u16(~sum & 0xffff)
}

/** `token` is what the packet carries: hexadecimal digits that nothing else on the way has. */
export function encode({ sourceMac, destinationMac, payload }: Frame, token: string): string {
  const head = [...macBytes(destinationMac), ...macBytes(sourceMac)]
  const body = [...Buffer.from(token, 'hex')]
  if (payload.kind === 'arp') {
    const addresses = [
      ...macBytes(payload.senderMac),
      ...ipBytes(payload.senderIp),
      ...macBytes(payload.targetMac),
      ...ipBytes(payload.targetIp),
    ]
    return hex([...head, 8, 6, 0, 1, 8, 0, 6, 4, ...u16(payload.operation), ...addresses])
  }
  if (payload.kind !== 'ipv4') throw new Error(payload.kind)
  return hex([...head, 8, 0, ...ipv4(payload, transport(payload, body))])
}

const hex = (bytes: readonly number[]): string => Buffer.from(bytes).toString('hex')

function ipv4({ source, destination, ttl, tos, protocol }: IpPayload, body: readonly number[]): number[] {
  const head = (sum: readonly number[]) => [
    0x45,
    tos,
    ...u16(20 + body.length),
    0,
    1,
    0,
    0,
    ttl,
    protocol,
    ...sum,
    ...ipBytes(source),
    ...ipBytes(destination),
  ]
  return [...head(checksum(head([0, 0]))), ...body]
}

function transport({ source, destination, protocol, transport: each }: IpPayload, body: readonly number[]): number[] {
  if (each.kind === 'icmp') {
    // The identifier makes each echo a connection of its own.
    const head = (sum: readonly number[]) => [each.type, each.code, ...sum, ...body.slice(-2), 0, 1]
    return [...head(checksum([...head([0, 0]), ...body])), ...body]
  }
  if (each.kind === 'none') return [...body]
  const ports = [...u16(each.sourcePort), ...u16(each.destinationPort)]
  if (each.kind === 'udp') return [...ports, ...u16(8 + body.length), 0, 0, ...body]
  const flags = each.kind === 'tcp' ? each.flags : 0
  const head = (sum: readonly number[]) => [...ports, 0, 0, 0, 1, 0, 0, 0, 0, 0x50, flags, 0x20, 0, ...sum, 0, 0]
  const pseudo = [...ipBytes(source), ...ipBytes(destination), 0, protocol, ...u16(20 + body.length)]
  return [...head(checksum([...pseudo, ...head([0, 0]), ...body])), ...body]
}

/** null for what is no copy of a probe: errors quote it. */
export function headersOf(text: string): Frame | null {
  const bytes = Buffer.from(text, 'hex')
  const macAt = (at: number) => [...bytes.subarray(at, at + 6)].map((octet) => octet.toString(16).padStart(2, '0')).join(':')
  const ipAt = (at: number) => [...bytes.subarray(at, at + 4)].join('.')
  const head = { destinationMac: macAt(0), sourceMac: macAt(6), vlans: [] }
  const type = bytes.readUInt16BE(12)
  if (type === 0x0806)
    return {
      ...head,
      payload: {
        kind: 'arp',
        operation: bytes.readUInt16BE(20),
        senderMac: macAt(22),
        senderIp: ipAt(28),
        targetMac: macAt(32),
        targetIp: ipAt(38),
      },
    }
  if (type !== 0x0800) return null
  const protocol = bytes[23] ?? 0
  const at = 14 + ((bytes[14] ?? 0) & 15) * 4
  const ports = { sourcePort: bytes.readUInt16BE(at), destinationPort: bytes.readUInt16BE(at + 2) }
  if (protocol === 1 && ![0, 8].includes(bytes[at] ?? 0)) return null
  const each: IpPayload['transport'] =
    protocol === 1
      ? { kind: 'icmp', type: bytes[at] ?? 0, code: bytes[at + 1] ?? 0 }
      : protocol === 17
        ? { kind: 'udp', ...ports }
        : { kind: 'tcp', ...ports, flags: bytes[at + 13] ?? 0 }
  return {
    ...head,
    payload: {
      kind: 'ipv4',
      source: ipAt(26),
      destination: ipAt(30),
      ttl: bytes[22] ?? 0,
      tos: 0,
      protocol,
      fragment: 'none',
      transport: each,
    },
  }
}

export function showHeaders({ sourceMac, destinationMac, payload }: Frame): string {
  const macs = `${sourceMac}>${destinationMac}`
  if (payload.kind === 'arp')
    return `${macs} arp ${payload.operation} ${payload.senderMac} ${payload.senderIp} ${payload.targetMac} ${payload.targetIp}`
  if (payload.kind !== 'ipv4') return `${macs} ${payload.kind}`
  const { transport: each } = payload
  const more =
    each.kind === 'icmp' ? `icmp ${each.type}` : each.kind === 'none' ? '' : `${each.kind} ${each.sourcePort}>${each.destinationPort}`
  return `${macs} ${payload.source}>${payload.destination} ttl ${payload.ttl} ${more}`
}
