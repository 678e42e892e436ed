// One VXLAN network on one host: VNI ↔ local VLAN on br-tun, unicast per remote MAC, flood to the hosts that have a port.

import type { Flow } from '../host/flow'
import type { HostState } from '../host/host-state'
import { invariant } from '../invariant'
import { TUNNEL_BRIDGE, vxlanPortName, type Owner } from '../naming'
import type { Network } from '../topology/topology'
import { flowWriter, goto, pushVlan, setTunnel, TUN } from './flows'
import type { HostScope } from './scope'
import { remotePorts } from './tunnel-bridge'

export function compileVxlanNetwork(scope: HostScope, network: Network): Partial<HostState> {
  invariant(network.segmentationId !== null, `VXLAN network ${network.id} has no VNI`)
  if (!scope.host.tunnel) return {}
  const vni = network.segmentationId
  const local = scope.localVlan(network.id)
  const flow = flowWriter(TUNNEL_BRIDGE, { kind: 'network', id: network.id })
  const inbound = flow({
    table: TUN.vxlan,
    priority: 1,
    match: `tun_id=0x${vni.toString(16)}`,
    actions: `${pushVlan(local)},${goto(TUN.learn)}`,
  })
  const decapsulated = `pop_vlan,${setTunnel(vni)}`
  return { flows: [inbound, ...unicastFlows(scope, network, local, decapsulated), ...floodFlows(scope, network, local, decapsulated)] }
}

const tunnelPortOf = (scope: HostScope, hostId: string | null): string => {
  const host = scope.topology.hosts.find((candidate) => candidate.id === hostId)
  invariant(host?.tunnel, `host ${hostId} has no tunnel`)
  return vxlanPortName(host.tunnel.address)
}

function unicastFlows(scope: HostScope, network: Network, local: number, decapsulated: string): Flow[] {
  return remotePorts(scope, network.id).map((port) => {
    const owner: Owner = { kind: 'port', id: port.id }
    return flowWriter(TUNNEL_BRIDGE, owner)({
      table: TUN.unicast,
      priority: 2,
      match: `dl_vlan=${local},dl_dst=${port.macAddress}`,
      actions: `${decapsulated},output:${tunnelPortOf(scope, port.hostId)}`,
    })
  })
}

function floodFlows(scope: HostScope, network: Network, local: number, decapsulated: string): Flow[] {
  const ports = new Set(remotePorts(scope, network.id).map((port) => tunnelPortOf(scope, port.hostId)))
  if (ports.size === 0) return []
  const outputs = [...ports].sort().map((port) => `output:${port}`)
  return [
    flowWriter(TUNNEL_BRIDGE, { kind: 'network', id: network.id })({
      table: TUN.flood,
      priority: 1,
      match: `dl_vlan=${local}`,
      actions: [decapsulated, ...outputs].join(','),
    }),
  ]
}
