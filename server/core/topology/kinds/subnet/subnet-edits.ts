// Edits of subnets. The CIDR is for life; the network's DHCP port follows the DHCP switch by itself (settle.ts).

import { defaultGateway, defaultPools } from './fixed-ip'
import { refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import type { IdSource } from '../../id-source'
import { type SubnetInput, subnetInput, type SubnetPatch, subnetPatchInput } from './subnet-input'
import { checkSubnet, checkSubnetRemoval } from './subnet-rules'
import { checkSeen } from '../../rules/seen-rules'
import { settle } from '../../settle'
import type { Subnet } from './subnet'
import { missing, type Violation } from '../../violation'
import { change, creation, type KindEdits } from '../kind-edits'

export function createSubnet(input: SubnetInput, ids: IdSource): TopologyEdit<{ id: string }> {
  const gatewayIp = input.gatewayIp === undefined ? defaultGateway(input.cidr) : input.gatewayIp
  const subnet: Subnet = {
    id: ids.uuid(),
    networkId: input.networkId,
    name: input.name,
    cidr: input.cidr,
    gatewayIp,
    isDhcpEnabled: input.isDhcpEnabled,
    dnsNameservers: input.dnsNameservers,
    allocationPools: input.allocationPools ?? defaultPools(input.cidr, gatewayIp),
  }
  return putSubnet(subnet, ids)
}

export function updateSubnet(id: string, patch: SubnetPatch, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const before = findById(topology.subnets, id)
    if (!before) return refused(missing('subnet', 'id'))
    return putSubnet(applyPatch(before, patch), ids, checkSeen(topology, 'subnet', before, patch))(topology)
  }
}

const applyPatch = (before: Subnet, patch: SubnetPatch): Subnet => ({
  ...before,
  name: patch.name ?? before.name,
  gatewayIp: patch.gatewayIp === undefined ? before.gatewayIp : patch.gatewayIp,
  isDhcpEnabled: patch.isDhcpEnabled ?? before.isDhcpEnabled,
  dnsNameservers: patch.dnsNameservers ?? before.dnsNameservers,
  allocationPools: patch.allocationPools ?? before.allocationPools,
})

function putSubnet(subnet: Subnet, ids: IdSource, further: readonly Violation[] = []): TopologyEdit<{ id: string }> {
  return (topology) => {
    const next = { ...topology, subnets: put(topology.subnets, subnet) }
    return settle(next, [...further, ...checkSubnet(topology, subnet)], { id: subnet.id }, ids)
  }
}

export function removeSubnet(id: string, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const subnet = findById(topology.subnets, id)
    if (!subnet) return refused(missing('subnet', 'id'))
    const next = { ...topology, subnets: othersThan(topology.subnets, subnet) }
    return settle(next, checkSubnetRemoval(topology, subnet), { id }, ids)
  }
}

export const subnetEdits = {
  create: creation('subnet', subnetInput, (input, { ids }) => createSubnet(input, ids)),
  update: change('subnet', subnetPatchInput, (id, patch, { ids }) => updateSubnet(id, patch, ids)),
  remove: (id, { ids }) => removeSubnet(id, ids),
} satisfies KindEdits
