// What an inner frame carries, in the words operators use: `10.0.0.5 → 10.0.0.6 ICMP echo request id 12 seq 3`,
// `ARP who has 10.0.0.6? tell 10.0.0.5`. Works on anything that states these facts: a dissected frame, or the
// header shape that verification keeps of it.

import { ArpOperation } from '../packet/layers/arp'
import { etherTypeName } from '../packet/layers/ether-type'
import { Icmpv6Type } from '../packet/layers/icmpv6'
import { ipProtocolName } from '../packet/layers/ip-protocol'
import { tcpFlagsText } from '../packet/layers/tcp'
import { icmpTypeName, icmpv6TypeName } from './icmp-type'

interface Addresses {
  readonly source: string
  readonly destination: string
  readonly payloadProtocol: number
}

interface Ports {
  readonly sourcePort: number
  readonly destinationPort: number
}

interface Arp {
  readonly operation: number
  readonly senderMac: string
  readonly senderIp: string
  readonly targetIp: string
}

interface Icmp {
  readonly type: number
  readonly code: number
  readonly identifier?: number
  readonly sequence?: number
  readonly mtu?: number
}

interface Dhcp {
  readonly messageType?: string
  readonly clientMac: string
}

interface Dns {
  readonly isResponse: boolean
  readonly questions: readonly { readonly name: string; readonly type: string }[]
}

interface PayloadFacts {
  readonly arp?: Arp
  readonly ipv4?: Addresses
  readonly ipv6?: Addresses
  readonly icmp?: Icmp
  readonly icmpv6?: Icmp & { readonly target?: string }
  readonly udp?: Ports
  readonly tcp?: Ports & { readonly flags: number; readonly sequence: number }
  readonly dhcp?: Dhcp
  readonly dns?: Dns
}

/** `type` names what is not looked into: LLDP, spanning tree, unknown types. */
export function payloadText(facts: PayloadFacts, type: number): string {
  const ip = facts.ipv4 ?? facts.ipv6
  if (ip) return ipText(facts, ip)
  return facts.arp ? arpText(facts.arp) : etherTypeName(type)
}

function ipText(facts: PayloadFacts, ip: Addresses): string {
  const inner = transportText(facts) ?? ipProtocolName(ip.payloadProtocol) ?? `protocol ${ip.payloadProtocol}`
  const ports = facts.tcp ?? facts.udp
  const [source, destination] = ports ? withPorts(ip, ports) : [ip.source, ip.destination]
  return `${source} → ${destination} ${inner}`
}

function withPorts(ip: Addresses, ports: Ports): [string, string] {
  const at = (address: string, port: number) => (address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`)
  return [at(ip.source, ports.sourcePort), at(ip.destination, ports.destinationPort)]
}

function transportText({ icmp, icmpv6, tcp, udp, dhcp, dns }: PayloadFacts): string | undefined {
  if (icmp) return `ICMP ${icmpTypeName(icmp.type, icmp.code)}${echoText(icmp)}`
  if (icmpv6) return `ICMPv6 ${icmpv6TypeName(icmpv6.type)}${targetText(icmpv6)}${echoText(icmpv6)}`
  if (tcp) return `TCP ${tcpFlagsText(tcp.flags)} seq ${tcp.sequence}`
  if (dhcp) return `DHCP ${dhcp.messageType?.replace('-', ' ') ?? 'message'} from client ${dhcp.clientMac}`
  if (dns) return `DNS ${dns.isResponse ? 'answer' : 'query'}${questionsText(dns)}`
  return udp ? 'UDP' : undefined
}

function questionsText({ questions }: Dns): string {
  return questions.map(({ name, type }) => ` ${type} ${name}`).join(',')
}

function echoText({ identifier, sequence, mtu }: Icmp): string {
  const echo = identifier === undefined ? '' : ` id ${identifier} seq ${sequence}`
  return mtu === undefined ? echo : `${echo} mtu ${mtu}`
}

function targetText({ type, target }: NonNullable<PayloadFacts['icmpv6']>): string {
  if (!target) return ''
  return type === Icmpv6Type.neighbourSolicitation ? ` who has ${target}?` : ` for ${target}`
}

function arpText({ operation, senderMac, senderIp, targetIp }: Arp): string {
  if (operation === ArpOperation.reply) return `ARP ${senderIp} is at ${senderMac}`
  if (operation !== ArpOperation.request) return `ARP operation ${operation} ${senderIp} → ${targetIp}`
  // RFC 5227: a host that announces or defends its own address asks for it.
  return senderIp === targetIp ? `ARP announces ${senderIp}` : `ARP who has ${targetIp}? tell ${senderIp}`
}
