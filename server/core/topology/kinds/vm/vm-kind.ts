// The kind `vm`, as every list of kinds needs it (../kind.ts).

import { findById } from '../../find'
import { checkName } from '../../rules/names'
import { parts } from '../columns'
import { byName } from '../compare'
import type { DesignKind } from '../kind'
import type { Vm } from './vm'
import { printVm } from './vm-print'
import { checkBoot, checkMemory, checkVcpus, checkVm, checkVmRemoval, takenByVm } from './vm-rules'
import { vmViolations } from './vm-violations'

export const vmKind = {
  kind: 'vm',
  list: 'vms',
  words: { one: 'VM', many: 'VMs' },
  label: (_, { name }) => name,
  detail: ({ hosts }, { hostId }) => `on ${findById(hosts, hostId)?.name ?? hostId}`,
  print: printVm,
  compare: byName,
  check: checkVm,
  fieldRules: { name: (name) => checkName(name), memoryMib: checkMemory, vcpus: checkVcpus, boot: checkBoot },
  checkRemoval: checkVmRemoval,
  violations: vmViolations,
  takesAlong: takenByVm,
  // Before there was a choice, every guest was emulated.
  earlier: { virtType: 'qemu' },
  columns: {
    json: ['boot'],
    optional: ['availabilityZone', 'hostAggregateId'],
    parts: parts<Vm, Nic>({
      table: 'vmNic',
      owner: 'vmId',
      orderBy: 'position',
      fields: ['portIds', 'keptPortIds'],
      of: nicsOf,
      into: fromNics,
    }),
  },
} satisfies DesignKind<'vm'>

interface Nic {
  readonly portId: string
  readonly isKept: boolean
}

function nicsOf({ portIds, keptPortIds = [] }: Vm): Nic[] {
  return portIds.map((portId) => ({ portId, isKept: keptPortIds.includes(portId) }))
}

function fromNics(nics: readonly Nic[]): Pick<Vm, 'portIds' | 'keptPortIds'> {
  const keptPortIds = nics.flatMap(({ portId, isKept }) => (isKept ? [portId] : []))
  return { portIds: nics.map(({ portId }) => portId), ...(keptPortIds.length > 0 && { keptPortIds }) }
}
