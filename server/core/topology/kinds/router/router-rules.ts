// Rules of routers (docs/reference/routers.md); those of its extra routes are in router-route-rules.ts.

import { chooseNetworkHost, countLoads } from '../../allocate/network-host'
import { needsCentralPart } from '../../central-part'
import { findById } from '../../find'
import { floatingIpsOf } from '../../floating-ips'
import { doCidrsOverlap, parseCidr } from '../../ipv4'
import { portsOfNetwork } from '../../lookup'
import { checkStandsOn } from '../../rules/binding-rules'
import { checkName } from '../../rules/names'
import { labelsOf, refuse } from '../../rules/removal-rules'
import { interfacesOf, isCentralPort, isRouterPort, isSelectorPort, portsOfRouter } from '../../router-ports'
import type { Topology } from '../../topology'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { labelFloatingIp } from '../floating-ip/floating-ip-label'
import type { DesignObject } from '../kind'
import type { Port } from '../port/port'
import type { Subnet } from '../subnet/subnet'
import type { Router } from './router'
import { checkRouterCluster } from './router-cluster-rules'
import { checkForwarding } from './router-forwarding-rules'
import { checkRoutes } from './router-route-rules'

/** `topology` holds the router's ports as they are to be. */
export function checkRouter(topology: Topology, router: Router): Violation[] {
  return [
    ...checkName(router.name),
    ...(findById(topology.projects, router.projectId) ? [] : [missing('project', 'projectId')]),
    ...checkGateway(topology, router),
    ...checkSubnets(topology, router, 'gateway.networkId'),
    ...checkDistribution(topology, router, 'isDistributed'),
    ...checkFloatingIpMode(router),
    ...checkForwarding(topology, router),
    ...checkRouterCluster(topology, router),
    ...checkRouterRoutes(topology, router),
  ]
}

const checkFloatingIpMode = ({ isDistributed, floatingIpMode }: Router): Violation[] =>
  isDistributed || floatingIpMode === 'dvr' ? [] : [invalid('router-floating-ip-mode', 'floatingIpMode', {})]

function checkGateway(topology: Topology, { gateway }: Router): Violation[] {
  if (!gateway) return []
  const unfit = checkGatewayNetwork(topology, gateway.networkId)
  const [fixedIp] = findById(topology.ports, gateway.portId)?.fixedIps ?? []
  const subnet = findById(topology.subnets, fixedIp?.subnetId)
  if (unfit.length > 0 || !subnet || !fixedIp) return unfit
  return checkGatewayAddress(subnet, fixedIp.ipAddress, 'gateway.ipAddress')
}

export function checkGatewayNetwork({ networks }: Topology, networkId: string): Violation[] {
  const network = findById(networks, networkId)
  if (!network) return [missing('network', 'gateway.networkId')]
  return network.isExternal ? [] : [conflict('router-gateway-external', 'gateway.networkId', { network: network.name }, [network.name])]
}

/** Floating IPs hold the router where it leads out, as in Neutron. */
export function checkGatewayKept(topology: Topology, before: Router, router: Router): Violation[] {
  const { gateway } = before
  if (!gateway || router.gateway?.networkId === gateway.networkId) return []
  const floatingIps = floatingIpsOf(topology.floatingIps, router.id).map((each) => labelFloatingIp(topology, each))
  const network = findById(topology.networks, gateway.networkId)?.name ?? gateway.networkId
  return floatingIps.length === 0
    ? []
    : [conflict('router-gateway-in-use', 'gateway.networkId', { router: router.name, network, floatingIps }, floatingIps)]
}

/** The router would send what leaves to itself. */
export const checkGatewayAddress = (subnet: Subnet, address: string, field: string): Violation[] =>
  subnet.gatewayIp === address ? [conflict('router-gateway-address', field, { address, subnet: subnet.name }, [subnet.name])] : []

/** Each is in one subnet, and no two in the same addresses, that of its gateway included. */
export function checkSubnets(topology: Topology, router: Router, field: string): Violation[] {
  const subnets = subnetsOfRouter(topology, router)
  return subnets.flatMap((subnet, index) => {
    const earlier = subnets.slice(0, index)
    if (earlier.includes(subnet))
      return [conflict('router-subnet-unique', field, { subnet: subnet.name, router: router.name }, [subnet.name])]
    const other = earlier.find((each) => doOverlap(each, subnet))
    if (!other) return []
    const clash = { cidr: subnet.cidr, subnet: subnet.name, other: other.cidr, otherSubnet: other.name }
    return [conflict('router-subnet-overlap', field, clash, [subnet.name, other.name])]
  })
}

function doOverlap(one: Subnet, other: Subnet): boolean {
  const [left, right] = [parseCidr(one.cidr), parseCidr(other.cidr)]
  return left !== null && right !== null && doCidrsOverlap(left, right)
}

/** One per address, but for those of its central part and its selectors. */
const subnetsOfRouter = ({ ports, subnets }: Topology, { id }: Router): Subnet[] =>
  portsOfRouter(ports, id)
    .filter((port) => !isCentralPort(port) && !isSelectorPort(port))
    .flatMap(({ fixedIps }) => fixedIps.flatMap(({ subnetId }) => findById(subnets, subnetId) ?? []))

/** A distributed router stands where ports of its networks are. DHCP servers go elsewhere, if there is another host for them. */
export function checkDistribution(topology: Topology, router: Router, field: string): Violation[] {
  if (!router.isDistributed) return []
  const networkIds = [...new Set(interfacesOf(topology.ports, router.id).map(({ networkId }) => networkId))]
  const served = networkIds.flatMap((networkId) => portsOfNetwork(topology.ports, networkId)).filter((port) => staysPut(topology, port))
  const hostIds = [...new Set(served.flatMap(({ hostId }) => hostId ?? []))]
  return hostIds.flatMap((hostId) => {
    const host = findById(topology.hosts, hostId)
    return host ? checkStandsOn(topology, router, host, field) : []
  })
}

function staysPut(topology: Topology, port: Port): boolean {
  if (port.deviceOwner !== 'network:dhcp') return !isRouterPort(port)
  const network = findById(topology.networks, port.networkId)
  return network !== null && chooseNetworkHost(topology, [network], port.hostId, countLoads([])) === null
}

export function checkRouterRoutes(topology: Topology, router: Router): Violation[] {
  const own = portsOfRouter(topology.ports, router.id).flatMap(({ fixedIps }) => fixedIps.map(({ ipAddress }) => ipAddress))
  return checkRoutes(router, { subnets: subnetsOfRouter(topology, router), unreached: unreachedSubnets(topology, router), own })
}

/** A distributed router is outside in its central part only. */
const unreachedSubnets = (topology: Topology, router: Router): readonly Subnet[] =>
  router.isDistributed && !needsCentralPart(topology, router)
    ? (findById(topology.ports, router.gateway?.portId)?.fixedIps ?? []).flatMap(
        ({ subnetId }) => findById(topology.subnets, subnetId) ?? [],
      )
    : []

/** Its gateway goes with it, as in Neutron. */
export function checkRouterRemoval(topology: Topology, router: Router): Violation[] {
  const users = labelsOf(topology, interfacesOf(topology.ports, router.id))
  return refuse('router-without-interfaces', users, { router: router.name, users })
}

export const takenByRouter = ({ ports }: Topology, { id }: Router): DesignObject[] =>
  portsOfRouter(ports, id).map((item) => ({ kind: 'port' as const, item }))
