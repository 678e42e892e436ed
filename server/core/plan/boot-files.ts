// Files that VMs of a plan start from. Libvirt misses one only when it starts the VM, which on another host is switched off by then: so the host
// is asked for them while the plan is made.

import type { Vm } from '../topology/kinds/vm/vm'
import { handsOf } from './moves'
import type { HostPlan } from './plan'
import type { Blocked } from './plan-params'
import { block } from './subjects'

export interface BootFile {
  readonly vm: Pick<Vm, 'id' | 'name'>
  readonly path: string
}

/** Of VMs that the plan starts; one that runs has what it needs. */
export const bootFilesOf = ({ steps }: Pick<HostPlan, 'steps'>, vms: readonly Vm[]): BootFile[] =>
  vms.filter((vm) => steps.some((step) => handsOf.vm.starts(step, vm.id))).flatMap((vm) => pathsOf(vm).map((path) => ({ vm, path })))

const pathsOf = ({ boot }: Vm): readonly string[] =>
  boot.kind === 'disk' ? [boot.path] : [boot.kernel, boot.initrd, ...(boot.disk ? [boot.disk.path] : [])]

/** `printed`: those of them that are not there, a line each. */
export function withMissing<Plan extends Pick<HostPlan, 'hostName' | 'blocked'>>(
  plan: Plan,
  files: readonly BootFile[],
  printed: string,
): Plan {
  const missing = new Set(printed.split('\n'))
  const found = files
    .filter(({ path }) => missing.has(path))
    .map(({ vm, path }): Blocked =>
      block({ kind: 'vm', id: vm.id, name: vm.name }, { code: 'missing-file', params: { host: plan.hostName, path } }),
    )
  return found.length === 0 ? plan : { ...plan, blocked: [...plan.blocked, ...found] }
}
