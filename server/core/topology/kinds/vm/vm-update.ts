// A VM that is there is changed: size, boot, name, NICs, and the host that it stands on. Its ports, the subports behind them and its nested
// uplinks go where it goes, with the MAC and IP addresses that they have.

import { settleVirtType } from './virt-type'
import { refused, type TopologyEdit } from '../../edit'
import { findById, put } from '../../find'
import type { IdSource } from '../../id-source'
import type { NicInput, VmPatch } from './vm-input'
import { checkPort } from '../port/port-rules'
import { checkSeen } from '../../rules/seen-rules'
import { checkUplink } from '../nested-uplink/nested-uplink-rules'
import { wishesOf } from './vm-placement'
import { checkVm, checkVmMove } from './vm-rules'
import { settle } from '../../settle'
import type { Topology } from '../../topology'
import type { Port } from '../port/port'
import type { Vm } from './vm'
import { missing, type Violation } from '../../violation'
import { moveUplinks } from '../nested-uplink/nested-uplink-edits'
import { plugNics, release } from './vm-nics'

export function updateVm(id: string, patch: VmPatch, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const before = findById(topology.vms, id)
    if (!before) return refused(missing('vm', 'id'))
    const hostId = patch.hostId ?? before.hostId
    const isMoved = hostId !== before.hostId
    const nics = patch.nics ?? nicsOf(before)
    const freed = unplug(topology, before, nics)
    const plugged = plugNics(freed, { ...before, hostId }, nics, (index) => `nics.${index}`, ids)
    if (!plugged.ok)
      return refused({ ...plugged.violation, field: plugged.violation.field?.startsWith('nics.') ? plugged.violation.field : 'nics' })
    const vm = applyPatch(topology, before, patch, plugged.value)
    const moved = { ...freed, ports: plugged.value.reduce<readonly Port[]>(put, freed.ports), vms: put(freed.vms, vm) }
    const next = isMoved ? { ...moved, nestedUplinks: moveUplinks(moved, vm) } : moved
    const violations = [...checkSeen(topology, 'vm', before, byPorts(patch)).map(atNics), ...checkVm(next, vm).map(atNics)]
    return settle(
      next,
      [...violations, ...checkPlace(next, vm, isMoved, plugged.value, nics), ...(isMoved ? checkVmMove(next, before, vm) : [])],
      { id },
      ids,
    )
  }
}

const nicsOf = ({ portIds }: Vm): NicInput[] => portIds.map((portId) => ({ portId }))

/** Without the NICs that are not wanted any more. */
function unplug(topology: Topology, vm: Vm, nics: readonly NicInput[]): Topology {
  const wanted = new Set(nics.map((nic) => ('portId' in nic ? nic.portId : null)))
  return {
    ...topology,
    ports: topology.ports.flatMap((port) => (vm.portIds.includes(port.id) && !wanted.has(port.id) ? release(topology, vm, port) : [port])),
  }
}

/** How it is run is settled anew where the host is another one, and nowhere else. */
function applyPatch(
  { hosts, ports }: Topology,
  { keptPortIds: formerKept = [], availabilityZone: zone, hostAggregateId: aggregateId, ...before }: Vm,
  patch: VmPatch,
  plugged: readonly Port[],
): Vm {
  const hostId = patch.hostId ?? before.hostId
  const portIds = plugged.map(({ id }) => id)
  const keptPortIds = portIds.filter((id) => formerKept.includes(id) || (!before.portIds.includes(id) && findById(ports, id)))
  return {
    ...before,
    name: patch.name ?? before.name,
    hostId,
    ...wishesOf({
      availabilityZone: patch.availabilityZone === undefined ? zone : patch.availabilityZone,
      hostAggregateId: patch.hostAggregateId === undefined ? aggregateId : patch.hostAggregateId,
    }),
    memoryMib: patch.memoryMib ?? before.memoryMib,
    vcpus: patch.vcpus ?? before.vcpus,
    virtType: hostId === before.hostId ? before.virtType : settleVirtType(findById(hosts, hostId)),
    boot: patch.boot ?? before.boot,
    portIds,
    ...(keptPortIds.length > 0 && { keptPortIds }),
  }
}

/** As the VM is stored, for comparing what was seen. New ports are nothing that anybody can have seen. */
function byPorts({ nics, seen, ...patch }: VmPatch): { readonly seen?: object | undefined } {
  const portIds = (each: readonly NicInput[] | undefined) => each && { portIds: each.map((nic) => ('portId' in nic ? nic.portId : null)) }
  const { nics: seenNics, ...others } = seen ?? {}
  return { ...patch, ...portIds(nics), ...(seen && { seen: { ...others, ...portIds(seenNics) } }) }
}

const atNics = (violation: Violation): Violation =>
  violation.field === 'portIds' || violation.field === 'networkIds' ? { ...violation, field: 'nics' } : violation

/** Whether the host carries what the VM is plugged into. Where it was not changed, a new NIC is to blame. */
function checkPlace(next: Topology, vm: Vm, isMoved: boolean, ports: readonly Port[], nics: readonly NicInput[]): Violation[] {
  const unknown = nics.flatMap((nic, index) =>
    'portId' in nic || findById(next.networks, nic.networkId) ? [] : [missing('network', `nics.${index}.networkId`)],
  )
  if (unknown.length > 0 || !findById(next.hosts, vm.hostId)) return unknown
  const broken = ports.flatMap((port, index) =>
    checkPort(next, port).map((violation) => ({ ...violation, field: isMoved ? 'hostId' : `nics.${index}` })),
  )
  const uplinks = isMoved ? next.nestedUplinks.filter(({ vmId }) => vmId === vm.id) : []
  return [...broken, ...uplinks.flatMap((uplink) => checkUplink(next, uplink).map((violation) => ({ ...violation, field: 'hostId' })))]
}
