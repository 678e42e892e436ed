// The rules of a router, each with the values that its sentence needs, and the sentence (../../violation.ts).

import type { Messages } from '../../../explain/message'
import { joinQuoted, plural, quoted } from '../../../explain/words'
import type { Names } from '../../rule-values'
import type { RouterRoute } from './router'

export interface RouterRules {
  'router-distributed-agent': { router: string; host: string }
  'router-host-distributed': {}
  'router-host-unused': {}
  'router-floating-ip-mode': {}
  'router-snat-address': { router: string; subnet: string; cidr: string }
  'router-selector-address': { router: string; subnet: string; cidr: string }
  'router-snat-blocks-exhausted': { subnet: string; cidr: string }
  'router-cluster-mode': {}
  'router-cluster-required': {}
  'router-cluster-network': { router: string; cluster: string; network: string }
  'router-cluster-vxlan': { router: string; network: string }
  'router-cluster-forwardings': { router: string; forwardings: Names }
  'router-gateway-in-use': { router: string; network: string; floatingIps: Names }
  'router-gateway-external': { network: string }
  'router-gateway-subnet': { network: string }
  'router-gateway-outside': { address: string; network: string }
  'router-gateway-address': { address: string; subnet: string }
  'router-subnet-unique': { subnet: string; router: string }
  'router-subnet-overlap': { cidr: string; subnet: string; other: string; otherSubnet: string }
  'router-interface-given': {}
  'router-interface-gateway': { subnet: string }
  'router-interface-taken': { address: string; subnet: string; port: string }
  'router-interface-port-used': { port: string }
  'router-interface-port-address': { port: string; count: number }
  'router-interface-of-router': { router: string }
  'router-interface-in-use': { router: string; routes: readonly RouterRoute[] }
  'router-interface-floating-ips': { router: string; floatingIps: Names }
  'router-interface-forwardings': { router: string; forwardings: Names }
  'router-interface-port-forwarded': { port: string; forwardings: Names }
  'router-gateway-mode-forwardings': { router: string; forwardings: Names }
  'router-distributed-forwardings': { router: string; floatingIps: Names; forwardings: Names }
  'router-link-local-exhausted': { most: number }
  'router-route-quota': { most: number; count: number }
  'router-route-family': { destination: string }
  'router-route-unique': { destination: string }
  'router-route-connected': { destination: string; subnet: string }
  'router-route-default': {}
  'router-route-own': { nexthop: string }
  'router-route-off-link': { nexthop: string }
  'router-route-outside': { nexthop: string; subnet: string }
  'router-without-interfaces': { router: string; users: Names }
}

