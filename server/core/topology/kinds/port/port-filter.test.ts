// Which groups a port is in, which addresses it may send from beside its own, and what becomes of both when port security is switched.

import { describe, expect, it } from 'vitest'
import { explainViolation } from '../../../explain/violation'
import { makeSample } from '../../testing/sample'
import type { Topology } from '../../topology'
import { createSecurityGroup } from '../security-group/security-group-edits'
import { createTrunk } from '../trunk/trunk-edits'
import { createVm, removeVm } from '../vm/vm-edits'
import { vmInput } from '../vm/vm-input'
import { updateVm } from '../vm/vm-update'
import type { Port } from './port'
import { createPort, updatePort } from './port-edits'
import type { PortPatch } from './port-input'
import { printPort } from './port-print'

const boot = { kind: 'disk' as const, path: '/img/a.qcow2', format: 'qcow2' as const }

function makeFilterSample() {
  const sample = makeSample()
  const { draft, demo, blue } = sample
  const { ids } = draft
  const other = draft.project('other')
  const defaultOf = (projectId: string) =>
    draft.topology.securityGroups.find((group) => group.name === 'default' && group.projectId === projectId)!.id
  const group = (name: string, projectId = demo) => draft.make(createSecurityGroup({ projectId, name }, ids)).id
  const port = (input: Partial<Parameters<typeof createPort>[0]> = {}) =>
    draft.make(createPort({ networkId: blue, name: 'p', ...input }, ids)).id
  const find = (id: string): Port => draft.topology.ports.find((each) => each.id === id)!
  const groupsOf = (id: string) => find(id).securityGroupIds
  const update = (id: string, patch: PortPatch) => draft.make(updatePort(id, patch, ids))
  const broken = (id: string, patch: PortPatch) =>
    draft.violations(updatePort(id, patch, ids)).map((each) => [each.rule, each.field, explainViolation(each)])
  return { ...sample, ids, other, defaultOf, group, port, find, groupsOf, update, broken }
}

/** As it was before there were groups. */
const unfiltered = (topology: Topology, id: string): Topology => ({
  ...topology,
  ports: topology.ports.map((each) => {
    const { securityGroupIds: _groups, ...port } = each
    return each.id === id ? port : each
  }),
})

describe('a new port', () => {
  it("is in the default group of its network's project, unless groups are named", () => {
    const { demo, defaultOf, group, port, groupsOf } = makeFilterSample()
    const web = group('web')
    expect(groupsOf(port())).toEqual([defaultOf(demo)])
    expect(groupsOf(port({ securityGroupIds: null }))).toEqual([defaultOf(demo)])
    expect(groupsOf(port({ securityGroupIds: [] }))).toEqual([])
    expect(groupsOf(port({ securityGroupIds: [web, defaultOf(demo), web] }))).toEqual([defaultOf(demo), web])
  })

  it("of a VM is in the default group of the VM's project, also when the VM gets it later", () => {
    const { draft, ids, demo, other, blue, green, cmp1, defaultOf, groupsOf } = makeFilterSample()
    const id = draft.vm({ projectId: other, name: 'vm', hostId: cmp1, networkIds: [blue] })
    const portsOf = () => draft.topology.vms.find((vm) => vm.id === id)!.portIds
    expect(portsOf().map(groupsOf)).toEqual([[defaultOf(other)]])
    draft.make(updateVm(id, { nics: [{ portId: portsOf()[0]! }, { networkId: green }] }, ids))
    expect(portsOf().map(groupsOf)).toEqual([[defaultOf(other)], [defaultOf(other)]])
    const [web1] = draft.topology.vms.filter(({ name }) => name === 'web-1')
    expect(web1!.portIds.map(groupsOf)).toEqual([[defaultOf(demo)]])
  })

  it('of a VM is in the groups that the VM is made with; one that was there stays in its own', () => {
    const { draft, ids, demo, other, blue, cmp1, defaultOf, group, port, groupsOf } = makeFilterSample()
    const [web, theirs, kept] = [group('web'), group('theirs', other), port()]
    const make = (securityGroupIds: string[]) =>
      createVm(
        vmInput.parse({
          projectId: demo,
          name: 'vm',
          hostId: cmp1,
          networkIds: [blue, blue],
          nics: [{ portId: kept }],
          memoryMib: 128,
          vcpus: 1,
          boot,
          securityGroupIds,
        }),
        ids,
      )
    expect(draft.violations(make([web, theirs])).map(({ rule, field }) => [rule, field])).toEqual([
      ['security-group-project', 'securityGroupIds.1'],
    ])
    const { id } = draft.make(make([web]))
    expect(draft.topology.vms.find((vm) => vm.id === id)).not.toHaveProperty('securityGroupIds')
    expect(draft.topology.vms.find((vm) => vm.id === id)!.portIds.map(groupsOf)).toEqual([[web], [web], [defaultOf(demo)]])
  })

  it('of a trunk is like any other', () => {
    const { draft, ids, demo, other, blue, green, defaultOf, groupsOf } = makeFilterSample()
    const deps = { ids, now: '2026-01-01T00:00:00.000Z' }
    const subPorts = [{ networkId: blue, segmentationType: 'vlan', segmentationId: 101 }]
    const { id } = draft.make(createTrunk({ projectId: other, name: 't', networkId: green, subPorts, isAdminStateUp: true }, deps))
    const trunk = draft.topology.trunks.find((each) => each.id === id)!
    expect([trunk.portId, trunk.subPorts[0]!.portId].map(groupsOf)).toEqual([[defaultOf(demo)], [defaultOf(demo)]])
  })

  it('of DHCP has none, and neither has one in a project without a default group', () => {
    const { draft, ids, blue } = makeFilterSample()
    expect(
      draft.topology.ports.filter(({ deviceOwner }) => deviceOwner === 'network:dhcp').some((port) => 'securityGroupIds' in port),
    ).toBe(false)
    draft.topology = {
      ...draft.topology,
      securityGroups: [],
      ports: draft.topology.ports.map(({ securityGroupIds: _groups, ...port }) => port),
    }
    const { id } = draft.make(createPort({ networkId: blue, name: 'p' }, ids))
    expect(draft.topology.ports.find((port) => port.id === id)).not.toHaveProperty('securityGroupIds')
  })
})

