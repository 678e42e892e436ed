// Floating IPs of a distributed router on a host (docs/reference/routers.md): a rule leads what a VM with one sends into table 16, that by a veth pair into
// the namespace of the external network, which all routers of the host share. There `fg-` answers by proxy ARP for each floating IP, since the way
// to it leads back by another device. An external address per host is what that costs. A router whose floating IPs are led out by hand has them as
// addresses, too, translates whoever sends to them, and leads out by the one main table of that namespace; there the routers of both ways agree.

import { mergeHostStates, type HostState } from '../host/host-state'
import type { Link } from '../host/link'
import { invariant } from '../invariant'
import { fgName, fipNamespace, fprName, rfpName, routerNamespace, type Owner } from '../naming'
import { isAgentGateway } from '../topology/floating-ips'
import { renderIpv4 } from '../topology/ipv4'
import { portsOfNetwork } from '../topology/lookup'
import type { Network } from '../topology/kinds/network/network'
import type { Port } from '../topology/kinds/port/port'
import type { Router } from '../topology/kinds/router/router'
import { driverOf } from './agent-drivers'
import { translationChains } from './floating-ip-translation'
import type { Associated } from './floating-ips-here'
import { addressesOf, chainWithJump, isInSubnet, subnetOf } from './inside-namespace'
import type { HostScope } from './scope'

/** Neutron's FIP_RT_TBL. */
const FLOATING_TABLE = '16'
/** 169.254.64.0, the first of 8,192 pairs of two (agent/l3/dvr_fip_ns.py, link_local_allocator.py). */
const FIRST_PAIR = 0xa9_fe_40_00

export function compileFloatingIps(scope: HostScope, router: Router, floatingIps: readonly Associated[]): Partial<HostState> {
  if (floatingIps.length === 0 || !router.gateway) return {}
  const network = scope.network(router.gateway.networkId)
  const gatewayPort = agentGateway(scope, network)
  invariant(router.linkLocalPair !== undefined, `no pair of link-local addresses stored for router ${router.id}`)
  const pair = pairOf(router.linkLocalPair)
  return mergeHostStates([
    pairLinks(router, network, pair),
    inRouter(router, floatingIps, pair),
    inFloatingNamespace(scope, network, gatewayPort),
    throughNamespace(scope, router, network, gatewayPort, floatingIps, pair),
  ])
}

function agentGateway({ topology, host }: HostScope, { id, name }: Network): Port {
  const port = portsOfNetwork(topology.ports, id).find((each) => isAgentGateway(each) && each.hostId === host.id)
  invariant(port, `no port for floating IPs of ${name} on host ${host.id}`)
  return port
}

interface Pair {
  readonly inside: string
  readonly outside: string
  /** The latter as a number: Neutron's name of its table, and the priority of the rule that leads there. */
  readonly number: number
}

function pairOf(index: number): Pair {
  const first = FIRST_PAIR + 2 * index
  return { inside: renderIpv4(first), outside: renderIpv4(first + 1), number: first + 1 }
}

function pairLinks({ id }: Router, { id: networkId, mtu }: Network, { outside }: Pair): Partial<HostState> {
  const owner: Owner = { kind: 'router', id }
  const [router, floating] = [routerNamespace(id), fipNamespace(networkId)]
  const end = (netns: string, name: string, peer: NonNullable<Link['peer']>): Link => ({
    netns,
    name,
    type: 'veth',
    owner,
    isUp: true,
    mtu,
    peer,
  })
  return {
    links: [
      end(router, rfpName(id), { netns: floating, name: fprName(id) }),
      end(floating, fprName(id), { netns: router, name: rfpName(id) }),
    ],
    addresses: [{ netns: floating, link: fprName(id), cidr: `${outside}/31` }],
  }
}

const isByHand = ({ floatingIpMode }: Router): boolean => floatingIpMode === 'by-hand'