export const routerViolations: Messages<RouterRules> = {
  'router-distributed-agent': ({ router, host }) =>
    `Router ${quoted(router)} is distributed, and would stand on host ${quoted(host)}, which has Linux bridge: there is no distributed router there.`,
  'router-host-distributed': () =>
    'A distributed router stands on every host with a port of its networks. Only one with a central part, for SNAT, has a network host.',
  'router-host-unused': () => 'The router joins no network yet; with its first interface it gets a network host.',
  'router-floating-ip-mode': () =>
    'Only a distributed router may lead floating IPs out in another way than Neutron; one that is not has them at its gateway. Make it distributed, or leave the mode at "dvr".',
  'router-snat-address': ({ router, subnet, cidr }) =>
    `Router ${quoted(router)} is distributed and has SNAT: its central part needs an address of its own in subnet ${quoted(subnet)} (${cidr}), which has none left. Free one, widen the pools, or switch SNAT off.`,
  'router-selector-address': ({ router, subnet, cidr }) =>
    `Router ${quoted(router)} leads out by a gateway cluster: it needs an address of its own in subnet ${quoted(subnet)} (${cidr}), which has none left. Free one, or widen the pools.`,
  'router-snat-blocks-exhausted': ({ subnet, cidr }) =>
    `Members of gateway clusters know addresses of subnets by others of 240.0.0.0/4, of which as many as ${cidr} of subnet ${quoted(subnet)} has are not left.`,
  'router-cluster-mode': () => 'A router leads out by a gateway cluster in the mode "gateway" only.',
  'router-cluster-required': () => 'Choose the gateway cluster by which the router leads out.',
  'router-cluster-network': ({ router, cluster, network }) =>
    `Gateway cluster ${quoted(cluster)} leads out by ${quoted(network)}; router ${quoted(router)} has its gateway in another network.`,
  'router-cluster-forwardings': ({ router, forwardings }) =>
    `Router ${quoted(router)} forwards single ports, which a gateway cluster does not: ${joinQuoted(forwardings)}.`,
  'router-cluster-vxlan': ({ router, network }) =>
    `Router ${quoted(router)} leads out by a gateway cluster, which is reached by VXLAN; network ${quoted(network)} has no VNI.`,
  'router-gateway-in-use': ({ router, network, floatingIps }) =>
    `Router ${quoted(router)} leads out by ${quoted(network)} as long as it has floating IPs there: ${joinQuoted(floatingIps)}.`,
  'router-gateway-external': ({ network }) => `Network ${quoted(network)} is not external; a router leads out by an external network.`,
  'router-gateway-subnet': ({ network }) => `Network ${quoted(network)} has no subnet to take an address of.`,
  'router-gateway-outside': ({ address, network }) => `${address} is in no subnet of the external network ${quoted(network)}.`,
  'router-gateway-address': ({ address, subnet }) =>
    `${address} is the gateway of subnet ${quoted(subnet)}, to which the router sends what leaves; the router has another address.`,
  'router-subnet-unique': ({ subnet, router }) => `Router ${quoted(router)} is in subnet ${quoted(subnet)} already.`,
  'router-subnet-overlap': ({ cidr, subnet, other, otherSubnet }) =>
    `${cidr} of subnet ${quoted(subnet)} overlaps ${other} of subnet ${quoted(otherSubnet)}; a router tells its subnets apart by address.`,
  'router-interface-given': () => 'Choose a subnet or a port, not both.',
  'router-interface-gateway': ({ subnet }) =>
    `Subnet ${quoted(subnet)} has no gateway address for the router to have. Give it one, or add a port with an address.`,
  'router-interface-taken': ({ address, subnet, port }) =>
    `The router would have the gateway address ${address} of subnet ${quoted(subnet)}, which is taken by ${quoted(port)}.`,
  'router-interface-port-used': ({ port }) => `${quoted(port)} is used by another device; a router takes a port that nothing uses.`,
  'router-interface-port-address': ({ port, count }) =>
    `${quoted(port)} has ${count === 0 ? 'no address' : plural(count, 'address', 'addresses')}; an interface of a router has one.`,
  'router-interface-of-router': ({ router }) => `Router ${quoted(router)} has no such interface, or no longer.`,
  'router-interface-in-use': ({ router, routes }) =>
    `Routes of router ${quoted(router)} lead through this interface: ${routes.map(({ destination, nexthop }) => `${destination} by ${nexthop}`).join(', ')}. Remove them first.`,
  'router-interface-floating-ips': ({ router, floatingIps }) =>
    `Floating IPs of router ${quoted(router)} lead through this interface: ${joinQuoted(floatingIps)}. Lead them elsewhere first.`,
  'router-interface-forwardings': ({ router, forwardings }) =>
    `Port forwardings of router ${quoted(router)} lead through this interface: ${joinQuoted(forwardings)}. Remove them first.`,
  'router-interface-port-forwarded': ({ port, forwardings }) =>
    `Ports are forwarded to ${quoted(port)}: ${joinQuoted(forwardings)}. Remove them first.`,
  'router-gateway-mode-forwardings': ({ router, forwardings }) =>
    `Router ${quoted(router)} has port forwardings: ${joinQuoted(forwardings)}. Gateways translate whole addresses and forward no ports; remove them first.`,
  'router-distributed-forwardings': ({ router, floatingIps, forwardings }) =>
    `Router ${quoted(router)} would be distributed, and replies of port forwardings (${joinQuoted(forwardings)}) would leave by floating IPs of the VMs themselves (${joinQuoted(floatingIps)}). Take away the ones or the others.`,
  'router-link-local-exhausted': ({ most }) =>
    `There are ${most} distributed routers that lead out already, and no link-local addresses for another.`,
  'router-route-quota': ({ most, count }) => `A router has at most ${most} extra routes; these are ${count}.`,
  'router-route-family': ({ destination }) => `${destination} is no IPv4 prefix; routers route IPv4 only so far.`,
  'router-route-unique': ({ destination }) => `There is a route to ${destination} already.`,
  'router-route-connected': ({ destination, subnet }) => `${destination} is subnet ${quoted(subnet)}, in which the router is itself.`,
  'router-route-default': () => 'The router has a gateway, and with it a route to everything else.',
  'router-route-own': ({ nexthop }) => `${nexthop} is an address of the router itself.`,
  'router-route-off-link': ({ nexthop }) => `${nexthop} is in no subnet of the router: the next hop is a neighbour.`,
  'router-route-outside': ({ nexthop, subnet }) =>
    `${nexthop} is a neighbour in ${quoted(subnet)}, where a distributed router leads out, and it is there itself only while it translates. Switch SNAT on, or have a router that is not distributed.`,
  'router-without-interfaces': ({ router, users }) => `Router ${quoted(router)} still has interfaces: ${joinQuoted(users)}.`,
}