describe('port security', () => {
  it('that is switched off takes groups and pairs away; switched on again, the port is in the default group', () => {
    const { demo, defaultOf, group, port, find, update } = makeFilterSample()
    const id = port({ securityGroupIds: [group('web')], allowedAddressPairs: [{ ipAddress: '10.0.1.99' }] })
    update(id, { isPortSecurityEnabled: false })
    expect(find(id)).toMatchObject({ isPortSecurityEnabled: false })
    expect(find(id)).not.toHaveProperty('securityGroupIds')
    expect(find(id)).not.toHaveProperty('allowedAddressPairs')
    update(id, { name: 'renamed' })
    expect(find(id)).not.toHaveProperty('securityGroupIds')
    update(id, { isPortSecurityEnabled: true })
    expect(find(id)).toMatchObject({ isPortSecurityEnabled: true, securityGroupIds: [defaultOf(demo)] })
  })

  it('switched on may name groups, or none', () => {
    const { group, port, groupsOf, update } = makeFilterSample()
    const [web, id] = [group('web'), port()]
    for (const securityGroupIds of [[web], []]) {
      update(id, { isPortSecurityEnabled: false, securityGroupIds: [], allowedAddressPairs: [] })
      update(id, { isPortSecurityEnabled: true, securityGroupIds })
      expect(groupsOf(id)).toEqual(securityGroupIds)
    }
  })

  it("switched on at a VM's port gives the default group of the VM's project", () => {
    const { draft, other, blue, cmp1, defaultOf, groupsOf, update } = makeFilterSample()
    const vm = draft.vm({ projectId: other, name: 'vm', hostId: cmp1, networkIds: [blue] })
    const id = draft.topology.vms.find((each) => each.id === vm)!.portIds[0]!
    update(id, { isPortSecurityEnabled: false })
    update(id, { isPortSecurityEnabled: true })
    expect(groupsOf(id)).toEqual([defaultOf(other)])
  })

  const off = (what: string) => `A port without port security has no ${what}. Leave them out, or switch port security on.`
  it('that is off, or is switched off, is refused together with groups or pairs', () => {
    const { group, port, update, broken } = makeFilterSample()
    const [web, id] = [group('web'), port()]
    const groups = [['port-security-off', 'securityGroupIds', off('security groups')]]
    const pairs = [['port-security-off', 'allowedAddressPairs', off('allowed address pairs')]]
    const allowedAddressPairs = [{ ipAddress: '10.0.1.99' }]
    expect(broken(id, { isPortSecurityEnabled: false, securityGroupIds: [web] })).toEqual(groups)
    expect(broken(id, { isPortSecurityEnabled: false, allowedAddressPairs })).toEqual(pairs)
    update(id, { isPortSecurityEnabled: false })
    expect(broken(id, { securityGroupIds: [web], allowedAddressPairs })).toEqual([...groups, ...pairs])
    expect(broken(id, { securityGroupIds: [], allowedAddressPairs: [] })).toEqual([])
  })
})

