// The rules of a port, each with the values that its sentence needs, and the sentence (../../violation.ts).

import type { Messages } from '../../../explain/message'
import { joinQuoted, quoted } from '../../../explain/words'
import type { Names } from '../../rule-values'

export interface PortRules {
  'mac-form': {}
  'mac-not-zero': {}
  'mac-not-broadcast': {}
  'mac-not-multicast': { mac: string }
  'mac-unique': { mac: string; port: string }
  'subnet-of-network': { subnet: string }
  'address-in-subnet': { address: string; cidr: string; subnet: string }
  'address-usable': { address: string; cidr: string }
  'address-listed-once': { address: string }
  'address-unique': { address: string; port: string }
  'address-abroad': { address: string; cloud: string }
  'port-follows-vm': { vm: string } | { port: string }
  'port-follows-trunk': { trunk: string }
  'port-unused': { port: string }
  'port-of-vm': { vm: string }
  'port-of-trunk': { trunk: string; isParent: boolean }
  'port-automatic': {}
  'port-of-router': { router: string; with: 'gateway' | 'interface' | 'snat' | 'cluster' }
  'port-of-floating-ips': {}
  'port-of-gateway': { cluster: string }
  'port-floating-ip': { port: string; floatingIps: Names }
  'address-floating-ip': { address: string; floatingIp: string }
  'address-port-forwarding': { address: string; forwarding: string }
  'port-security-off': { has: 'groups' | 'pairs' }
  'address-pairs-count': { most: number; count: number }
  'address-pair-unique': { address: string; mac: string }
}

const routerPart: Record<PortRules['port-of-router']['with'], string> = {
  gateway: 'gateway',
  interface: 'interface',
  snat: 'SNAT',
  cluster: 'gateway cluster',
}

export const portViolations: Messages<PortRules> = {
  'mac-form': () => 'A MAC address is written like fa:16:3e:12:34:56.',
  'mac-not-zero': () => 'The all-zero MAC address belongs to nobody.',
  'mac-not-broadcast': () => 'The broadcast MAC address belongs to everybody.',
  'mac-not-multicast': ({ mac }) => `${mac} is a multicast address: its first octet is odd. A port needs a unicast one.`,
  'mac-unique': ({ mac, port }) => `${mac} is the MAC address of ${quoted(port)} in the same network.`,
  'subnet-of-network': ({ subnet }) => `Subnet ${quoted(subnet)} belongs to another network.`,
  'address-in-subnet': ({ address, cidr, subnet }) => `${address} is not in ${cidr} of subnet ${quoted(subnet)}.`,
  'address-usable': ({ address, cidr }) => `${address} is the network's own or the broadcast address of ${cidr}.`,
  'address-listed-once': ({ address }) => `${address} is listed twice.`,
  'address-unique': ({ address, port }) => `${address} is taken by ${quoted(port)}.`,
  'address-abroad': ({ address, cloud }) =>
    `${address} is a floating IP of cloud ${quoted(cloud)}, as its record in a gateway cluster says.`,
  'port-follows-vm': (bound) =>
    'vm' in bound
      ? `The port belongs to VM ${quoted(bound.vm)} and stays on its host.`
      : `${quoted(bound.port)} is bound to another host than the VM.`,
  'port-follows-trunk': ({ trunk }) => `The port is a subport of ${quoted(trunk)} and stays where its parent is.`,
  'port-unused': ({ port }) => `${quoted(port)} is in use already.`,
  'port-of-vm': ({ vm }) => `The port belongs to VM ${quoted(vm)}; it goes when the VM goes.`,
  'port-of-trunk': ({ trunk, isParent }) =>
    isParent
      ? `The port is the parent of ${quoted(trunk)}. Delete the trunk first.`
      : `The port is a subport of ${quoted(trunk)}. Take it out of the trunk first.`,
  'port-automatic': () => "This port is the DHCP server's; it comes and goes with DHCP on its subnets.",
  'port-of-router': ({ router, with: part }) =>
    `The port belongs to router ${quoted(router)}; it comes and goes with its ${routerPart[part]}.`,
  'port-of-floating-ips': () => 'The port belongs to floating IPs; it comes and goes with them.',
  'port-of-gateway': ({ cluster }) => `The port belongs to gateway cluster ${quoted(cluster)}; it comes and goes with its members.`,
  'port-floating-ip': ({ port, floatingIps }) =>
    `Floating IPs lead to ${quoted(port)}: ${joinQuoted(floatingIps)}. Lead them elsewhere first.`,
  'address-port-forwarding': ({ address, forwarding }) => `${address} stays: the port forwarding ${quoted(forwarding)} leads to it.`,
  'address-floating-ip': ({ address, floatingIp }) => `${address} stays: floating IP ${floatingIp} leads to it.`,
  'port-security-off': ({ has }) =>
    `A port without port security has no ${has === 'groups' ? 'security groups' : 'allowed address pairs'}. Leave them out, or switch port security on.`,
  'address-pairs-count': ({ most, count }) => `A port has at most ${most} allowed address pairs; these are ${count}.`,
  'address-pair-unique': ({ address, mac }) => `${address} with ${mac} is listed twice.`,
}
