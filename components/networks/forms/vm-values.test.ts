import { describe, expect, it } from 'vitest'

import { changedSince } from '@/components/lib/changed-fields'
import type { VmBoot } from '@/server/core/topology/kinds/vm/vm'
import type { ObjectOf } from '@/server/core/topology/topology'

import { likeVm, toVmInput, toVmPatch, vmValues } from './vm-values'

const fromDisk: VmBoot = { kind: 'disk', path: '/img/a.qcow2', format: 'qcow2' }
const fromKernel: VmBoot = { kind: 'kernel', kernel: '/k', initrd: '/i', cmdline: 'quiet' }
const withDisk: VmBoot = { ...fromKernel, disk: { path: '/img/b', format: 'raw', isReadOnly: false } }
const vmThat = (boot: VmBoot, description?: string): ObjectOf['vm'] => ({
  id: 'v',
  projectId: 'demo',
  name: 'web-1',
  hostId: 'cmp1',
  memoryMib: 512,
  vcpus: 2,
  virtType: 'qemu',
  boot,
  portIds: ['p1', 'p2'],
  ...(description !== undefined && { description }),
})

describe('a VM in a form', () => {
  it.each([fromDisk, fromKernel, withDisk])('comes back as it was: %j', (boot) => {
    expect(toVmPatch(vmValues(vmThat(boot, 'the first')))).toEqual({
      name: 'web-1',
      description: 'the first',
      hostId: 'cmp1',
      availabilityZone: null,
      hostAggregateId: null,
      nics: [{ portId: 'p1' }, { portId: 'p2' }],
      memoryMib: 512,
      vcpus: 2,
      boot,
    })
  })

  it('sends nothing while nothing is changed, and a description that is taken away', () => {
    const opened = vmValues(vmThat(fromKernel, 'the first'))
    expect(changedSince(toVmPatch(opened), toVmPatch({ ...opened }))).toEqual({ seen: {} })
    expect(changedSince(toVmPatch(opened), toVmPatch({ ...opened, description: '' }))).toEqual({
      description: '',
      seen: { description: 'the first' },
    })
  })

  it('is in its project for good: a change names none', () => expect(toVmPatch(vmValues(vmThat(fromDisk)))).not.toHaveProperty('projectId'))
})

describe('the next VM', () => {
  it('is small and boots a disk when it is the first', () => {
    expect(likeVm(undefined)).toMatchObject({ bootKind: 'disk', memoryMib: 128, vcpus: 1, nics: [''] })
  })

  it.each([
    [fromDisk, { bootKind: 'disk', diskPath: '/img/a.qcow2', diskFormat: 'qcow2', kernel: '' }],
    [fromKernel, { bootKind: 'kernel', kernel: '/k', initrd: '/i', cmdline: 'quiet', diskPath: '' }],
    [withDisk, { bootKind: 'kernel', kernel: '/k', diskPath: '/img/b', diskFormat: 'raw', isDiskReadOnly: false }],
  ])('is sized and boots as the last one did: %j', (boot, values) => {
    expect(likeVm(vmThat(boot, 'the first'))).toMatchObject({ memoryMib: 512, vcpus: 2, name: '', description: '', hostId: '', ...values })
  })
})

describe('what a form sends', () => {
  const filled = { ...likeVm(undefined), diskPath: ' ', kernel: '/k', initrd: '/i' }

  it('has a NIC per row that is filled in, in a network or with a port that is there', () => {
    expect(toVmInput({ ...filled, nics: ['network:n', '', 'port:p'] }).nics).toEqual([{ networkId: 'n' }, { portId: 'p' }])
  })

  it('has a size that the server refuses where a number is missing', () => {
    expect(toVmInput({ ...filled, memoryMib: null, vcpus: null })).toMatchObject({ memoryMib: 0, vcpus: 0 })
  })

  it('has a disk beside a kernel only where one is named', () => {
    expect(toVmInput({ ...filled, bootKind: 'kernel' }).boot).toEqual({
      kind: 'kernel',
      kernel: '/k',
      initrd: '/i',
      cmdline: 'console=ttyS0',
    })
    expect(toVmInput({ ...filled, bootKind: 'kernel', diskPath: '/d' }).boot).toMatchObject({
      disk: { path: '/d', format: 'qcow2', isReadOnly: true },
    })
  })
})
