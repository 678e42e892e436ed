// The kind `vm`, as every list of kinds needs it (../kind.ts).

import { findById } from '../../find'
import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { printVm } from './vm-print'
import { checkVm, checkVmRemoval, takenByVm } from './vm-rules'

export const vmKind = {
  kind: 'vm',
  list: 'vms',
  words: { one: 'VM', many: 'VMs' },
  label: (_, { name }) => name,
  detail: ({ hosts }, { hostId }) => `on ${findById(hosts, hostId)?.name ?? hostId}`,
  print: printVm,
  compare: byName,
  check: checkVm,
  checkRemoval: checkVmRemoval,
  takesAlong: takenByVm,
  // Before there was a choice, every guest was emulated.
  earlier: { virtType: 'qemu' },
} satisfies DesignKind<'vm'>
