import { expect, it } from 'vitest'
import { explainVmEffect } from '../../../explain/vm-effect'
import { makeSample } from '../../testing/sample'
import { createPort } from '../port/port-edits'
import type { VmPatch } from './vm-input'
import { vmEffects } from './vm-effects'
import { updateVm } from './vm-update'

const { draft, web1, cmp2, green, blue } = makeSample()
const { ids } = draft
const free = draft.make(createPort({ networkId: green, name: 'free' }, ids)).id
const [made] = draft.topology.vms.find(({ id }) => id === web1)!.portIds
draft.make(updateVm(web1, { nics: [{ portId: made! }, { portId: free }] }, ids))
draft.host('in1', 30, { vmId: web1 })
const vm = draft.topology.vms.find(({ id }) => id === web1)!
const [eth0, eth1] = vm.portIds.map((portId) => ({ portId })) as [{ portId: string }, { portId: string }]

const INNER = 'It is host in1: what runs there loses packets meanwhile.'
const ANEW = 'The VM is switched off and started anew:'

it.each<[string, VmPatch, readonly string[]]>([
  ['nothing', { name: 'web-1', memoryMib: vm.memoryMib, nics: [eth0, eth1] }, []],
  ['a name', { name: 'other' }, ['The VM goes on running under its new name.']],
  ['memory and processors', { memoryMib: 256, vcpus: 2 }, [`${ANEW} its memory and its virtual CPUs cannot change while it runs.`, INNER]],
  [
    'the disk',
    { boot: { kind: 'disk', path: '/img/b.qcow2', format: 'qcow2' } },
    [`${ANEW} what it boots from cannot change while it runs.`, INNER],
  ],
  ['a NIC at the end', { nics: [eth0, eth1, { networkId: blue }] }, ['1 NIC comes while the VM runs; the guest sets it up itself.']],
  [
    'a NIC in front',
    { nics: [{ networkId: blue }, eth0, eth1] },
    [`${ANEW} the order of its NICs cannot change while it runs.`, '1 NIC comes when it starts; the guest sets it up itself.', INNER],
  ],
  ['the order', { nics: [eth1, eth0] }, [`${ANEW} the order of its NICs cannot change while it runs.`, INNER]],
  ['a NIC less, whose port was there before', { nics: [eth0] }, ['1 NIC goes while the VM runs.', '"free" stays and is free again.']],
  [
    'a NIC less, whose port it had made',
    { nics: [eth1] },
    ['1 NIC goes while the VM runs.', 'Its port goes too, since the VM had it made; 10.0.1.3 is free for others.'],
  ],
  [
    'another host',
    { hostId: cmp2, memoryMib: 256 },
    [
      'A cold move: the VM is switched off on cmp1 and started on cmp2. MAC and IP addresses stay: 10.0.1.3, 10.0.2.3.',
      'cmp2 must have /img/a.qcow2; nothing is copied.',
      'Where /img/a.qcow2 is not on storage that cmp1 and cmp2 share, what the guest wrote stays behind.',
      INNER,
    ],
  ],
])('%s', (_, patch, sentences) => expect(vmEffects(draft.topology, vm, patch).map(explainVmEffect)).toEqual(sentences))

it('a disk that is only read is only asked for', () => {
  const boot = { kind: 'kernel', kernel: '/k', initrd: '/i', cmdline: '', disk: { path: '/d', format: 'raw', isReadOnly: true } } as const
  const codes = (disk: object) =>
    vmEffects(draft.topology, { ...vm, boot: { ...boot, disk: { ...boot.disk, ...disk } } }, { hostId: cmp2 }).map(({ code }) => code)
  expect(codes({})).not.toContain('leaves-disk')
  expect(codes({ isReadOnly: false })).toContain('leaves-disk')
})
