// The rules of a VM, each with the values that its sentence needs, and the sentence (../../violation.ts).

import type { Messages } from '../../../explain/message'
import { quoted } from '../../../explain/words'
import type { Limits } from '../../rule-values'

export interface VmRules {
  'nic-required': {}
  'vm-host-read-only': { host: string; vm: string }
  'size-range': Limits & { what: 'memory' | 'vcpus' }
  'vm-is-host': { vm: string; host: string }
}

export const vmViolations: Messages<VmRules> = {
  'nic-required': () => 'Plug the VM into at least one network.',
  'vm-host-read-only': ({ host, vm }) =>
    `Nothing is ever changed on host ${quoted(host)}: VM ${quoted(vm)} neither leaves it nor comes to it.`,
  'size-range': ({ what, least, most }) =>
    what === 'memory'
      ? `Memory is a whole number from ${least} to ${most} MiB.`
      : `The number of virtual CPUs is a whole number from ${least} to ${most}.`,
  'vm-is-host': ({ vm, host }) => `VM ${quoted(vm)} is host ${quoted(host)}; take that host out of the design first.`,
}
