// The rules of a VM, each with the values that its sentence needs, and the sentence (../../violation.ts).

import type { Messages } from '../../../explain/message'
import { quoted } from '../../../explain/words'
import type { Limits } from '../../rule-values'

export interface VmRules {
  'nic-required': {}
  'vm-host-read-only': { host: string; vm: string }
  'size-range': Limits & { what: 'memory' | 'vcpus' }
  'vm-host-zone': { host: string; zone: string; wanted: string }
  'vm-host-aggregate': { host: string; aggregate: string }
  'vm-host-project': { host: string; project: string }
  /** null: it asks for none. */
  'vm-host-none': { zone: string | null; aggregate: string | null; project: string }
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
  'vm-host-zone': ({ host, zone, wanted }) =>
    `The VM asks for availability zone ${quoted(wanted)}; host ${quoted(host)} is in ${quoted(zone)}.`,
  'vm-host-aggregate': ({ host, aggregate }) =>
    `The VM asks for host aggregate ${quoted(aggregate)}, which host ${quoted(host)} is not in.`,
  'vm-host-project': ({ host, project }) =>
    `Host ${quoted(host)} is kept for other projects than ${quoted(project)} by its host aggregates.`,
  'vm-host-none': ({ zone, aggregate, project }) => {
    const asked = [
      ...(zone === null ? [] : [`of zone ${quoted(zone)}`]),
      ...(aggregate === null ? [] : [`of aggregate ${quoted(aggregate)}`]),
    ]
    return `No compute host ${asked.length > 0 ? `${asked.join(' and ')} ` : ''}takes VMs of project ${quoted(project)}.`
  },
  'vm-is-host': ({ vm, host }) => `VM ${quoted(vm)} is host ${quoted(host)}; take that host out of the design first.`,
}
