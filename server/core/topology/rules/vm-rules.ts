// Rules of VMs: a known compute host, NICs, and sizes that QEMU takes.

import { findById, quoted } from '../find'
import type { Topology, Vm, VmBoot } from '../topology'
import { conflict, invalid, missing, type Violation } from '../violation'
import { checkLine, checkName } from './names'

/** Below, no current kernel gets through its own boot. */
export const MIN_MEMORY_MIB = 32
export const MAX_MEMORY_MIB = 1024 * 1024
export const MAX_VCPUS = 255

export function checkVm(topology: Topology, vm: Vm): Violation[] {
  return [
    ...checkName(vm.name),
    ...(findById(topology.projects, vm.projectId) ? [] : [missing('project', 'projectId')]),
    ...checkVmHost(topology, vm),
    ...(vm.portIds.length > 0 ? [] : [invalid('nic-required', 'networkIds', 'Plug the VM into at least one network.')]),
    ...checkSize(vm.memoryMib, MIN_MEMORY_MIB, MAX_MEMORY_MIB, 'memoryMib', 'Memory', ' MiB'),
    ...checkSize(vm.vcpus, 1, MAX_VCPUS, 'vcpus', 'The number of virtual CPUs', ''),
    ...checkBoot(vm.boot),
  ]
}

function checkVmHost({ hosts }: Topology, vm: Vm): Violation[] {
  const host = findById(hosts, vm.hostId)
  if (!host) return [missing('host', 'hostId')]
  if (host.roles.includes('compute')) return []
  return [conflict('vm-host-compute', 'hostId', `Host ${quoted(host.name)} is no compute host; a VM needs one.`, [host.name])]
}

function checkSize(value: number, min: number, max: number, field: string, what: string, unit: string): Violation[] {
  if (Number.isInteger(value) && value >= min && value <= max) return []
  return [invalid('size-range', field, `${what} is a whole number from ${min} to ${max}${unit}.`)]
}

function checkBoot(boot: VmBoot): Violation[] {
  if (boot.kind === 'disk') return checkPath(boot.path, 'boot.path', 'The disk image')
  return [
    ...checkPath(boot.kernel, 'boot.kernel', 'The kernel'),
    ...checkPath(boot.initrd, 'boot.initrd', 'The initial RAM disk'),
    ...checkLine(boot.cmdline, 'boot.cmdline', 'The kernel command line'),
    ...(boot.disk ? checkPath(boot.disk.path, 'boot.disk.path', 'The disk image') : []),
  ]
}

/** Paths are the host's, which is why they must be absolute: there is no working directory to start from. */
function checkPath(path: string, field: string, what: string): Violation[] {
  const unprintable = checkLine(path, field, what)
  if (unprintable.length > 0 || (path.startsWith('/') && path.length > 1)) return unprintable
  return [invalid('path-absolute', field, `${what} is an absolute path on the host, such as /var/lib/images/guest.qcow2.`)]
}