describe('a port from before there were groups', () => {
  it('stays unfiltered until it is put into groups, or port security is switched on', () => {
    const { draft, demo, port, find, groupsOf, update, defaultOf } = makeFilterSample()
    const id = port()
    draft.topology = unfiltered(draft.topology, id)
    update(id, { name: 'renamed' })
    update(id, { allowedAddressPairs: [{ ipAddress: '10.0.1.99' }] })
    expect(find(id)).not.toHaveProperty('securityGroupIds')
    const before = draft.topology
    update(id, { securityGroupIds: [] })
    expect(groupsOf(id)).toEqual([])
    draft.topology = before
    update(id, { isPortSecurityEnabled: false })
    update(id, { isPortSecurityEnabled: true })
    expect(groupsOf(id)).toEqual([defaultOf(demo)])
  })

  it('is told apart from one that nothing reaches, and who saw an empty list saw what is there', () => {
    const { draft, ids, demo, port, find, broken, defaultOf } = makeFilterSample()
    const id = port()
    const printed = () => printPort(find(id), draft.topology)['security groups']
    expect(printed()).toBe('default')
    draft.make(updatePort(id, { securityGroupIds: [] }, ids))
    expect(printed()).toBe('none: only DHCP passes')
    draft.topology = unfiltered(draft.topology, id)
    expect(printed()).toBe(null)
    expect(broken(id, { securityGroupIds: [defaultOf(demo)], seen: { securityGroupIds: [] } })).toEqual([])
  })
})

describe('groups of another project', () => {
  it('are refused where neither the VM nor the network is of it', () => {
    const { draft, other, blue, cmp1, group, port, broken } = makeFilterSample()
    const [theirs, free] = [group('theirs', other), port()]
    const [{ id: web1 } = { id: '' }] = draft.topology.ports.filter(({ deviceOwner }) => deviceOwner === 'compute:nova')
    const sentence = 'Group "theirs" is another project\'s; a port is in groups of its own project.'
    for (const id of [free, web1])
      expect(broken(id, { securityGroupIds: [theirs] })).toEqual([['security-group-project', 'securityGroupIds.0', sentence]])
    const vm = draft.vm({ projectId: other, name: 'vm', hostId: cmp1, networkIds: [blue] })
    const guest = draft.topology.vms.find((each) => each.id === vm)!.portIds[0]!
    expect(broken(guest, { securityGroupIds: [theirs, group('web')] })).toEqual([])
  })

  it('stay with a port that outlives its VM, until they are taken away', () => {
    const { draft, ids, other, cmp1, group, port, groupsOf, update, broken } = makeFilterSample()
    const [theirs, id] = [group('theirs', other), port()]
    const vm = draft.vm({ projectId: other, name: 'vm', hostId: cmp1, nics: [{ portId: id }] })
    update(id, { securityGroupIds: [theirs] })
    draft.make(removeVm(vm, ids))
    update(id, { name: 'renamed' })
    expect(groupsOf(id)).toEqual([theirs])
    update(id, { securityGroupIds: [] })
    expect(broken(id, { securityGroupIds: [theirs] }).map(([rule, field]) => [rule, field])).toEqual([
      ['security-group-project', 'securityGroupIds.0'],
    ])
  })

  it('that is not there is refused as that', () => {
    const { port, broken } = makeFilterSample()
    expect(broken(port(), { securityGroupIds: ['99999999-9999-4999-8999-999999999999'] })).toEqual([
      ['known-object', 'securityGroupIds.0', 'This security group does not exist, or no longer.'],
    ])
  })
})

