// Edits of nested uplinks. Number and MAC address are chosen here and stored, so that a plan has nothing left to choose.

import { uplinkDeviceNames } from '../../../naming'
import { drawMac } from '../../allocate/mac-address'
import { refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import type { IdSource } from '../../id-source'
import { UPLINK_MAC_BASE } from '../../mac'
import { type UplinkInput, uplinkInput } from './nested-uplink-input'
import { chosenDevices } from '../host/device-rules'
import { checkUplink, checkUplinkRemoval } from './nested-uplink-rules'
import { settle } from '../../settle'
import type { Topology } from '../../topology'
import type { NestedUplink } from './nested-uplink'
import type { Vm } from '../vm/vm'
import { missing } from '../../violation'
import { creation, type KindEdits, onlyDescription } from '../kind-edits'

export function createUplink(input: UplinkInput, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const uplink: NestedUplink = {
      id: ids.uuid(),
      ...input,
      number: chooseNumber(topology, input.vmId),
      macAddress: allocateUplinkMac(topology, ids),
    }
    return settle(
      { ...topology, nestedUplinks: put(topology.nestedUplinks, uplink) },
      checkUplink(topology, uplink),
      { id: uplink.id },
      ids,
    )
  }
}

/** All uplinks, those of a VM that came to another host numbered as that host allows; a number that is free there stays. */
export function moveUplinks(topology: Topology, { id: vmId }: Pick<Vm, 'id'>): readonly NestedUplink[] {
  const others = topology.nestedUplinks.filter((uplink) => uplink.vmId !== vmId)
  return topology.nestedUplinks
    .filter((uplink) => uplink.vmId === vmId)
    .reduce<readonly NestedUplink[]>(
      (placed, uplink) => [...placed, { ...uplink, number: chooseNumber({ ...topology, nestedUplinks: placed }, vmId, uplink.number) }],
      others,
    )
}

/** `wanted`, or the lowest that no uplink of the same host has, and whose device names are free there: br-data may be a provider bridge. */
function chooseNumber({ hosts, vms, nestedUplinks }: Topology, vmId: string, wanted = 1): number {
  const hostOf = new Map(vms.map((vm) => [vm.id, vm.hostId]))
  const host = findById(hosts, hostOf.get(vmId))
  const made = nestedUplinks.filter((uplink) => hostOf.get(uplink.vmId) === host?.id).flatMap(({ number }) => uplinkDeviceNames(number))
  const taken = new Set([...made, ...(host ? chosenDevices(host) : []).map(({ name }) => name)])
  const isFree = (number: number) => !uplinkDeviceNames(number).some((name) => taken.has(name))
  if (isFree(wanted)) return wanted
  let number = 1
  while (!isFree(number)) number += 1
  return number
}

export function removeUplink(id: string, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const uplink = findById(topology.nestedUplinks, id)
    if (!uplink) return refused(missing('nestedUplink', 'id'))
    return settle(
      { ...topology, nestedUplinks: othersThan(topology.nestedUplinks, uplink) },
      checkUplinkRemoval(topology, uplink),
      { id },
      ids,
    )
  }
}

function allocateUplinkMac({ nestedUplinks }: Topology, ids: IdSource): string {
  return drawMac(UPLINK_MAC_BASE, new Set(nestedUplinks.map((uplink) => uplink.macAddress)), ids)
}

/** For life: another wire is another uplink. */
export const nestedUplinkEdits = {
  create: creation('nestedUplink', uplinkInput, (input, { ids }) => createUplink(input, ids)),
  update: onlyDescription('nestedUplink'),
  remove: (id, { ids }) => removeUplink(id, ids),
} satisfies KindEdits
