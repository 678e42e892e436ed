// VMs come and go. One is made with a port per network, or on ports that are there (vm-nics.ts); its nested uplinks go with it. What changes of
// one that is there: vm-update.ts.

import { refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import type { IdSource } from '../../id-source'
import { type NicInput, type VmInput, vmInput, vmPatchInput } from './vm-input'
import { checkGroups } from '../port/port-filter-rules'
import { checkPort } from '../port/port-rules'
import { chooseVmHost, wishesOf } from './vm-placement'
import { checkComesTo, checkVm, checkVmRemoval } from './vm-rules'
import { settleVirtType } from './virt-type'
import { settle } from '../../settle'
import type { Topology } from '../../topology'
import type { Port } from '../port/port'
import type { Vm } from './vm'
import { missing, type Violation } from '../../violation'
import { plugNics, release } from './vm-nics'
import { updateVm } from './vm-update'
import { change, creation, type KindEdits } from '../kind-edits'

export function createVm(input: VmInput, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const vmId = ids.uuid()
    const {
      networkIds: _networkIds,
      nics: _nics,
      securityGroupIds: _groups,
      hostId: _hostId,
      availabilityZone,
      hostAggregateId,
      ...fields
    } = input
    const wishes = wishesOf({ availabilityZone, hostAggregateId })
    const placed = input.hostId == null ? chooseVmHost(topology, { ...fields, ...wishes }, networksOf(topology, input)) : null
    if (placed && !placed.ok) return refused(placed.violation)
    const hostId = placed?.value.id ?? input.hostId ?? ''
    const plugged = plugNics(
      topology,
      { ...input, hostId, id: vmId },
      wantedNics(input),
      (index) => `nics.${index - input.networkIds.length}`,
      ids,
    )
    if (!plugged.ok)
      return refused({ ...plugged.violation, field: plugged.violation.field?.startsWith('nics.') ? plugged.violation.field : 'networkIds' })
    const given = new Set(wantedNics(input).flatMap((nic) => ('portId' in nic ? [nic.portId] : [])))
    const keptPortIds = plugged.value.map((port) => port.id).filter((id) => given.has(id))
    const virtType = settleVirtType(findById(topology.hosts, hostId))
    const vm: Vm = {
      id: vmId,
      ...fields,
      ...wishes,
      hostId,
      virtType,
      portIds: plugged.value.map((port) => port.id),
      ...(keptPortIds.length > 0 && { keptPortIds }),
    }
    const next = { ...topology, ports: plugged.value.reduce<readonly Port[]>(put, topology.ports), vms: put(topology.vms, vm) }
    return settle(
      next,
      [...checkVm(topology, vm), ...checkComesTo(topology, vm), ...checkNics(next, { ...input, hostId }, plugged.value)],
      { id: vmId },
      ids,
    )
  }
}

const wantedNics = ({ networkIds, nics }: VmInput): NicInput[] => [...networkIds.map((networkId) => ({ networkId })), ...(nics ?? [])]

/** Where each of its NICs will be. */
const networksOf = ({ ports }: Topology, input: VmInput): string[] =>
  wantedNics(input).flatMap((nic) => ('portId' in nic ? (findById(ports, nic.portId)?.networkId ?? []) : nic.networkId))

/** An unknown host, network or group is the VM's fault, and said once. */
function checkNics(
  topology: Topology,
  { projectId, hostId, networkIds, nics, securityGroupIds }: VmInput & { readonly hostId: string },
  ports: readonly Port[],
): Violation[] {
  const unknown = [
    ...networkIds.flatMap((id, index) => (findById(topology.networks, id) ? [] : [missing('network', `networkIds.${index}`)])),
    ...(nics ?? []).flatMap((nic, index) =>
      'portId' in nic || findById(topology.networks, nic.networkId) ? [] : [missing('network', `nics.${index}.networkId`)],
    ),
    ...checkGroups(topology, securityGroupIds ?? [], (group) => group.projectId === projectId),
  ]
  if (unknown.length > 0 || !findById(topology.hosts, hostId)) return unknown
  return ports.flatMap((port) => checkPort(topology, port))
}

export function removeVm(id: string, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const vm = findById(topology.vms, id)
    if (!vm) return refused(missing('vm', 'id'))
    const ports = topology.ports.flatMap((port) => (vm.portIds.includes(port.id) ? release(topology, vm, port) : [port]))
    const nestedUplinks = topology.nestedUplinks.filter((uplink) => uplink.vmId !== vm.id)
    return settle({ ...topology, ports, vms: othersThan(topology.vms, vm), nestedUplinks }, checkVmRemoval(topology, vm), { id }, ids)
  }
}

export const vmEdits = {
  create: creation('vm', vmInput, (input, { ids }) => createVm(input, ids)),
  update: change('vm', vmPatchInput, (id, patch, { ids }) => updateVm(id, patch, ids)),
  remove: (id, { ids }) => removeVm(id, ids),
} satisfies KindEdits
