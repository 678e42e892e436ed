// The fields of a VM as people read them.

import { findById } from '../../find'
import { list, nameOf, type PrintedFields } from '../../print-values'
import type { Topology } from '../../topology'
import type { Vm, VmDisk } from './vm'

const printDisk = ({ path, format, isReadOnly }: VmDisk): string => `${path} (${format}${isReadOnly ? ', read-only' : ''})`

export function printVm(vm: Vm, names: Topology): PrintedFields {
  const boot =
    vm.boot.kind === 'disk'
      ? `${vm.boot.path} (${vm.boot.format})`
      : [vm.boot.kernel, vm.boot.initrd, vm.boot.cmdline, ...(vm.boot.disk ? [printDisk(vm.boot.disk)] : [])].join(' ')
  const networkIds = vm.portIds.map((portId) => findById(names.ports, portId)?.networkId ?? null)
  return {
    name: vm.name,
    project: nameOf(names.projects, vm.projectId),
    host: nameOf(names.hosts, vm.hostId),
    'availability zone': vm.availabilityZone ?? null,
    'host aggregate': nameOf(names.hostAggregates, vm.hostAggregateId ?? null),
    memory: `${vm.memoryMib} MiB`,
    vCPUs: String(vm.vcpus),
    virtualisation: vm.virtType,
    boot,
    NICs: list(networkIds.map((networkId, index) => `eth${index}: ${nameOf(names.networks, networkId) ?? '?'}`)),
  }
}
