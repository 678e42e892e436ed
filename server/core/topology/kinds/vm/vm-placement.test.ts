import { describe, expect, it } from 'vitest'
import { explainViolation } from '../../../explain/violation'
import type { TopologyEdit } from '../../edit'
import { makeSample } from '../../testing/sample'
import { hostAggregateEdits } from '../host-aggregate/host-aggregate-edits'
import { hostAggregateInput, hostAggregatePatchInput } from '../host-aggregate/host-aggregate-input'
import { hostPatchInput } from '../host/host-input'
import { removeHost, updateHost } from '../host/host-edits'
import { createProject, removeProject } from '../project/project-edits'
import { createVm } from './vm-edits'
import { vmInput, vmPatchInput } from './vm-input'
import { updateVm } from './vm-update'

/** web-1 is on cmp1, web-2 on cmp2, both of demo. */
function make() {
  const sample = makeSample()
  const { draft, demo, blue, cmp1, cmp2 } = sample
  const deps = { ids: draft.ids, now: '' }
  const boot = { kind: 'disk', path: '/d', format: 'raw' }
  const vm = (fields: object) =>
    createVm(vmInput.parse({ projectId: demo, name: 'x', networkIds: [blue], memoryMib: 64, vcpus: 1, boot, ...fields }), draft.ids)
  const move = (id: string, patch: object) => updateVm(id, vmPatchInput.parse(patch), draft.ids)
  const host = (id: string, patch: object) => updateHost(id, hostPatchInput.parse(patch), draft.ids)
  const aggregate = (fields: object) => hostAggregateEdits.create.edit(hostAggregateInput.parse(fields), deps)
  const change = (id: string, patch: object) => hostAggregateEdits.update.edit(id, hostAggregatePatchInput.parse(patch), deps)
  const remove = (id: string) => hostAggregateEdits.remove(id)
  const other = draft.make(createProject({ name: 'other' }, draft.ids)).id
  const said = (edit: TopologyEdit<unknown>): string[] => {
    const outcome = edit(draft.topology)
    return outcome.ok ? [] : outcome.violations.map((each) => `${each.field} ${each.rule}: ${explainViolation(each)}`)
  }
  const whereIs = (id: string) => draft.topology.vms.find((each) => each.id === id)?.hostId
  return { ...sample, vm, move, host, aggregate, change, remove, other, said, whereIs, cmp1, cmp2 }
}

describe('a VM may be', () => {
  const { draft, vm, move, host, aggregate, change, remove, other, said, cmp1, cmp2, web1, web2, demo } = make()
  draft.make(host(cmp2, { availabilityZone: 'east' }))
  const fast = draft.make(aggregate({ name: 'fast', hostIds: [cmp2] })).id
  const asked = draft.make(vm({ name: 'asked', hostId: cmp2, availabilityZone: 'east', hostAggregateId: fast })).id
  it.each<[string, TopologyEdit<unknown>, readonly string[]]>([
    ['in its zone', vm({ hostId: cmp2, availabilityZone: 'east' }), []],
    [
      'in no other zone',
      vm({ hostId: cmp1, availabilityZone: 'east' }),
      ['hostId vm-host-zone: The VM asks for availability zone "east"; host "cmp1" is in "nova".'],
    ],
    [
      'in its aggregate only',
      vm({ hostId: cmp1, hostAggregateId: fast }),
      ['hostId vm-host-aggregate: The VM asks for host aggregate "fast", which host "cmp1" is not in.'],
    ],
    [
      'in no aggregate that there is not',
      vm({ hostAggregateId: demo }),
      ['hostAggregateId known-object: This host aggregate does not exist, or no longer.'],
    ],
    ['moved within its wishes', move(asked, { memoryMib: 128 }), []],
    [
      'moved against its wishes no more than made so',
      move(asked, { hostId: cmp1 }),
      [
        'hostId vm-host-zone: The VM asks for availability zone "east"; host "cmp1" is in "nova".',
        'hostId vm-host-aggregate: The VM asks for host aggregate "fast", which host "cmp1" is not in.',
      ],
    ],
    ['moved when it wants something else', move(asked, { hostId: cmp1, availabilityZone: null, hostAggregateId: null }), []],
    [
      'kept in its zone by the host',
      host(cmp2, { availabilityZone: 'west' }),
      ['availabilityZone vm-host-zone: The VM asks for availability zone "east"; host "cmp2" is in "west".'],
    ],
    [
      'kept in its aggregate',
      change(fast, { hostIds: [cmp1] }),
      ['hostIds vm-host-aggregate: The VM asks for host aggregate "fast", which host "cmp2" is not in.'],
    ],
    ['asked for, and so the aggregate stays', remove(fast), ['null aggregate-wanted: VMs ask for host aggregate "fast": "asked".']],
    [
      'where nobody else may be',
      aggregate({ name: 'theirs', hostIds: [cmp1], projectIds: [other] }),
      ['projectIds vm-host-project: Host "cmp1" is kept for other projects than "demo" by its host aggregates.'],
    ],
    [
      'listed once',
      aggregate({ name: 'twice', hostIds: [cmp1, cmp1], projectIds: [demo, demo] }),
      [
        'hostIds.1 aggregate-unique: The host "cmp1" is listed twice.',
        'projectIds.1 aggregate-unique: The project "demo" is listed twice.',
      ],
    ],
    [
      'on a host that takes none no longer by coming',
      (topology) => {
        const outcome = host(cmp2, { isSchedulable: false })(topology)
        return outcome.ok ? move(web1, { hostId: cmp2 })(outcome.topology) : outcome
      },
      ['hostId host-schedulable: Host "cmp2" takes no VMs, routers and DHCP servers at the moment; its switch for them is off.'],
    ],
    [
      'changed on such a host',
      (topology) => {
        const outcome = host(cmp2, { isSchedulable: false })(topology)
        return outcome.ok ? move(web2, { memoryMib: 256 })(outcome.topology) : outcome
      },
      [],
    ],
  ])('%s', (_, edit, expected) => expect(said(edit)).toEqual(expected))
})

