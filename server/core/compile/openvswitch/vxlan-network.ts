// One VXLAN network on one host: VNI ↔ local VLAN on br-tun, unicast per remote MAC, flood to the hosts that have a port.

import type { Flow } from '../../host/flow'
import type { HostState } from '../../host/host-state'
import { invariant } from '../../invariant'
import { TUNNEL_BRIDGE, vxlanPortName, type Owner } from '../../naming'
import type { Network } from '../../topology/kinds/network/network'
import { flowWriter, goto, pushVlan, setTunnel, TUN } from './flows'
import { hasDistributedRouter } from '../routed-networks'
import type { HostScope } from '../scope'
import { remotePorts, type RemotePort } from '../remote-ports'

export function compileVxlanNetwork(scope: HostScope, network: Network): Partial<HostState> {
  invariant(network.segmentationId !== null, `VXLAN network ${network.id} has no VNI`)
  if (!scope.host.tunnel) return {}
  const vni = network.segmentationId
  const local = scope.localVlan(network.id)
  const flow = flowWriter(scope, TUNNEL_BRIDGE, { kind: 'network', id: network.id })
  const inbound = flow({
    table: TUN.vxlan,
    priority: 1,
    match: `tun_id=0x${vni.toString(16)}`,
    actions: `${pushVlan(local)},${goto(hasDistributedRouter(scope, network.id) ? TUN.notLearned : TUN.learn)}`,
  })
  const decapsulated = `pop_vlan,${setTunnel(vni)}`
  return { flows: [inbound, ...unicastFlows(scope, network, local, decapsulated), ...floodFlows(scope, network, local, decapsulated)] }
}

const tunnelPortOf = ({ host }: RemotePort): string => vxlanPortName(host.tunnel.address)

function unicastFlows(scope: HostScope, network: Network, local: number, decapsulated: string): Flow[] {
  const populated = remotePorts(scope, network.id).filter(({ isOnlyThere }) => isOnlyThere)
  return populated.map((remote) => {
    const owner: Owner = { kind: 'port', id: remote.port.id }
    return flowWriter(
      scope,
      TUNNEL_BRIDGE,
      owner,
    )({
      table: TUN.unicast,
      priority: 2,
      match: `dl_vlan=${local},dl_dst=${remote.port.macAddress}`,
      actions: `${decapsulated},output:${tunnelPortOf(remote)}`,
    })
  })
}

function floodFlows(scope: HostScope, network: Network, local: number, decapsulated: string): Flow[] {
  const ports = new Set(remotePorts(scope, network.id).map(tunnelPortOf))
  if (ports.size === 0) return []
  const outputs = [...ports].sort().map((port) => `output:${port}`)
  return [
    flowWriter(scope, TUNNEL_BRIDGE, { kind: 'network', id: network.id })({
      table: TUN.flood,
      priority: 1,
      match: `dl_vlan=${local}`,
      actions: [decapsulated, ...outputs].join(','),
    }),
  ]
}
