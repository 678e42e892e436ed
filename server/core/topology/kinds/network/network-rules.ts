// Rules of networks; those of their segments are in segment-rules.ts.

import { findById } from '../../find'
import { portsOfNetwork, subnetsOfNetwork } from '../../lookup'
import { maxMtuOf } from '../../mtu'
import type { Topology } from '../../topology'
import { labelFloatingIp } from '../floating-ip/floating-ip-label'
import type { DesignObject } from '../kind'
import type { Network } from './network'
import { checkMtuRange } from '../../rules/mtu-range'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { checkName } from '../../rules/names'
import { isUserPort, labelsOf, namesOf, refuse } from '../../rules/removal-rules'
import { checkNetworkWire } from '../physical-network/wire-rules'
import { checkSegment } from './segment-rules'

export function checkNetwork(topology: Topology, network: Network): Violation[] {
  return [
    ...checkName(network.name),
    ...(findById(topology.projects, network.projectId) ? [] : [missing('project', 'projectId')]),
    ...checkSegment(topology, network),
    ...checkNetworkMtu(topology, network),
    ...checkNetworkWire(topology, network),
    ...checkExternal(topology, network),
  ]
}

function checkNetworkMtu({ physicalNetworks }: Topology, network: Network): Violation[] {
  const range = checkMtuRange(network.mtu)
  const max = maxMtuOf(network.type, findById(physicalNetworks, network.physicalNetworkId))
  if (range.length > 0 || network.mtu <= max) return range
  return [invalid('mtu-maximum', 'mtu', { most: max, type: network.type })]
}

function checkExternal(topology: Topology, { id, name, isExternal }: Network): Violation[] {
  if (isExternal) return []
  const users = namesOf(topology.routers.filter(({ gateway }) => gateway?.networkId === id))
  const floatingIps = topology.floatingIps.filter(({ networkId }) => networkId === id).map((each) => labelFloatingIp(topology, each))
  const clusters = namesOf(topology.gatewayClusters.filter(({ networkId }) => networkId === id))
  return [
    ...(users.length > 0 ? [conflict('network-external-in-use', 'isExternal', { network: name, routers: users }, users)] : []),
    ...(floatingIps.length > 0
      ? [conflict('network-external-floating-ips', 'isExternal', { network: name, floatingIps }, floatingIps)]
      : []),
    ...(clusters.length > 0 ? [conflict('network-external-clusters', 'isExternal', { network: name, clusters }, clusters)] : []),
  ]
}

export function checkNetworkRemoval(topology: Topology, network: Network): Violation[] {
  const users = labelsOf(topology, portsOfNetwork(topology.ports, network.id).filter(isUserPort))
  return refuse('network-without-ports', users, { network: network.name, users })
}

/** Its subnets, and the ports that are left when nobody uses it: those of its DHCP servers. */
export const takenByNetwork = ({ subnets, ports }: Topology, { id }: Network): DesignObject[] => [
  ...subnetsOfNetwork(subnets, id).map((item) => ({ kind: 'subnet' as const, item })),
  ...portsOfNetwork(ports, id).map((item) => ({ kind: 'port' as const, item })),
]
