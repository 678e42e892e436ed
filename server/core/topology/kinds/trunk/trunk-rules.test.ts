import { describe, expect, it } from 'vitest'
import type { TopologyEdit } from '../../edit'
import { createPort, removePort, updatePort } from '../port/port-edits'
import { removeProject } from '../project/project-edits'
import { updateNetwork } from '../network/network-edits'
import { addSubPorts, createTrunk, moveSubPort, removeSubPorts, removeTrunk, updateTrunk } from './trunk-edits'
import { createVm, removeVm } from '../vm/vm-edits'
import { trunkInput } from './trunk-input'
import { vmInput } from '../vm/vm-input'
import { makeSample } from '../../testing/sample'
import { checkTopology } from '../../testing/check-topology'

function makeTrunkSample() {
  const sample = makeSample()
  const { draft, demo, blue, green, physnet1, cmp1 } = sample
  const { ids } = draft
  const deps = { ids, now: '2026-01-01T00:00:00.000Z' }
  const port = (networkId: string, name: string) => draft.make(createPort({ networkId, name }, ids)).id
  const wide = draft.network({ projectId: demo, name: 'wide', type: 'vlan', physicalNetworkId: physnet1, segmentationId: 150 })
  const parent = port(wide, 'parent')
  const [red, other, spare] = [port(blue, 'red'), port(green, 'other'), port(blue, 'spare')]
  const trunk = draft.make(
    createTrunk(
      trunkInput.parse({
        projectId: demo,
        name: 'trunk',
        portId: parent,
        subPorts: [{ portId: red, segmentationType: 'vlan', segmentationId: 10 }],
      }),
      deps,
    ),
  ).id
  const makeVm = () =>
    draft.make(
      createVm(
        vmInput.parse({
          projectId: demo,
          name: 'vm',
          hostId: cmp1,
          nics: [{ portId: parent }],
          memoryMib: 128,
          vcpus: 1,
          boot: { kind: 'disk', path: '/a', format: 'raw' },
        }),
        ids,
      ),
    ).id
  const portOf = (id: string) => draft.topology.ports.find((each) => each.id === id)
  return { ...sample, deps, ids, wide, parent, red, other, spare, trunk, makeVm, portOf }
}

const sample = makeTrunkSample()
const { draft, deps, ids, demo, blue, wide, parent, red, other, spare, trunk } = sample
const broken = (edit: TopologyEdit<unknown>) => draft.violations(edit).map(({ rule, field, objects }) => ({ rule, field, objects }))
const vlan = (portId: string, segmentationId: unknown) => ({ portId, segmentationType: 'vlan', segmentationId: segmentationId as number })
const add = (...subPorts: Parameters<typeof addSubPorts>[1]) => addSubPorts(trunk, subPorts, deps)
const create = (changes: object) => createTrunk(trunkInput.parse({ projectId: demo, portId: spare, ...changes }), deps)

it('the sample breaks no rule', () => expect(checkTopology(draft.topology)).toEqual([]))

