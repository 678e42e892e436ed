// The rules of a floating IP, each with the values that its sentence needs, and the sentence (../../violation.ts).

import type { Messages } from '../../../explain/message'
import { joinQuoted, quoted } from '../../../explain/words'
import type { Names } from '../../rule-values'

export interface FloatingIpRules {
  'floating-ip-external': { network: string }
  'floating-ip-subnet': { network: string }
  'floating-ip-outside': { address: string; network: string }
  'floating-ip-gateway-address': { address: string; subnet: string }
  'floating-ip-port-given': {}
  'floating-ip-port-owner': { port: string }
  'floating-ip-port-address': { port: string; count: number }
  'floating-ip-fixed-address': { address: string; port: string }
  'floating-ip-fixed-unique': { address: string; port: string; floatingIp: string; network: string }
  'floating-ip-port-forwardings': { floatingIp: string; forwardings: Names }
  'floating-ip-forwarded-address': { address: string; port: string; router: string; forwardings: Names }
  'floating-ip-forwards': { floatingIp: string; forwardings: Names }
  'floating-ip-route': { address: string; port: string; network: string }
  'floating-ip-priorities-exhausted': { most: number }
}

export const floatingIpViolations: Messages<FloatingIpRules> = {
  'floating-ip-external': ({ network }) =>
    `Network ${quoted(network)} is not external; a floating IP is an address of an external network.`,
  'floating-ip-subnet': ({ network }) => `Network ${quoted(network)} has no subnet to take an address of.`,
  'floating-ip-outside': ({ address, network }) => `${address} is in no subnet of the external network ${quoted(network)}.`,
  'floating-ip-gateway-address': ({ address, subnet }) =>
    `${address} is the gateway of subnet ${quoted(subnet)}, to which routers send what leaves; a floating IP is another address.`,
  'floating-ip-port-given': () => 'Choose the port that has this address.',
  'floating-ip-port-owner': ({ port }) =>
    `${quoted(port)} belongs to the network itself; a floating IP leads to a port of a VM, or to one that is free.`,
  'floating-ip-port-address': ({ port, count }) =>
    count === 0
      ? `${quoted(port)} has no address for a floating IP to lead to.`
      : `${quoted(port)} has ${count} addresses; choose the one that the floating IP leads to.`,
  'floating-ip-fixed-address': ({ address, port }) => `${address} is no address of ${quoted(port)}.`,
  'floating-ip-fixed-unique': ({ address, port, floatingIp, network }) =>
    `${address} of ${quoted(port)} has a floating IP in ${quoted(network)} already: ${floatingIp}.`,
  'floating-ip-port-forwardings': ({ floatingIp, forwardings }) =>
    `Floating IP ${floatingIp} has port forwardings, and so leads to no port as a whole: ${joinQuoted(forwardings)}. Remove them first.`,
  'floating-ip-forwarded-address': ({ address, port, router, forwardings }) =>
    `Ports are forwarded to ${address} of ${quoted(port)}: ${joinQuoted(forwardings)}. With a floating IP of its own its replies would leave router ${quoted(router)}, which is distributed, on its own host and untranslated. Remove them first.`,
  'floating-ip-forwards': ({ floatingIp, forwardings }) =>
    `Floating IP ${floatingIp} still has port forwardings: ${joinQuoted(forwardings)}.`,
  'floating-ip-route': ({ address, port, network }) =>
    `No router leads from the subnet of ${address} of ${quoted(port)} out by ${quoted(network)}: give one an interface there, and its gateway in ${quoted(network)}.`,
  'floating-ip-priorities-exhausted': ({ most }) =>
    `All ${most} priorities for floating IPs of distributed routers are given away; no further one can lead to a port.`,
}
