// What the VXLAN device of a network knows of the others (docs/reference/linux-bridge.md): each MAC's own VTEP, and a flood list of the
// hosts that have a port, whatever their agent is. Learning stays on and there is no ARP proxy, as on Open vSwitch hosts (decision 3).

import { FLOOD_MAC } from '../../host/fdb'
import type { HostState } from '../../host/host-state'
import { invariant } from '../../invariant'
import { vxlanDeviceName } from '../../naming'
import type { Network } from '../../topology/kinds/network/network'
import type { HostScope } from '../scope'
import { remotePorts } from '../remote-ports'

export function compileVxlanForwarding(scope: HostScope, network: Network): Partial<HostState> {
  invariant(network.segmentationId !== null, `VXLAN network ${network.id} has no VNI`)
  if (!scope.host.tunnel) return {}
  const link = vxlanDeviceName(network.segmentationId)
  const remotes = remotePorts(scope, network.id)
  const vteps = new Set(remotes.map(({ host }) => host.tunnel.address))
  const populated = remotes.filter(({ isOnlyThere }) => isOnlyThere)
  return {
    fdb: [
      ...[...vteps].sort().map((destination) => ({ link, macAddress: FLOOD_MAC, destination, isStatic: true })),
      ...populated.map(({ port, host }) => ({ link, macAddress: port.macAddress, destination: host.tunnel.address, isStatic: true })),
    ],
  }
}