describe('a subport is refused by the name of the rule', () => {
  it.each([
    [vlan(other, 0), 'trunk-segmentation-range', 'subPorts.0.segmentationId', []],
    [vlan(other, 4095), 'trunk-segmentation-range', 'subPorts.0.segmentationId', []],
    [vlan(other, 1.5), 'trunk-segmentation-range', 'subPorts.0.segmentationId', []],
    [vlan(other, 'seven'), 'trunk-segmentation-range', 'subPorts.0.segmentationId', []],
    [vlan(other, ''), 'trunk-segmentation-range', 'subPorts.0.segmentationId', []],
    [vlan(other, 10), 'trunk-segmentation-unique', 'subPorts.0.segmentationId', ['red']],
    [vlan(red, 11), 'subport-listed-once', 'subPorts.0.portId', []],
    [vlan(parent, 11), 'trunk-no-nesting', 'subPorts.0.portId', ['parent']],
    [{ portId: other, segmentationType: 'qinq', segmentationId: 5 }, 'trunk-segmentation-type', 'subPorts.0.segmentationType', []],
    [{ portId: other, segmentationType: 'vlan' }, 'trunk-segmentation-required', 'subPorts.0', []],
    [{ portId: other, segmentationId: 5 }, 'trunk-segmentation-required', 'subPorts.0', []],
    [{ portId: spare, segmentationType: 'inherit' }, 'trunk-inherit-vlan', 'subPorts.0.segmentationType', ['blue']],
    [vlan('99999999-9999-4999-8999-999999999999', 11), 'known-object', 'subPorts.0.portId', []],
  ])('%j breaks %s', (subPort, rule, field, objects) => expect(broken(add(subPort))).toContainEqual({ rule, field, objects }))

  it('when a VM uses it', () => {
    const used = draft.topology.ports.find((port) => port.deviceId === sample.web1)!
    expect(broken(add(vlan(used.id, 11)))).toEqual([
      { rule: 'subport-without-device', field: 'subPorts.0.portId', objects: ['web-1 eth0'] },
    ])
  })
  it('when its network has a larger MTU than the parent’s', () => {
    const small = create({ portId: spare, subPorts: [vlan(other, 7)] })
    expect(broken(small)).toEqual([{ rule: 'subport-mtu', field: 'subPorts.0.portId', objects: ['green', 'blue'] }])
    expect(broken(updateNetwork(wide, { mtu: 1400 }, ids))).toEqual([{ rule: 'subport-mtu', field: 'mtu', objects: ['trunk'] }])
  })
  it('takes an id as digits, and type and id of a VLAN network with inherit', () => {
    const fresh = makeTrunkSample()
    fresh.draft.make(addSubPorts(fresh.trunk, [{ portId: fresh.other, segmentationType: 'inherit' }, vlan(fresh.spare, '7')], fresh.deps))
    expect(fresh.draft.topology.trunks[0]!.subPorts.map(({ portId, segmentationId }) => [portId, segmentationId])).toEqual([
      [fresh.spare, 7],
      [fresh.red, 10],
      [fresh.other, 100],
    ])
    expect(fresh.draft.topology.trunks[0]!.revisionNumber).toBe(1)
  })
})

