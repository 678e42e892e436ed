// VMs as rows, with their NICs in order.

import type { Vm as Row, VmNic as NicRow } from '@/generated/prisma/client'
import type { VirtType, Vm } from '@/server/core/topology/kinds/vm/vm'
import { readJson, writeJson } from '../json'
import { groupParts, inIds, inOrder, type Table } from './table'

type LoadedRow = Row & { readonly nics: readonly NicRow[] }

export const vmTable: Table<Vm> = {
  load: async (tx) => {
    const partsOf = groupParts(await tx.vmNic.findMany(inOrder), (part) => part.vmId)
    return (await tx.vm.findMany()).map((row) => fromRow({ ...row, nics: partsOf(row.id) }))
  },
  removeParts: (tx, ids) => tx.vmNic.deleteMany({ where: { vmId: inIds(ids) } }),
  remove: (tx, ids) => tx.vm.deleteMany({ where: { id: inIds(ids) } }),
  update: (tx, vm) => tx.vm.update({ where: { id: vm.id }, data: toRow(vm) }),
  create: (tx, vms) => tx.vm.createMany({ data: vms.map(toRow) }),
  createParts: (tx, vms) => tx.vmNic.createMany({ data: vms.flatMap(toNicRows) }),
}

function fromRow({ nics, bootJson, virtType, ...row }: LoadedRow): Vm {
  const keptPortIds = nics.filter((nic) => nic.isKept).map((nic) => nic.portId)
  return { ...row, virtType: virtType as VirtType, boot: readJson(bootJson), portIds: nics.map((nic) => nic.portId), ...(keptPortIds.length > 0 && { keptPortIds }) }
}

const toRow = ({ portIds: _parts, keptPortIds: _kept, boot, ...vm }: Vm): Row => ({ ...vm, bootJson: writeJson(boot) })
const toNicRows = (vm: Vm): NicRow[] =>
  vm.portIds.map((portId, position) => ({ vmId: vm.id, position, portId, isKept: vm.keptPortIds?.includes(portId) ?? false }))
