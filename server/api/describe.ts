// Views of the design for the browser: joins over a topology, no I/O.

import type { FloatingIpDetail, NetworkDetail, RouterDetail, SecurityGroupDetail, TopologySnapshot } from '@/server/core/api-types'
import { AppError } from '@/server/core/app-error'
import { oncePer } from '@/server/core/once-per'
import { diffTopology } from '@/server/core/topology/changes'
import { findById, othersThan } from '@/server/core/topology/find'
import { groupsNaming, portsInGroup } from '@/server/core/topology/lookup'
import { presenceOf } from '@/server/core/topology/presence'
import { interfacesOf } from '@/server/core/topology/router-ports'
import { agentGatewayPlace } from '@/server/core/topology/floating-ips'
import { floatingAddress } from '@/server/core/topology/kinds/floating-ip/floating-ip-label'
import type { ObjectOf, Topology } from '@/server/core/topology/topology'
import type { Design } from '@/server/effects/db/store'

/** Compared once per version and revision, however many ask. */
export const describeDesign = oncePer(({ topology, base }: Design): TopologySnapshot => ({
  topology,
  changes: diffTopology(base.topology, topology),
  revision: base.number,
}))

export function describeNetwork(topology: Topology, networkId: string): NetworkDetail {
  const network = topology.networks.find((each) => each.id === networkId)
  const project = topology.projects.find((each) => each.id === network?.projectId)
  if (!network || !project) throw new AppError('not_found', 'This network does not exist, or no longer.')
  const ports = topology.ports.filter((port) => port.networkId === networkId)
  const portIds = new Set(ports.map((port) => port.id))
  return {
    network,
    project,
    physicalNetwork: topology.physicalNetworks.find((each) => each.id === network.physicalNetworkId) ?? null,
    subnets: topology.subnets.filter((subnet) => subnet.networkId === networkId),
    ports,
    vms: topology.vms.filter((vm) => vm.portIds.some((portId) => portIds.has(portId))),
    localVlans: topology.localVlans.filter((local) => local.networkId === networkId),
  }
}

export function describeSecurityGroup({ securityGroups, ports }: Topology, id: string): SecurityGroupDetail {
  const group = findById(securityGroups, id)
  if (!group) throw new AppError('not_found', 'This security group does not exist, or no longer.', { field: 'id', rule: 'known-object' })
  return {
    ...group,
    portIds: portsInGroup(ports, id).map((port) => port.id),
    namedBy: othersThan(groupsNaming(securityGroups, id), group).map((other) => other.id),
  }
}

export function describeRouter(topology: Topology, id: string): RouterDetail {
  const router = findById(topology.routers, id)
  if (!router) throw new AppError('not_found', 'This router does not exist, or no longer.', { field: 'id', rule: 'known-object' })
  const interfaces = interfacesOf(topology.ports, id)
  const gatewayPort = findById(topology.ports, router.gateway?.portId)
  // All of its ports stand on the same hosts.
  const [port] = [...interfaces, ...(gatewayPort ? [gatewayPort] : [])]
  return {
    ...router,
    interfaces,
    gatewayPort,
    hostIds: port
      ? presenceOf(topology)
          .hostsWith(port)
          .map((host) => host.id)
      : [],
  }
}

export function describeFloatingIp(topology: Topology, floatingIp: ObjectOf['floatingIp']): FloatingIpDetail {
  const place = agentGatewayPlace(topology, floatingIp)
  const hostId = place?.hostId ?? findById(topology.routers, floatingIp.routerId)?.hostId ?? null
  return { ...floatingIp, ipAddress: floatingAddress(topology, floatingIp), hostId }
}