describe('a host is chosen for a VM that names none', () => {
  it('by the number of VMs', () => {
    const { draft, vm, whereIs, cmp1, cmp2 } = make()
    const places = ['a', 'b', 'c', 'd'].map((name) => whereIs(draft.make(vm({ name })).id))
    expect(places).toEqual([cmp1, cmp2, cmp1, cmp2])
  })
  it('among those that it may be on', () => {
    const { draft, vm, host, whereIs, said, cmp1, cmp2, aggregate, other } = make()
    draft.make(host(cmp1, { isSchedulable: false }))
    expect(whereIs(draft.make(vm({ name: 'a' })).id)).toBe(cmp2)
    const zone = ['hostId vm-host-none: No compute host of zone "west" takes VMs of project "demo".']
    expect(said(vm({ availabilityZone: 'west' }))).toEqual(zone)
    draft.make(aggregate({ name: 'theirs', hostIds: [], projectIds: [other] }))
    expect(said(removeProject(other))).toEqual([
      'null project-empty: Project "other" still has networks, routers, floating IPs, VMs, trunks, security groups or host aggregates: "theirs".',
    ])
  })
  it('which carries its networks, or says what it lacks', () => {
    const { draft, vm, host, said, whereIs, cmp1, cmp2 } = make()
    draft.host('bare', 20, { tunnel: null })
    draft.make(host(cmp1, { isSchedulable: false }))
    expect(whereIs(draft.make(vm({ name: 'a' })).id)).toBe(cmp2)
    draft.make(host(cmp2, { isSchedulable: false }))
    expect(said(vm({ name: 'b' }))).toEqual([
      'hostId tunnel-address: Host "bare" has no tunnel address, which the VXLAN network "blue" needs.',
    ])
  })
})

describe('a host that takes nothing any more', () => {
  it('lets go of DHCP servers and routers, which another host gets', () => {
    const { draft, host, net1 } = make()
    const second = draft.host('net2', 30, { roles: ['network'] })
    const served = (hostId: string) => draft.topology.ports.filter((port) => port.deviceOwner === 'network:dhcp' && port.hostId === hostId)
    const before = served(net1).length
    expect(before).toBeGreaterThan(0)
    draft.make(host(net1, { isSchedulable: false }))
    expect([served(net1).length, served(second).length > 0]).toEqual([0, true])
  })
  it('and is taken out, is in no aggregate', () => {
    const { draft, aggregate } = make()
    const spare = draft.host('spare', 31)
    draft.make(aggregate({ name: 'all', hostIds: [spare] }))
    draft.make(removeHost(spare, draft.ids))
    expect(draft.topology.hostAggregates[0]?.hostIds).toEqual([])
  })
})
