// DHCP option values into text, in the notation of the tools (routes as `ip route` prints them): a table from option code to name and format. A new option is one line.
//
// Rules: RFC 2132, RFC 3442 (classless routes, which carry the metadata route in Neutron networks).

import { hexText, printableText } from '../bytes'
import { ipv4Text } from './addresses'

type Format = (value: Uint8Array) => string

export interface DhcpOptionFormat {
  readonly name: string
  readonly format: Format
}

const messageTypes = ['', 'discover', 'offer', 'request', 'decline', 'ack', 'nak', 'release', 'inform']

const formats = new Map<number, DhcpOptionFormat>([
  [1, { name: 'subnetMask', format: addresses }],
  [3, { name: 'router', format: addresses }],
  [6, { name: 'dnsServer', format: addresses }],
  [12, { name: 'hostName', format: printableText }],
  [15, { name: 'domainName', format: printableText }],
  [26, { name: 'interfaceMtu', format: number }],
  [28, { name: 'broadcastAddress', format: addresses }],
  [50, { name: 'requestedIp', format: addresses }],
  [51, { name: 'leaseTime', format: seconds }],
  [53, { name: 'messageType', format: messageType }],
  [54, { name: 'serverId', format: addresses }],
  [55, { name: 'parameterRequestList', format: (value) => value.join(' ') }],
  [57, { name: 'maximumMessageSize', format: number }],
  [58, { name: 'renewalTime', format: seconds }],
  [59, { name: 'rebindingTime', format: seconds }],
  [60, { name: 'vendorClass', format: printableText }],
  [61, { name: 'clientId', format: hexText }],
  [121, { name: 'classlessRoutes', format: classlessRoutes }],
])

export function dhcpOptionFormat(code: number): DhcpOptionFormat {
  return formats.get(code) ?? { name: `option-${code}`, format: hexText }
}

function addresses(value: Uint8Array): string {
  const count = Math.floor(value.length / 4)
  return Array.from({ length: count }, (_, index) => ipv4Text(value.subarray(index * 4, index * 4 + 4))).join(', ')
}

function number(value: Uint8Array): string {
  return String(value.reduce((total, byte) => total * 256 + byte, 0))
}

function seconds(value: Uint8Array): string {
  return `${number(value)} s`
}

function messageType(value: Uint8Array): string {
  return messageTypes[value[0] ?? 0] || `type-${value[0]}`
}

/** Each route: prefix length, the significant bytes of the destination, the next hop. */
function classlessRoutes(value: Uint8Array): string {
  const routes: string[] = []
  for (let offset = 0; offset < value.length;) {
    const prefixLength = value[offset] ?? 0
    const significant = Math.min(Math.ceil(prefixLength / 8), 4)
    const destination = new Uint8Array(4)
    destination.set(value.subarray(offset + 1, offset + 1 + significant))
    const nextHop = value.subarray(offset + 1 + significant, offset + 5 + significant)
    routes.push(`${ipv4Text(destination)}/${prefixLength} via ${ipv4Text(nextHop)}`)
    offset += 5 + significant
  }
  return routes.join(', ')
}