describe('allowed address pairs', () => {
  it('have the MAC of the port unless they name one, are written in one way, and are in one order', () => {
    const { port, find, update } = makeFilterSample()
    const id = port({
      macAddress: 'fa:16:3e:00:00:99',
      allowedAddressPairs: [
        { ipAddress: '2001:DB8:0::1' },
        { ipAddress: '10.0.9.0/24', macAddress: 'FA-16-3E-AA-BB-CC' },
        { ipAddress: '10.0.1.99/32' },
      ],
    })
    expect(find(id).allowedAddressPairs).toEqual([
      { ipAddress: '10.0.1.99', macAddress: 'fa:16:3e:00:00:99' },
      { ipAddress: '10.0.9.0/24', macAddress: 'fa:16:3e:aa:bb:cc' },
      { ipAddress: '2001:db8::1', macAddress: 'fa:16:3e:00:00:99' },
    ])
    update(id, { macAddress: 'fa:16:3e:00:00:98' })
    expect(find(id).allowedAddressPairs!.map(({ macAddress }) => macAddress)).toEqual([
      'fa:16:3e:00:00:98',
      'fa:16:3e:aa:bb:cc',
      'fa:16:3e:00:00:98',
    ])
    update(id, { allowedAddressPairs: [] })
    expect(find(id)).not.toHaveProperty('allowedAddressPairs')
  })

  it('are printed', () => {
    const { draft, port, find } = makeFilterSample()
    const id = port({ macAddress: 'fa:16:3e:00:00:99', allowedAddressPairs: [{ ipAddress: '10.0.1.99' }] })
    expect(printPort(find(id), draft.topology)['allowed address pairs']).toBe('10.0.1.99 with fa:16:3e:00:00:99')
  })

  const mac = 'fa:16:3e:00:00:99'
  const at = (index: number) => ({ ipAddress: `10.0.9.${index}` })
  it.each<[string, { ipAddress: string; macAddress?: string }[], string, string, string]>([
    [
      'of no address',
      [{ ipAddress: 'web' }],
      'ip-prefix-form',
      '.0.ipAddress',
      'An address or prefix is written like 10.0.0.5, 10.0.0.0/8 or 2001:db8::/32.',
    ],
    [
      'with host bits',
      [{ ipAddress: '10.0.0.5/24' }],
      'ip-prefix-host-bits',
      '.0.ipAddress',
      '10.0.0.5/24 has host bits set; the prefix is 10.0.0.0/24.',
    ],
    [
      'of no MAC',
      [{ ipAddress: '10.0.0.5', macAddress: 'x' }],
      'mac-form',
      '.0.macAddress',
      'A MAC address is written like fa:16:3e:12:34:56.',
    ],
    [
      'with the zero MAC',
      [{ ipAddress: '10.0.0.5', macAddress: '00:00:00:00:00:00' }],
      'mac-not-zero',
      '.0.macAddress',
      'The all-zero MAC address belongs to nobody.',
    ],
    ['listed twice', [at(1), { ...at(1), macAddress: mac }], 'address-pair-unique', '.1', `10.0.9.1 with ${mac} is listed twice.`],
    [
      'listed twice in two ways',
      [at(1), { ipAddress: '10.0.9.1/32' }],
      'address-pair-unique',
      '.1',
      `10.0.9.1 with ${mac} is listed twice.`,
    ],
    [
      'that are eleven',
      Array.from({ length: 11 }, (_, index) => at(index)),
      'address-pairs-count',
      '',
      'A port has at most 10 allowed address pairs; these are 11.',
    ],
  ])('%s are refused', (_, allowedAddressPairs, rule, place, sentence) => {
    const { draft, ids, blue, port, broken } = makeFilterSample()
    const expected = [[rule, `allowedAddressPairs${place}`, sentence]]
    expect(
      draft
        .violations(createPort({ networkId: blue, name: 'q', macAddress: mac, allowedAddressPairs }, ids))
        .map((each) => [each.rule, each.field, explainViolation(each)]),
    ).toEqual(expected)
    expect(broken(port({ macAddress: mac }), { allowedAddressPairs })).toEqual(expected)
  })

  it('may be ten, and the same address with another MAC', () => {
    const { port, broken } = makeFilterSample()
    const nine = Array.from({ length: 9 }, (_, index) => at(index))
    expect(broken(port(), { allowedAddressPairs: [...nine, { ...at(1), macAddress: 'fa:16:3e:aa:bb:cc' }] })).toEqual([])
  })
})
