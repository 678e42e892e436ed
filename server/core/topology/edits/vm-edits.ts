// Edits of VMs. A VM is made with one port per network and goes with all of them.

import type { Allocated } from '../allocate/segment'
import { refused, type TopologyEdit } from '../edit'
import { findById, othersThan, put } from '../find'
import type { IdSource } from '../id-source'
import type { VmInput } from '../inputs/port-input'
import { checkPort } from '../rules/port-rules'
import { checkVm } from '../rules/vm-rules'
import { settle } from '../settle'
import type { Port, Topology, Vm } from '../topology'
import { missing, type Violation } from '../violation'
import { makePort } from './port-edits'

export function createVm(input: VmInput, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const vmId = ids.uuid()
    const plugged = plugPorts(topology, input, vmId, ids)
    if (!plugged.ok) return refused({ ...plugged.violation, field: 'networkIds' })
    const { networkIds: _networkIds, ...fields } = input
    const vm: Vm = { id: vmId, ...fields, portIds: plugged.value.map((port) => port.id) }
    const next = { ...topology, ports: [...topology.ports, ...plugged.value], vms: put(topology.vms, vm) }
    return settle(next, [...checkVm(topology, vm), ...checkNics(next, input, plugged.value)], { id: vmId }, ids)
  }
}

/** One after the other, so that two NICs in one network get two addresses. */
function plugPorts(topology: Topology, input: VmInput, vmId: string, ids: IdSource): Allocated<Port[]> {
  const plugged: Port[] = []
  for (const networkId of input.networkIds) {
    const sofar = { ...topology, ports: [...topology.ports, ...plugged] }
    const port = makePort(sofar, { networkId, name: '', hostId: input.hostId }, ids)
    if (!port.ok) return port
    plugged.push({ ...port.value, deviceOwner: 'compute:nova', deviceId: vmId })
  }
  return { ok: true, value: plugged }
}

/** An unknown host or network is the VM's fault, and said once. */
function checkNics(topology: Topology, { hostId, networkIds }: VmInput, ports: readonly Port[]): Violation[] {
  const unknown = networkIds.flatMap((id, index) => (findById(topology.networks, id) ? [] : [missing('network', `networkIds.${index}`)]))
  if (unknown.length > 0 || !findById(topology.hosts, hostId)) return unknown
  return ports.flatMap((port) => checkPort(topology, port))
}

export function removeVm(id: string, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const vm = findById(topology.vms, id)
    if (!vm) return refused(missing('VM', 'id'))
    const ports = topology.ports.filter((port) => !vm.portIds.includes(port.id))
    return settle({ ...topology, ports, vms: othersThan(topology.vms, vm) }, [], { id }, ids)
  }
}
