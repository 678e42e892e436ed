// The ports of a network on a host that routers serve or send to, each with its device on br-int. A dead one is none of them.

import { routerDevice, tapName } from '../../naming'
import type { Network } from '../../topology/kinds/network/network'
import type { Port } from '../../topology/kinds/port/port'
import { isServed } from '../../topology/distributed-routers'
import { portsOfNetwork } from '../../topology/lookup'
import { isCentralPort } from '../../topology/router-ports'
import { isDead, type HostScope } from '../scope'
import { integrationDevice } from './trunk'

interface Served {
  readonly port: Port
  readonly device: string
}

export function servedHere(scope: HostScope, network: Network): readonly Served[] {
  const here = new Set([...scope.vmPorts, ...scope.subPorts, ...scope.dhcpPorts, ...scope.routerPorts])
  return portsOfNetwork(scope.topology.ports, network.id)
    .filter((port) => (isServed(port) || isCentralPort(port)) && here.has(port) && !isDead(port, network))
    .map((port) => ({ port, device: deviceOf(scope, port) }))
}

function deviceOf(scope: HostScope, port: Port): string {
  if (isCentralPort(port)) return routerDevice(port)
  return port.deviceOwner === 'network:dhcp' ? tapName(port.id) : integrationDevice(scope, port)
}