describe('a trunk', () => {
  it.each([
    [{ portId: parent }, 'trunk-parent-unique', 'portId', ['trunk']],
    [{ portId: red }, 'trunk-no-nesting', 'portId', ['trunk']],
    [{ subPorts: [vlan(red, 5)] }, 'subport-unique', 'subPorts.0.portId', ['trunk']],
    [{ subPorts: [vlan(parent, 5)] }, 'trunk-no-nesting', 'subPorts.0.portId', ['trunk']],
    [{ subPorts: [vlan(other, 5), vlan(other, 6)] }, 'subport-listed-once', 'subPorts.1.portId', []],
  ])('%j breaks %s', (changes, rule, field, objects) => expect(broken(create(changes))).toContainEqual({ rule, field, objects }))

  it('is refused on a port whose VM has booted, not on one that is only designed', () => {
    const port = draft.topology.ports.find((each) => each.deviceId === sample.web1)!
    const edit = create({ portId: port.id })
    expect(edit(draft.topology)).toMatchObject({ ok: true })
    expect(edit(draft.topology, draft.topology)).toMatchObject({
      ok: false,
      violations: [{ rule: 'trunk-parent-bound', objects: ['web-1'] }],
    })
  })
  it('cannot be changed while it is administratively down, only be set up again', () => {
    const fresh = makeTrunkSample()
    fresh.draft.make(updateTrunk(fresh.trunk, { isAdminStateUp: false }, fresh.deps))
    const rules = (edit: TopologyEdit<unknown>) => fresh.draft.violations(edit).map((each) => each.rule)
    expect(rules(addSubPorts(fresh.trunk, [vlan(fresh.other, 5)], fresh.deps))).toEqual(['trunk-admin-state'])
    expect(rules(removeSubPorts(fresh.trunk, { portIds: [fresh.red] }, fresh.deps))).toEqual(['trunk-admin-state'])
    expect(rules(removeTrunk(fresh.trunk, fresh.ids))).toEqual(['trunk-admin-state'])
    expect(rules(updateTrunk(fresh.trunk, { isAdminStateUp: true }, fresh.deps))).toEqual([])
  })
  it('moves a guest VLAN to another network in one edit', () => {
    const fresh = makeTrunkSample()
    fresh.draft.make(moveSubPort(fresh.trunk, { portId: fresh.red, to: { portId: fresh.other } }, fresh.deps))
    expect(fresh.draft.topology.trunks[0]).toMatchObject({ revisionNumber: 1, subPorts: [{ portId: fresh.other, segmentationId: 10 }] })
    expect(fresh.portOf(fresh.red)).toMatchObject({ deviceOwner: '' })
  })
  it('moves one subport and leaves the others as they have become meanwhile', () => {
    const fresh = makeTrunkSample()
    fresh.draft.make(addSubPorts(fresh.trunk, [vlan(fresh.spare, 11)], fresh.deps))
    fresh.draft.make(moveSubPort(fresh.trunk, { portId: fresh.red, to: { portId: fresh.other } }, fresh.deps))
    fresh.draft.make(moveSubPort(fresh.trunk, { portId: fresh.other, to: { segmentationId: '12' } }, fresh.deps))
    const subPorts = fresh.draft.topology.trunks[0]!.subPorts.map(({ portId, segmentationId }) => [portId, segmentationId])
    expect(new Map(subPorts as [string, number][])).toEqual(
      new Map([
        [fresh.spare, 11],
        [fresh.other, 12],
      ]),
    )
    const move = (portId: string, to: Parameters<typeof moveSubPort>[1]['to']) =>
      fresh.draft.violations(moveSubPort(fresh.trunk, { portId, to }, fresh.deps)).map(({ rule, field }) => [rule, field])
    expect(move(fresh.other, { segmentationId: 11 })).toEqual([['trunk-segmentation-unique', 'to.segmentationId']])
    expect(move(fresh.other, { portId: fresh.spare })).toEqual([['subport-listed-once', 'to.portId']])
    expect(move(fresh.other, { segmentationId: 'ten' })).toEqual([['trunk-segmentation-range', 'to.segmentationId']])
    expect(move(fresh.red, { segmentationId: 13 })).toEqual([['subport-of-trunk', 'portId']])
  })
  it('makes its ports in the same edit, with an address each', () => {
    const fresh = makeTrunkSample()
    const { id } = fresh.draft.make(
      createTrunk(
        trunkInput.parse({
          projectId: demo,
          networkId: fresh.wide,
          subPorts: [
            { networkId: blue, segmentationType: 'vlan', segmentationId: 5 },
            { networkId: fresh.green, segmentationType: 'inherit' },
          ],
        }),
        fresh.deps,
      ),
    )
    const { portId, subPorts } = fresh.draft.topology.trunks.find((each) => each.id === id)!
    expect(fresh.portOf(portId)).toMatchObject({ networkId: fresh.wide, hostId: null, deviceOwner: '' })
    expect(
      subPorts.map((each) => [fresh.portOf(each.portId)?.networkId, each.segmentationId, fresh.portOf(each.portId)?.fixedIps.length]),
    ).toEqual([
      [blue, 5, 1],
      [fresh.green, 100, 1],
    ])
    expect(checkTopology(fresh.draft.topology)).toEqual([])
  })
  it.each([
    [{ portId: null }, 'trunk-port-given', 'portId'],
    [{ networkId: wide }, 'trunk-port-given', 'portId'],
    [{ subPorts: [{ segmentationType: 'vlan', segmentationId: 5 }] }, 'trunk-port-given', 'subPorts.0.portId'],
    [
      { subPorts: [{ networkId: '99999999-9999-4999-8999-999999999999', segmentationType: 'vlan', segmentationId: 5 }] },
      'known-object',
      'subPorts.0.networkId',
    ],
    [
      { subPorts: [{ networkId: blue, segmentationType: 'vlan', segmentationId: 0 }] },
      'trunk-segmentation-range',
      'subPorts.0.segmentationId',
    ],
  ])('with %j breaks %s, and makes no port', (changes, rule, field) =>
    expect(broken(create(changes))).toContainEqual({ rule, field, objects: [] }),
  )
  it('gives the port that takes over the MAC of the one before, when told to', () => {
    const fresh = makeTrunkSample()
    const { macAddress } = fresh.portOf(fresh.red)!
    fresh.draft.make(moveSubPort(fresh.trunk, { portId: fresh.red, to: { networkId: fresh.green, macAddress } }, fresh.deps))
    expect(fresh.portOf(fresh.draft.topology.trunks[0]!.subPorts[0]!.portId)).toMatchObject({ networkId: fresh.green, macAddress })
    expect(checkTopology(fresh.draft.topology)).toEqual([])
  })
  it('lets ports go that leave it, or deletes them when told to', () => {
    const fresh = makeTrunkSample()
    fresh.draft.make(
      moveSubPort(fresh.trunk, { portId: fresh.red, to: { networkId: fresh.green, segmentationId: 20 }, deletesPorts: true }, fresh.deps),
    )
    expect(fresh.portOf(fresh.red)).toBeUndefined()
    const [made] = fresh.draft.topology.trunks[0]!.subPorts
    fresh.draft.make(removeSubPorts(fresh.trunk, { portIds: [made!.portId], deletesPorts: true }, fresh.deps))
    expect(fresh.portOf(made!.portId)).toBeUndefined()
    expect(checkTopology(fresh.draft.topology)).toEqual([])
  })
  it('holds its ports', () => {
    expect(broken(removePort(parent, ids))).toEqual([{ rule: 'port-of-trunk', field: null, objects: ['trunk'] }])
    expect(broken(removePort(red, ids))).toEqual([{ rule: 'port-of-trunk', field: null, objects: ['trunk'] }])
    expect(broken(updatePort(red, { hostId: sample.cmp2 }, ids))).toContainEqual({
      rule: 'port-follows-trunk',
      field: 'hostId',
      objects: ['trunk'],
    })
    expect(broken(removeProject(demo))[0]?.objects).toContain('trunk')
    expect(broken(removeSubPorts(trunk, { portIds: [other] }, deps))).toEqual([
      { rule: 'subport-of-trunk', field: 'portIds.0', objects: ['other'] },
    ])
  })
})

