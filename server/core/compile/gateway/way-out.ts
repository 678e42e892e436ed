// How what VMs on a host send finds the gateway cluster of their router (docs/reference/cloud-gateway.md): in each subnet the router has a selector, a neighbour that
// stands nowhere. Rules lead what goes out to it, and frames for its MAC leave by the one tunnel port to the cluster's VIP, which no flood ever takes. Nothing is
// translated here.

import { mergeHostStates, type HostState } from '../../host/host-state'
import type { Flow } from '../../host/flow'
import { invariant } from '../../invariant'
import { INTEGRATION_BRIDGE, PATCH_TUN, routerDevice, routerNamespace, TUNNEL_BRIDGE, vxlanPortName, type Owner } from '../../naming'
import { findById } from '../../topology/find'
import { floatingIpsOf, hostOfVmPort } from '../../topology/floating-ips'
import { needsSelectors } from '../../topology/gateway-clusters'
import { portsOfNetwork } from '../../topology/lookup'
import type { GatewayCluster } from '../../topology/kinds/gateway-cluster/gateway-cluster'
import type { Network } from '../../topology/kinds/network/network'
import type { Port } from '../../topology/kinds/port/port'
import type { Router } from '../../topology/kinds/router/router'
import { isSelectorPort } from '../../topology/router-ports'
import { flowWriter, goto, INT, pushVlan, setDestination, setTunnel, TUN } from '../openvswitch/flows'
import { vxlanPort } from '../openvswitch/vxlan-port'
import { subnetOf } from '../inside-namespace'
import type { HostScope } from '../scope'
import { tableNumber } from '../table-number'
import { routesBeyond } from '../underlay-routes'

/** A subnet of a router that leads out by a cluster. */
interface WayOut {
  readonly router: Router
  readonly cluster: GatewayCluster
  /** The router's own there. */
  readonly port: Port
  readonly selector: Port
  readonly network: Network
}

/** Inside its namespace, on each host where it stands. */
export function leadOutByCluster(scope: HostScope, router: Router): Partial<HostState> {
  const netns = routerNamespace(router.id)
  const ways = waysOf(scope, router)
  if (ways.length === 0) return {}
  return {
    neighbours: ways.map(({ port, selector }) => ({
      netns,
      link: routerDevice(port),
      address: addressOf(selector),
      macAddress: selector.macAddress,
    })),
    routes: ways.map((way) => ({
      netns,
      table: tableOf(way),
      destination: 'default',
      via: addressOf(way.selector),
      link: routerDevice(way.port),
    })),
    rules: [...ways.flatMap((way) => floatingRules(scope, way)), ...ways.flatMap((way) => subnetRules(scope, way))].map((rule) => ({
      netns,
      ...rule,
    })),
    // What leaves by the device that it came by is not to take another way.
    sysctls: ['all', ...ways.map(({ port }) => routerDevice(port))].map((device) => ({
      netns,
      key: `net/ipv4/conf/${device}/send_redirects`,
      value: '0',
    })),
  }
}

const addressOf = ({ id, fixedIps: [own] }: Port): string => {
  invariant(own, `port ${id} has no address`)
  return own.ipAddress
}

/** As that of what is translated centrally, which there is none of beside it. */
const numberOf = ({ port, selector }: WayOut): number => tableNumber(port, selector.fixedIps[0]?.subnetId)
const tableOf = (way: WayOut): string => String(numberOf(way))

/** Of VMs that run here. Behind the main table: what is on a network of the router goes there. */
function floatingRules({ topology, host }: HostScope, way: WayOut) {
  const { router, selector } = way
  return floatingIpsOf(topology.floatingIps, router.id).flatMap(({ id, fixedPortId, fixedIpAddress, rulePriority }) => {
    const port = findById(topology.ports, fixedPortId)
    const isInSubnet = port?.fixedIps.some(
      ({ subnetId, ipAddress }) => ipAddress === fixedIpAddress && subnetId === selector.fixedIps[0]?.subnetId,
    )
    if (!isInSubnet || hostOfVmPort(port) !== host.id) return []
    invariant(rulePriority !== null, `no priority stored for floating IP ${id}`)
    return [{ priority: rulePriority, source: `${fixedIpAddress}/32`, table: tableOf(way) }]
  })
}

