// Ports under the NICs of a VM: made for it, or taken when nothing uses them. One that was made for it goes with its NIC; one that was there
// before, or is a trunk's parent, stays and is free again (nova: preserve_on_delete; docs/reference/libvirt.md).

import type { Allocated } from '../../allocate/allocated'
import { findById, put } from '../../find'
import type { IdSource } from '../../id-source'
import type { NicInput } from './vm-input'
import type { PortInput } from '../port/port-input'
import { labelPort } from '../port/port-label'
import type { Topology } from '../../topology'
import type { Port } from '../port/port'
import type { Vm } from './vm'
import { conflict, missing } from '../../violation'
import { makePort } from '../port/port-edits'
import { keepsPort } from './vm-rules'

/** `securityGroupIds`: of the ports that are made for it. */
type Plugged = Pick<Vm, 'id' | 'hostId' | 'projectId'> & Pick<PortInput, 'securityGroupIds'>

/** One after the other, so that two NICs in one network get two addresses. `fieldOf`: of a NIC in the input. */
export function plugNics(
  topology: Topology,
  vm: Plugged,
  nics: readonly NicInput[],
  fieldOf: (index: number) => string,
  ids: IdSource,
): Allocated<Port[]> {
  const plugged: Port[] = []
  for (const [index, nic] of nics.entries()) {
    const sofar = { ...topology, ports: plugged.reduce<readonly Port[]>(put, topology.ports) }
    const isTwice = 'portId' in nic && plugged.some(({ id }) => id === nic.portId)
    const port =
      'portId' in nic
        ? takePort(sofar, nic.portId, vm, isTwice, `${fieldOf(index)}.portId`)
        : makePort(sofar, { ...nic, name: '', hostId: vm.hostId, securityGroupIds: vm.securityGroupIds }, ids, vm.projectId)
    if (!port.ok) return port
    plugged.push({ ...port.value, hostId: vm.hostId, deviceOwner: 'compute:nova', deviceId: vm.id })
  }
  return { ok: true, value: plugged }
}

/** A port that nothing uses yet, or the VM's own, which goes where the VM goes. */
function takePort(topology: Topology, portId: string, vm: Plugged, isTwice: boolean, field: string): Allocated<Port> {
  const port = findById(topology.ports, portId)
  if (!port) return { ok: false, violation: missing('port', field) }
  const label = labelPort(topology, port)
  if (port.deviceId === vm.id && !isTwice) return { ok: true, value: port }
  if (port.deviceOwner !== '' || port.deviceId !== '') {
    return { ok: false, violation: conflict('port-unused', field, { port: label }, [label]) }
  }
  if (port.hostId === null || port.hostId === vm.hostId) return { ok: true, value: port }
  return { ok: false, violation: conflict('port-follows-vm', field, { port: label }, [label]) }
}

/** What is left of a port whose NIC goes. */
export const release = (topology: Topology, vm: Vm, port: Port): Port[] =>
  keepsPort(topology, vm, port.id) ? [{ ...port, hostId: null, deviceOwner: '', deviceId: '' }] : []
