// The ports of a network on a host that routers serve, each with its device on br-int. A dead one is none of them.

import { tapName } from '../../naming'
import type { Network } from '../../topology/kinds/network/network'
import type { Port } from '../../topology/kinds/port/port'
import { isServed } from '../../topology/distributed-routers'
import { portsOfNetwork } from '../../topology/lookup'
import { isDead, type HostScope } from '../scope'
import { integrationDevice } from './trunk'

interface Served {
  readonly port: Port
  readonly device: string
}

export function servedHere(scope: HostScope, network: Network): readonly Served[] {
  const here = new Set([...scope.vmPorts, ...scope.subPorts, ...scope.dhcpPorts])
  return portsOfNetwork(scope.topology.ports, network.id)
    .filter((port) => isServed(port) && here.has(port) && !isDead(port, network))
    .map((port) => ({ port, device: port.deviceOwner === 'network:dhcp' ? tapName(port.id) : integrationDevice(scope, port) }))
}