/** Whatever has no floating IP, where the cluster gives it an address. Its number is behind those of all floating IPs. */
function subnetRules(scope: HostScope, way: WayOut) {
  const { router, cluster, selector } = way
  if (!cluster.functions.includes('snat') || !router.gateway?.isSnatEnabled) return []
  const { cidr } = subnetOf(scope, selector.networkId, selector.fixedIps[0]?.subnetId ?? '')
  return [{ priority: numberOf(way), source: cidr, table: tableOf(way) }]
}

/** On the bridges: what all routers of the host share. */
export function compileWaysOut(scope: HostScope): Partial<HostState> {
  const { host } = scope
  const ways = host.tunnel ? scope.routers.filter(({ isAdminStateUp }) => isAdminStateUp).flatMap((router) => waysOf(scope, router)) : []
  const owner: Owner = { kind: 'host', id: host.id }
  const vips = [...new Set(ways.map(({ cluster }) => cluster.vip))]
  const fromGateway = flowWriter(scope, TUNNEL_BRIDGE, owner)
  return mergeHostStates([
    {
      // Not in the table of floods: what is for everybody in a network of a tenant is not for the cluster.
      ovsPorts: vips.map((vip) => vxlanPort(host, vip, owner)),
      flows: vips.map((vip) =>
        fromGateway({ table: TUN.local, priority: 1, match: `in_port=${vxlanPortName(vip)}`, actions: goto(TUN.vxlan) }),
      ),
      routes: routesBeyond(host, vips),
    },
    { flows: ways.flatMap((way) => selectorFlows(scope, way)) },
  ])
}

/**
 * Frames for a selector. Its MAC comes in by no port, so br-int would never learn it and send each frame to all ports of the network: it is told the way. What comes
 * back has that MAC for its source, and goes to the selector's router, whichever else the network has.
 */
function selectorFlows(scope: HostScope, { cluster, port, selector, network }: WayOut): Flow[] {
  const owner: Owner = { kind: 'port', id: selector.id }
  const [int, tun] = [flowWriter(scope, INTEGRATION_BRIDGE, owner), flowWriter(scope, TUNNEL_BRIDGE, owner)]
  const local = scope.localVlan(network.id)
  invariant(network.segmentationId !== null, `VXLAN network ${network.id} has no VNI`)
  return [
    int({
      table: INT.transient,
      priority: 20,
      match: `in_port=${routerDevice(port)},dl_dst=${selector.macAddress}`,
      actions: `${pushVlan(local)},output:${PATCH_TUN}`,
    }),
    int({
      table: INT.toRouter,
      priority: 6,
      match: `dl_vlan=${local},dl_src=${selector.macAddress},dl_dst=${scope.host.dvrMac}`,
      actions: `${setDestination(port.macAddress)},pop_vlan,output:${routerDevice(port)}`,
    }),
    tun({
      table: TUN.unicast,
      priority: 2,
      match: `dl_vlan=${local},dl_dst=${selector.macAddress}`,
      actions: `pop_vlan,${setTunnel(network.segmentationId)},output:${vxlanPortName(cluster.vip)}`,
    }),
  ]
}

/** One for each subnet of the router, if it leads out so. */
function waysOf(scope: HostScope, router: Router): readonly WayOut[] {
  const cluster = findById(scope.topology.gatewayClusters, router.gatewayClusterId)
  if (!cluster || !needsSelectors(router)) return []
  const interfaces = scope.routerPorts.filter(
    ({ deviceId, deviceOwner }) => deviceId === router.id && deviceOwner === 'network:router_interface_distributed',
  )
  return interfaces.flatMap((port) => {
    const subnets = new Set(port.fixedIps.map(({ subnetId }) => subnetId))
    return portsOfNetwork(scope.topology.ports, port.networkId)
      .filter((each) => isSelectorPort(each) && each.deviceId === router.id && subnets.has(each.fixedIps[0]?.subnetId ?? ''))
      .map((selector) => ({ router, cluster, port, selector, network: scope.network(port.networkId) }))
  })
}