function inRouter(router: Router, floatingIps: readonly Associated[], { inside, outside }: Pair): Partial<HostState> {
  const [netns, link] = [routerNamespace(router.id), rfpName(router.id)]
  return {
    addresses: [
      { netns, link, cidr: `${inside}/31` },
      // What the router itself sends to one has it for a source, and is translated on its way.
      ...(isByHand(router) ? floatingIps.map(({ floating }) => ({ netns, link, cidr: `${floating}/32` })) : []),
    ],
    routes: [{ netns, table: FLOATING_TABLE, destination: 'default', via: outside, link }],
    // Behind the main table: what is on a network of the router goes there.
    rules: floatingIps.map(({ id: floatingIpId, fixed, rulePriority }) => {
      invariant(rulePriority !== null, `no priority stored for floating IP ${floatingIpId}`)
      return { netns, priority: rulePriority, source: `${fixed}/32`, table: FLOATING_TABLE }
    }),
    iptables: translationChains({
      netns,
      outside: link,
      floatingIps,
      forwarded: [],
      ownAddress: null,
      isSnatEnabled: false,
      isOnlyFromOutside: !isByHand(router),
    }),
  }
}

/** One for all routers of the host with this external network. */
function inFloatingNamespace(scope: HostScope, network: Network, port: Port): Partial<HostState> {
  const netns = fipNamespace(network.id)
  const device = fgName(port.id)
  return mergeHostStates([
    driverOf(scope.host).plugInside(scope, port, network, { netns, device }),
    {
      namespaces: [{ name: netns, owner: { kind: 'network', id: network.id } }],
      addresses: addressesOf(scope, port, { netns, device }),
      sysctls: Object.entries({
        'net/ipv4/ip_forward': '1',
        'net/ipv4/ip_nonlocal_bind': '1',
        [`net/ipv4/conf/${device}/proxy_arp`]: '1',
        [`net/ipv4/neigh/${device}/proxy_delay`]: '0',
        // The way back to whoever is outside is another table's (throughNamespace), which the check of a source does not ask.
        'net/ipv4/conf/all/rp_filter': '0',
        [`net/ipv4/conf/${device}/rp_filter`]: '0',
      }).map(([key, value]) => ({ netns, key, value })),
      // It translates nothing, and so remembers nothing.
      iptables: chainWithJump({ netns, family: 'ipv4', table: 'raw' }, 'PREROUTING', ['-j CT --notrack']),
    },
  ])
}

/** To each floating IP by the router that has it; and out, for each router by a table of its own or, by hand, for all that have none. */
function throughNamespace(
  scope: HostScope,
  router: Router,
  network: Network,
  port: Port,
  floatingIps: readonly Associated[],
  { inside, number }: Pair,
): Partial<HostState> {
  const netns = fipNamespace(network.id)
  const [link, device, table] = [fprName(router.id), fgName(port.id), isByHand(router) ? 'main' : String(number)]
  const subnets = port.fixedIps.map(({ subnetId }) => subnetOf(scope, network.id, subnetId))
  const isOnLink = (address: string): boolean => subnets.some((subnet) => isInSubnet(subnet, address))
  const gateway = subnets[0]?.gatewayIp
  // The main table is for all routers by hand, of which each may want another way.
  const extra = isByHand(router) ? [] : router.routes.filter(({ nexthop }) => isOnLink(nexthop))
  return {
    routes: [
      ...floatingIps.map(({ floating }) => ({
        netns,
        table: 'main',
        destination: `${floating}/32`,
        via: inside,
        link,
        announcedOn: device,
      })),
      ...extra.map(({ destination, nexthop }) => ({ netns, table, destination, via: nexthop, link: device })),
      // The kernel looks for a neighbour of one table in all of them.
      ...(gateway && !isOnLink(gateway) ? [{ netns, table: 'main', destination: `${gateway}/32`, link: device }] : []),
      ...(gateway ? [{ netns, table, destination: 'default', via: gateway, link: device }] : []),
    ],
    rules: (gateway || extra.length > 0) && !isByHand(router) ? [{ netns, priority: number, source: 'all', inputLink: link, table }] : [],
  }
}
