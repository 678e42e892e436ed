// What the VXLAN device of a network knows of the others (reference §8): each MAC's own VTEP, and a flood list of the hosts that
// have a port, whatever their agent is. Learning stays on and there is no ARP proxy, as on Open vSwitch hosts (decision 3).

import { FLOOD_MAC } from '../../host/fdb'
import type { HostState } from '../../host/host-state'
import { invariant } from '../../invariant'
import { vxlanDeviceName } from '../../naming'
import type { Network, Port } from '../../topology/topology'
import type { HostScope } from '../scope'
import { remotePorts } from '../tunnel-bridge'

export function compileVxlanForwarding(scope: HostScope, network: Network): Partial<HostState> {
  invariant(network.segmentationId !== null, `VXLAN network ${network.id} has no VNI`)
  if (!scope.host.tunnel) return {}
  const link = vxlanDeviceName(network.segmentationId)
  const ports = remotePorts(scope, network.id)
  const vteps = new Set(ports.map((port) => vtepOf(scope, port)))
  return {
    fdb: [
      ...[...vteps].sort().map((destination) => ({ link, macAddress: FLOOD_MAC, destination, isStatic: true })),
      ...ports.map((port) => ({ link, macAddress: port.macAddress, destination: vtepOf(scope, port), isStatic: true })),
    ],
  }
}

function vtepOf({ topology }: HostScope, { hostId }: Port): string {
  const host = topology.hosts.find(({ id }) => id === hostId)
  invariant(host?.tunnel, `host ${hostId} has no tunnel`)
  return host.tunnel.address
}
