// The VM form ↔ the API, and what is wrong with its shape. Pure.

import { checkInput, checkPatch } from '@/components/lib/check-form'
import { existingPort, toPort, type PortChoice } from '@/components/trunks/port-choices'
import type { Vm, VmBoot } from '@/server/core/topology/kinds/vm/vm'
import { vmInput, vmPatchInput } from '@/server/core/topology/kinds/vm/vm-input'
import { vmKind } from '@/server/core/topology/kinds/vm/vm-kind'
import type { ObjectOf } from '@/server/core/topology/topology'

export interface VmValues {
  readonly projectId: string
  readonly name: string
  readonly description: string
  /** '' of a new one: one is chosen. */
  readonly hostId: string
  /** '' is any. */
  readonly availabilityZone: string
  readonly hostAggregateId: string
  /** In the guest's order. */
  readonly nics: readonly PortChoice[]
  /** Of the ports that are made for a new one. null: the `default` group. */
  readonly securityGroupIds: readonly string[] | null
  readonly memoryMib: number | null
  readonly vcpus: number | null
  readonly bootKind: VmBoot['kind']
  readonly kernel: string
  readonly initrd: string
  readonly cmdline: string
  readonly diskPath: string
  readonly diskFormat: 'qcow2' | 'raw'
  /** Beside a kernel the disk is optional, and may be shared by several VMs. */
  readonly isDiskReadOnly: boolean
}

const SMALL_GUEST_MIB = 128

const emptyVm: VmValues = {
  projectId: '',
  name: '',
  description: '',
  hostId: '',
  availabilityZone: '',
  hostAggregateId: '',
  nics: [''],
  securityGroupIds: null,
  memoryMib: SMALL_GUEST_MIB,
  vcpus: 1,
  bootKind: 'disk',
  kernel: '',
  initrd: '',
  cmdline: 'console=ttyS0',
  diskPath: '',
  diskFormat: 'qcow2',
  isDiskReadOnly: true,
}

/** The next VM mostly boots as the last one did. */
export function likeVm(vm: Vm | undefined): VmValues {
  if (!vm) return emptyVm
  const size = { memoryMib: vm.memoryMib, vcpus: vm.vcpus, bootKind: vm.boot.kind }
  if (vm.boot.kind === 'disk') return { ...emptyVm, ...size, diskPath: vm.boot.path, diskFormat: vm.boot.format }
  const { kernel, initrd, cmdline, disk } = vm.boot
  return {
    ...emptyVm,
    ...size,
    kernel,
    initrd,
    cmdline,
    ...(disk && { diskPath: disk.path, diskFormat: disk.format, isDiskReadOnly: disk.isReadOnly }),
  }
}

export const vmValues = (vm: ObjectOf['vm']): VmValues => ({
  ...likeVm(vm),
  projectId: vm.projectId,
  name: vm.name,
  description: vm.description ?? '',
  hostId: vm.hostId,
  availabilityZone: vm.availabilityZone ?? '',
  hostAggregateId: vm.hostAggregateId ?? '',
  nics: vm.portIds.map(existingPort),
})

export const toVmPatch = (values: VmValues) => {
  const { projectId: _projectId, securityGroupIds: _groups, ...patch } = toVmInput(values)
  return { ...patch, hostId: values.hostId }
}

export const toVmInput = (values: VmValues) => ({
  projectId: values.projectId,
  name: values.name,
  description: values.description,
  hostId: values.hostId || null,
  availabilityZone: values.availabilityZone || null,
  hostAggregateId: values.hostAggregateId || null,
  // A row that is not filled in is none, so that the server names the missing NIC.
  nics: values.nics.flatMap(toNic),
  securityGroupIds: values.securityGroupIds && [...values.securityGroupIds],
  memoryMib: values.memoryMib ?? 0,
  vcpus: values.vcpus ?? 0,
  boot: toBoot(values),
})

function toNic(choice: PortChoice): ({ portId: string } | { networkId: string })[] {
  const { portId, networkId } = toPort(choice)
  if (portId !== undefined) return [{ portId }]
  return networkId === undefined ? [] : [{ networkId }]
}

function toBoot({ bootKind, kernel, initrd, cmdline, diskPath, diskFormat, isDiskReadOnly }: VmValues): VmBoot {
  if (bootKind === 'disk') return { kind: 'disk', path: diskPath, format: diskFormat }
  const disk = { path: diskPath, format: diskFormat, isReadOnly: isDiskReadOnly }
  return { kind: 'kernel', kernel, initrd, cmdline, ...(diskPath.trim() !== '' && { disk }) }
}

export const checkNewVm = checkInput(vmInput, toVmInput, vmKind.fieldRules)
export const checkVm = checkPatch(vmPatchInput, toVmPatch, vmKind.fieldRules)
