// Edits of nested uplinks. Number and MAC address are chosen here and stored, so that a plan has nothing left to choose.

import { allocateUplinkMac } from '../allocate/mac-address'
import { lowestFree } from '../allocate/segment'
import { refused, type TopologyEdit } from '../edit'
import { findById, othersThan, put } from '../find'
import type { IdSource } from '../id-source'
import type { UplinkInput } from '../inputs/uplink-input'
import { checkUplink, checkUplinkRemoval } from '../rules/uplink-rules'
import { settle } from '../settle'
import type { NestedUplink, Topology } from '../topology'
import { missing } from '../violation'

/** More than any host has VMs; names stay short. */
const MAX_UPLINKS = 9999

export function createUplink(input: UplinkInput, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const uplink: NestedUplink = { id: ids.uuid(), ...input, number: chooseNumber(topology, input.vmId), macAddress: allocateUplinkMac(topology, ids) }
    return settle({ ...topology, nestedUplinks: put(topology.nestedUplinks, uplink) }, checkUplink(topology, uplink), { id: uplink.id }, ids)
  }
}

/** The lowest that no uplink of the same host has. */
function chooseNumber({ vms, nestedUplinks }: Topology, vmId: string): number {
  const hostOf = new Map(vms.map((vm) => [vm.id, vm.hostId]))
  const taken = nestedUplinks.filter((uplink) => hostOf.get(uplink.vmId) === hostOf.get(vmId)).map(({ number }) => number)
  return lowestFree(1, MAX_UPLINKS, new Set(taken)) ?? MAX_UPLINKS
}

export function removeUplink(id: string, ids: IdSource): TopologyEdit<{ id: string }> {
  return (topology) => {
    const uplink = findById(topology.nestedUplinks, id)
    if (!uplink) return refused(missing('nested uplink', 'id'))
    return settle({ ...topology, nestedUplinks: othersThan(topology.nestedUplinks, uplink) }, checkUplinkRemoval(topology, uplink), { id }, ids)
  }
}
