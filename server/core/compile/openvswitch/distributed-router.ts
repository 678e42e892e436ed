// Distributed routers on one host (docs/reference/routers.md): each host routes what its own VMs send, so the interfaces of a router have the same
// MACs on all of them, and none of these may ever be seen on the wire. What a router sends out bears the DVR MAC of its host instead, and
// gets the interface's back where it arrives. Tunnel networks here; flat and VLAN ones in distributed-provider.ts.

import type { Flow } from '../../host/flow'
import type { HostState } from '../../host/host-state'
import { INTEGRATION_BRIDGE, PATCH_INT, PATCH_TUN, routerDevice, TUNNEL_BRIDGE, type Owner } from '../../naming'
import type { Network } from '../../topology/kinds/network/network'
import type { Port } from '../../topology/kinds/port/port'
import { distributedInterfaces, gatewayOf, peersIn, tunnelledNetworks } from '../routed-networks'
import type { HostScope } from '../scope'

import { flowWriter, goto, INT, setDestination, setSource, TUN } from './flows'
import { servedHere } from './served-here'

export function compileDistributedRouters(scope: HostScope): Partial<HostState> {
  const networks = tunnelledNetworks(scope)
  return networks.length === 0
    ? {}
    : { flows: [...betweenHosts(scope, networks), ...networks.flatMap((network) => inNetwork(scope, network))] }
}

function betweenHosts(scope: HostScope, networks: readonly Network[]): Flow[] {
  const owner: Owner = { kind: 'host', id: scope.host.id }
  const [int, tun] = [flowWriter(scope, INTEGRATION_BRIDGE, owner), flowWriter(scope, TUNNEL_BRIDGE, owner)]
  return [
    int({ table: INT.routedTunnel, priority: 1, actions: 'drop' }),
    int({ table: INT.toRouter, priority: 1, actions: 'drop' }),
    int({ table: INT.local, priority: 5, match: `in_port=${PATCH_TUN},dl_dst=${scope.host.dvrMac}`, actions: goto(INT.toRouter) }),
    tun({ table: TUN.routed, priority: 0, actions: goto(TUN.patch) }),
    tun({ table: TUN.notLearned, priority: 0, actions: goto(TUN.learn) }),
    ...peersIn(scope, networks).flatMap(({ dvrMac }) => [
      int({ table: INT.local, priority: 2, match: `in_port=${PATCH_TUN},dl_src=${dvrMac}`, actions: goto(INT.routedTunnel) }),
      tun({ table: TUN.notLearned, priority: 1, match: `dl_src=${dvrMac}`, actions: `output:${PATCH_INT}` }),
    ]),
  ]
}

function inNetwork(scope: HostScope, network: Network): Flow[] {
  const vlan = `dl_vlan=${scope.localVlan(network.id)}`
  return [
    ...distributedInterfaces(scope, network.id).flatMap((router) => interfaceFlows(scope, router, vlan)),
    ...toRouter(scope, network, vlan),
    ...servedHere(scope, network).flatMap(({ port, device }) => servedFlows(scope, port, device, vlan)),
  ]
}

/** What is for an interface is for the one on this host; what it sends has another face outside. */
function interfaceFlows(scope: HostScope, router: Port, vlan: string): Flow[] {
  const owner: Owner = { kind: 'port', id: router.id }
  const [int, tun] = [flowWriter(scope, INTEGRATION_BRIDGE, owner), flowWriter(scope, TUNNEL_BRIDGE, owner)]
  const { macAddress: mac, fixedIps } = router
  const own = scope.host.dvrMac
  return [
    int({
      table: INT.local,
      priority: 99,
      match: `in_port=${PATCH_TUN},arp,arp_op=2,dl_dst=${own},arp_tha=${mac}`,
      actions: `${setDestination(mac)},${goto(INT.packetRate)}`,
    }),
    tun({ table: TUN.routed, priority: 2, match: `${vlan},dl_dst=${mac}`, actions: 'drop' }),
    tun({ table: TUN.routed, priority: 1, match: `${vlan},dl_src=${mac}`, actions: `${setSource(own)},${goto(TUN.patch)}` }),
    ...fixedIps.map(({ ipAddress }) => tun({ table: TUN.flood, priority: 3, match: `arp,${vlan},arp_tpa=${ipAddress}`, actions: 'drop' })),
  ]
}

/** One interface of the network takes what is sent to the host's DVR MAC: nothing in the frame says which router it is for. */
function toRouter(scope: HostScope, network: Network, vlan: string): Flow[] {
  const [router] = distributedInterfaces(scope, network.id)
  if (!router) return []
  const flow = flowWriter(scope, INTEGRATION_BRIDGE, { kind: 'port', id: router.id })
  return [
    flow({
      table: INT.toRouter,
      priority: 5,
      match: `${vlan},dl_dst=${scope.host.dvrMac}`,
      actions: `${setDestination(router.macAddress)},pop_vlan,output:${routerDevice(router)}`,
    }),
  ]
}

/** What another host has routed goes straight to the port, as if the router here had sent it. A VM may send a tag with that number itself. */
function servedFlows(scope: HostScope, port: Port, device: string, vlan: string): Flow[] {
  const gateway = gatewayOf(scope, port)
  if (!gateway) return []
  const flow = flowWriter(scope, INTEGRATION_BRIDGE, { kind: 'port', id: port.id })
  const match = `in_port=${PATCH_TUN},${vlan},dl_dst=${port.macAddress}`
  return [
    flow({ table: INT.routedTunnel, priority: 20, match, actions: `${setSource(gateway.macAddress)},${goto(INT.packetRate)}` }),
    flow({ table: INT.transient, priority: 20, match, actions: `pop_vlan,output:${device}` }),
  ]
}
