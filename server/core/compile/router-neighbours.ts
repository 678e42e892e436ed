// Whom a distributed router is told of on an interface, wherever they are (docs/reference/routers.md): the ports that it serves, and single addresses that
// one of them may have beside its own. An address that several may have is told of nobody: who has it at the moment is not known here.

import { groupBy } from '../group-by'
import type { PermanentNeighbour } from '../host/neighbour'
import { routerDevice } from '../naming'
import { isServed } from '../topology/distributed-routers'
import { portsOfNetwork } from '../topology/lookup'
import type { AddressPair, Port } from '../topology/kinds/port/port'
import { isInSubnet, subnetOf } from './inside-namespace'
import type { HostScope } from './scope'
import { familyOf } from './security-groups/port-addresses'

export function neighboursOf(scope: HostScope, port: Port, netns: string): PermanentNeighbour[] {
  const subnetIds = new Set(port.fixedIps.map(({ subnetId }) => subnetId))
  const subnets = [...subnetIds].map((id) => subnetOf(scope, port.networkId, id))
  const ports = portsOfNetwork(scope.topology.ports, port.networkId)
  const served = ports.filter(isServed)
  const own = served.flatMap(({ macAddress, fixedIps }) =>
    fixedIps.flatMap(({ subnetId, ipAddress }) => (subnetIds.has(subnetId) ? [{ macAddress, ipAddress }] : [])),
  )
  // A port that nothing uses keeps an address for those who may have it.
  const taken = new Set(
    ports.flatMap(({ deviceOwner, fixedIps }) => (deviceOwner === '' ? [] : fixedIps.map(({ ipAddress }) => ipAddress))),
  )
  const allowed = served
    .flatMap(({ allowedAddressPairs = [] }) => allowedAddressPairs)
    .filter(({ ipAddress }) => isSingle(ipAddress) && !taken.has(ipAddress) && subnets.some((subnet) => isInSubnet(subnet, ipAddress)))
  return [...own, ...withoutDoubt(allowed)].map(({ macAddress, ipAddress: address }) => ({
    netns,
    link: routerDevice(port),
    address,
    macAddress,
  }))
}

const isSingle = (prefix: string): boolean => familyOf(prefix) === 'ipv4' && !prefix.includes('/')

/** Several that share a MAC address for it, as with VRRP, mean the same. */
function withoutDoubt(pairs: readonly AddressPair[]): readonly AddressPair[] {
  return [...groupBy(pairs, ({ ipAddress }) => ipAddress).values()].flatMap(([first, ...others]) =>
    first && others.every(({ macAddress }) => macAddress === first.macAddress) ? [first] : [],
  )
}
