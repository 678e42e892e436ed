// Edits of VMs. A VM is made with one port per network, or on ports that are there; it goes with those that came with it.
// So do its nested uplinks. A port that was there before, or is a trunk's parent, stays and is free again (nova: preserve_on_delete; reference §11.3).

import type { Allocated } from '../../allocate/allocated'
import { refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import { labelPort } from '../port/port-label'
import type { IdSource } from '../../id-source'
import { type VmInput, vmInput } from './vm-input'
import { checkPort } from '../port/port-rules'
import { checkVm, checkVmRemoval, keepsPort } from './vm-rules'
import { settleVirtType } from './virt-type'
import { settle } from '../../settle'
import type { Topology } from '../../topology'
import type { Port } from '../port/port'
import type { Vm } from './vm'
import { conflict, missing, type Violation } from '../../violation'
import { makePort } from '../port/port-edits'
import { creation, type KindEdits, onlyDescription } from '../kind-edits'

export function createVm(input: VmInput, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const vmId = ids.uuid()
    const plugged = plugPorts(topology, input, vmId, ids)
    if (!plugged.ok) return refused({ ...plugged.violation, field: plugged.violation.field?.startsWith('nics.') ? plugged.violation.field : 'networkIds' })
    const { networkIds: _networkIds, nics: _nics, ...fields } = input
    const given = new Set(givenPortIds(input))
    const keptPortIds = plugged.value.map((port) => port.id).filter((id) => given.has(id))
    const virtType = settleVirtType(findById(topology.hosts, input.hostId))
    const vm: Vm = { id: vmId, ...fields, virtType, portIds: plugged.value.map((port) => port.id), ...(keptPortIds.length > 0 && { keptPortIds }) }
    const next = { ...topology, ports: plugged.value.reduce<readonly Port[]>(put, topology.ports), vms: put(topology.vms, vm) }
    return settle(next, [...checkVm(topology, vm), ...checkNics(next, input, plugged.value)], { id: vmId }, ids)
  }
}

/** One after the other, so that two NICs in one network get two addresses. */
function plugPorts(topology: Topology, input: VmInput, vmId: string, ids: IdSource): Allocated<Port[]> {
  const plugged: Port[] = []
  for (const [index, nic] of wantedNics(input).entries()) {
    const sofar = { ...topology, ports: plugged.reduce<readonly Port[]>(put, topology.ports) }
    const port = 'portId' in nic ? takePort(sofar, nic.portId, input, `nics.${index - input.networkIds.length}.portId`) : makePort(sofar, { ...nic, name: '', hostId: input.hostId }, ids)
    if (!port.ok) return port
    plugged.push({ ...port.value, hostId: input.hostId, deviceOwner: 'compute:nova', deviceId: vmId })
  }
  return { ok: true, value: plugged }
}

type Nic = NonNullable<VmInput['nics']>[number]

const wantedNics = ({ networkIds, nics }: VmInput): Nic[] => [...networkIds.map((networkId) => ({ networkId })), ...(nics ?? [])]
const givenPortIds = (input: VmInput): string[] => wantedNics(input).flatMap((nic) => ('portId' in nic ? [nic.portId] : []))

/** A port that nothing uses yet. */
function takePort(topology: Topology, portId: string, { hostId }: VmInput, field: string): Allocated<Port> {
  const port = findById(topology.ports, portId)
  if (!port) return { ok: false, violation: missing('port', field) }
  const label = labelPort(topology, port)
  if (port.deviceOwner !== '' || port.deviceId !== '') {
    return { ok: false, violation: conflict('port-unused', field, { port: label }, [label]) }
  }
  if (port.hostId === null || port.hostId === hostId) return { ok: true, value: port }
  return { ok: false, violation: conflict('port-follows-vm', field, { port: label }, [label]) }
}

/** An unknown host or network is the VM's fault, and said once. */
function checkNics(topology: Topology, { hostId, networkIds, nics }: VmInput, ports: readonly Port[]): Violation[] {
  const unknown = [
    ...networkIds.flatMap((id, index) => (findById(topology.networks, id) ? [] : [missing('network', `networkIds.${index}`)])),
    ...(nics ?? []).flatMap((nic, index) => ('portId' in nic || findById(topology.networks, nic.networkId) ? [] : [missing('network', `nics.${index}.networkId`)])),
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

const release = (topology: Topology, vm: Vm, port: Port): Port[] => (keepsPort(topology, vm, port.id) ? [{ ...port, hostId: null, deviceOwner: '', deviceId: '' }] : [])

export const vmEdits = {
  create: creation('vm', vmInput, (input, { ids }) => createVm(input, ids)),
  update: onlyDescription('vm'),
  remove: (id, { ids }) => removeVm(id, ids),
} satisfies KindEdits