describe('binding', () => {
  it('of subports follows the parent’s VM, with local VLANs; all are free again without it', () => {
    const fresh = makeTrunkSample()
    expect(fresh.portOf(fresh.red)).toMatchObject({ hostId: null, deviceOwner: 'trunk:subport' })
    const vm = fresh.makeVm()
    expect(fresh.portOf(fresh.parent)).toMatchObject({ hostId: fresh.cmp1, deviceOwner: 'compute:nova', deviceId: vm })
    expect(fresh.portOf(fresh.red)).toMatchObject({ hostId: fresh.cmp1, deviceOwner: 'trunk:subport' })
    expect(fresh.draft.topology.localVlans.filter(({ hostId }) => hostId === fresh.cmp1).map(({ networkId }) => networkId)).toEqual(
      expect.arrayContaining([fresh.wide, blue]),
    )
    expect(checkTopology(fresh.draft.topology)).toEqual([])
    fresh.draft.make(removeVm(vm, fresh.ids))
    expect(fresh.portOf(fresh.parent)).toMatchObject({ hostId: null, deviceOwner: '', deviceId: '' })
    expect(fresh.portOf(fresh.red)).toMatchObject({ hostId: null, deviceOwner: 'trunk:subport' })
    fresh.draft.make(removeTrunk(fresh.trunk, fresh.ids))
    expect(fresh.portOf(fresh.red)).toMatchObject({ hostId: null, deviceOwner: '' })
    expect(fresh.draft.violations(removePort(fresh.red, fresh.ids))).toEqual([])
  })
  it('of a VM to a port that is used, or unknown, is refused', () => {
    const vm = (portId: string) =>
      createVm(
        vmInput.parse({
          projectId: demo,
          name: 'vm',
          hostId: sample.cmp1,
          nics: [{ portId }],
          memoryMib: 128,
          vcpus: 1,
          boot: { kind: 'disk', path: '/a', format: 'raw' },
        }),
        ids,
      )
    expect(broken(vm(red))).toEqual([{ rule: 'port-unused', field: 'nics.0.portId', objects: ['red'] }])
    expect(broken(vm('99999999-9999-4999-8999-999999999999'))[0]).toMatchObject({ rule: 'known-object', field: 'nics.0.portId' })
  })
})
