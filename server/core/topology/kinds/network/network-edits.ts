// Edits of networks. Type and physical network are for life; of the segment only a VLAN's id may change (Neutron's ml2).

import { allocateSegmentationId } from './allocate-segment'
import { acceptedUnless, refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import type { IdSource } from '../../id-source'
import { type NetworkInput, networkInput, type NetworkPatch, networkPatchInput } from './network-input'
import { maxMtuOf } from '../../mtu'
import { checkNetwork, checkNetworkRemoval } from './network-rules'
import { dhcpPortsOf } from '../../lookup'
import { checkSeen } from '../../rules/seen-rules'
import { checkDhcpHost } from '../../rules/service-host-rules'
import { checkSegmentShape } from './segment-rules'
import { checkNetworkTrunkMtu } from '../trunk/trunk-rules'
import { settle } from '../../settle'
import type { Topology } from '../../topology'
import type { Network } from './network'
import { invalid, missing, type Violation } from '../../violation'
import { change, creation, type KindEdits } from '../kind-edits'

export function createNetwork(input: NetworkInput, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const physicalNetworkId = input.physicalNetworkId ?? null
    const segmentationId = chooseSegmentationId(topology, input, physicalNetworkId)
    if (!segmentationId.ok) return refused(segmentationId.violation)
    const network: Network = {
      id: ids.uuid(),
      projectId: input.projectId,
      name: input.name,
      type: input.type,
      physicalNetworkId,
      segmentationId: segmentationId.value,
      mtu: input.mtu ?? maxMtuOf(input.type, findById(topology.physicalNetworks, physicalNetworkId)),
      isAdminStateUp: true,
      ...(input.isExternal && { isExternal: true }),
    }
    const next = { ...topology, networks: put(topology.networks, network) }
    return settle(next, checkNetwork(topology, network), { id: network.id }, ids)
  }
}

function chooseSegmentationId(topology: Topology, input: NetworkInput, physicalNetworkId: string | null) {
  if (input.segmentationId != null) return { ok: true as const, value: input.segmentationId }
  return allocateSegmentationId(topology, { type: input.type, physicalNetworkId })
}

export function updateNetwork(id: string, patch: NetworkPatch, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const before = findById(topology.networks, id)
    if (!before) return refused(missing('network', 'id'))
    const { isExternal: wasExternal = false, ...others } = before
    const network: Network = {
      ...others,
      name: patch.name ?? before.name,
      mtu: patch.mtu ?? before.mtu,
      segmentationId: patch.segmentationId ?? before.segmentationId,
      isAdminStateUp: patch.isAdminStateUp ?? before.isAdminStateUp,
      ...((patch.isExternal ?? wasExternal) && { isExternal: true }),
    }
    const { dhcpHostId } = patch
    const [dhcpPort] = dhcpPortsOf(topology.ports, id)
    const ports = dhcpPort && dhcpHostId !== undefined ? put(topology.ports, { ...dhcpPort, hostId: dhcpHostId }) : topology.ports
    const next = { ...topology, ports, networks: put(topology.networks, network) }
    const seen = { isExternal: false, dhcpHostId: dhcpPort?.hostId ?? null, ...before }
    const violations = [
      ...checkSeen(topology, 'network', seen, patch),
      ...(dhcpHostId === undefined
        ? []
        : dhcpPort
          ? checkDhcpHost(topology, id, dhcpHostId)
          : [invalid('network-without-dhcp', 'dhcpHostId', {})]),
      ...checkSegmentChange(topology, before, network),
      ...checkNetwork(topology, network),
      ...checkNetworkTrunkMtu(next, network),
    ]
    return settle(next, violations, { id }, ids)
  }
}

function checkSegmentChange(topology: Topology, before: Network, after: Network): Violation[] {
  if (before.segmentationId === after.segmentationId || before.type === 'vlan') return []
  // A flat network's id is refused by the shape rule already.
  if (checkSegmentShape(topology, after).length > 0) return []
  return [invalid('segment-fixed', 'segmentationId', {})]
}

export function removeNetwork(id: string): TopologyEdit<{ id: string }> {
  return (topology) => {
    const network = findById(topology.networks, id)
    if (!network) return refused(missing('network', 'id'))
    return acceptedUnless(checkNetworkRemoval(topology, network), withoutNetwork(topology, network), { id })
  }
}

/** Nothing that is left needs settling: the network's ports are gone, and with them its local VLANs. */
const withoutNetwork = (topology: Topology, network: Network): Topology => ({
  ...topology,
  networks: othersThan(topology.networks, network),
  subnets: topology.subnets.filter((subnet) => subnet.networkId !== network.id),
  ports: topology.ports.filter((port) => port.networkId !== network.id),
  localVlans: topology.localVlans.filter((local) => local.networkId !== network.id),
})

export const networkEdits = {
  create: creation('network', networkInput, (input, { ids }) => createNetwork(input, ids)),
  update: change('network', networkPatchInput, (id, patch, { ids }) => updateNetwork(id, patch, ids)),
  remove: removeNetwork,
} satisfies KindEdits
