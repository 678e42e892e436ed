import { describe, expect, it } from 'vitest'
import { vmPatchInput } from './vm-input'
import { trunkInput } from '../trunk/trunk-input'
import { checkTopology } from '../../testing/check-topology'
import { makeSample } from '../../testing/sample'
import { updateHost } from '../host/host-edits'
import { updateNetwork } from '../network/network-edits'
import { createPort } from '../port/port-edits'
import { createTrunk } from '../trunk/trunk-edits'
import { createUplink } from '../nested-uplink/nested-uplink-edits'
import { updateVm } from './vm-update'

/** web-1 on cmp1 is in blue; a host without physnet1, one without a tunnel, and one that nobody may change. */
function make() {
  const sample = makeSample()
  const { draft, cmp1, web1, physnet1 } = sample
  const bare = draft.host('bare', 20)
  const plain = draft.host('plain', 21, {
    tunnel: null,
    bridgeMappings: [{ physicalNetworkId: physnet1, bridge: 'br-ens38', nic: 'ens38' }],
  })
  const fixed = draft.host('fixed', 22, { isReadOnly: true })
  const edit = (patch: object, id = web1) => updateVm(id, vmPatchInput.parse(patch), draft.ids)
  const vm = (id = web1) => draft.topology.vms.find((each) => each.id === id)!
  const port = (id: string) => draft.topology.ports.find((each) => each.id === id)
  const freePort = (networkId: string, hostId: string | null = null) =>
    draft.make(createPort({ networkId, name: 'free', hostId }, draft.ids)).id
  // No subport's network may be larger than its parent's.
  draft.make(updateNetwork(sample.green, { mtu: 1450 }, draft.ids))
  const trunkOn = (portId: string, networkId: string) =>
    draft.make(
      createTrunk(
        trunkInput.parse({
          projectId: sample.demo,
          name: 't',
          portId,
          subPorts: [{ networkId, segmentationType: 'vlan', segmentationId: 7 }],
        }),
        { ids: draft.ids, now: '2026-01-01T00:00:00.000Z' },
      ),
    ).id
  return {
    ...sample,
    bare,
    plain,
    fixed,
    edit,
    vm,
    port,
    freePort,
    trunkOn,
    first: vm().portIds[0]!,
    cmp1,
    anId: '99999999-9999-4999-8999-999999999999',
  }
}

describe('a VM is refused', () => {
  const { draft, edit, bare, plain, fixed, cmp2, net1, green, first, freePort, web2, vm, blue, anId } = make()
  const [elsewhere, taken] = [freePort(green, cmp2), vm(web2).portIds[0]!]
  const onlyTunnel = draft.vm({ projectId: vm().projectId, name: 'web-3', hostId: bare, networkIds: [blue] })
  it.each<[string, object, string, string | null]>([
    ['without a name', { name: ' ' }, 'name-not-empty', 'name'],
    ['too little memory', { memoryMib: 31 }, 'size-range', 'memoryMib'],
    ['no processor', { vcpus: 0 }, 'size-range', 'vcpus'],
    ['a disk at a relative path', { boot: { kind: 'disk', path: 'a', format: 'raw' } }, 'path-absolute', 'boot.path'],
    ['without a NIC', { nics: [] }, 'nic-required', 'nics'],
    ['a host that is not there', { hostId: anId }, 'known-object', 'hostId'],
    ['a host that runs no VMs', { hostId: net1 }, 'vm-host-compute', 'hostId'],
    ['a host without the tunnel of its network', { hostId: plain }, 'tunnel-address', 'hostId'],
    ['a host that is never changed', { hostId: fixed }, 'vm-host-read-only', 'hostId'],
    ['a network that is not there', { nics: [{ portId: first }, { networkId: anId }] }, 'known-object', 'nics.1.networkId'],
    ['a port that is not there', { nics: [{ portId: anId }] }, 'known-object', 'nics.0.portId'],
    ['a port of another VM', { nics: [{ portId: first }, { portId: taken }] }, 'port-unused', 'nics.1.portId'],
    ['a port twice', { nics: [{ portId: first }, { portId: first }] }, 'port-unused', 'nics.1.portId'],
    ['a free port that is bound elsewhere', { nics: [{ portId: first }, { portId: elsewhere }] }, 'port-follows-vm', 'nics.1.portId'],
    ['what somebody else changed', { memoryMib: 256, seen: { memoryMib: 64 } }, 'changed-meanwhile', 'memoryMib'],
    [
      'NICs that somebody else changed',
      { nics: [{ portId: first }, { networkId: green }], seen: { nics: [{ portId: taken }] } },
      'changed-meanwhile',
      'nics',
    ],
  ])('%s', (_, patch, rule, field) =>
    expect(draft.violations(edit(patch)).map((each) => ({ rule: each.rule, field: each.field }))).toContainEqual({ rule, field }),
  )

  it('a NIC in a network that its host does not carry, at that NIC', () =>
    expect(draft.violations(edit({ nics: [{ portId: vm(onlyTunnel).portIds[0]! }, { networkId: green }] }, onlyTunnel))).toMatchObject([
      { rule: 'physical-network-mapped', field: 'nics.1' },
    ]))

  it('a host that cannot carry its trunk’s subports', () => {
    const { draft: fresh, trunkOn, first: parent, green: inner, bare: narrow, edit: change } = make()
    trunkOn(parent, inner)
    expect(fresh.violations(change({ hostId: narrow }))).toMatchObject([{ rule: 'physical-network-mapped', field: 'hostId' }])
  })

  it('a host that stands on the VM itself', () => {
    const { draft: fresh, web1, edit: change } = make()
    const inner = fresh.host('in1', 30, { vmId: web1 })
    expect(fresh.violations(change({ hostId: inner }))).toMatchObject([{ rule: 'host-inside-itself', field: 'hostId' }])
  })

  it('a host without the bridge of its nested uplink', () => {
    const { draft: fresh, web1, physnet1, bare: narrow, edit: change } = make()
    fresh.make(createUplink({ vmId: web1, physicalNetworkId: physnet1 }, fresh.ids))
    expect(fresh.violations(change({ hostId: narrow }))).toMatchObject([{ rule: 'uplink-mapping', field: 'hostId' }])
  })
})

describe('a move', () => {
  it('takes ports, subports and addresses along', () => {
    const { draft, edit, vm, port, first, trunkOn, green, cmp2 } = make()
    trunkOn(first, green)
    const before = port(first)!
    draft.make(edit({ hostId: cmp2 }))
    expect(vm()).toMatchObject({ hostId: cmp2, portIds: [first] })
    expect(port(first)).toEqual({ ...before, hostId: cmp2 })
    expect(draft.topology.trunks[0]!.subPorts.map(({ portId }) => port(portId)!.hostId)).toEqual([cmp2])
    expect(checkTopology(draft.topology)).toEqual([])
  })

  it('leaves no local VLAN behind', () => {
    const { draft, edit, cmp1, cmp2, blue } = make()
    draft.make(edit({ hostId: cmp2 }))
    expect(draft.topology.localVlans.filter(({ networkId }) => networkId === blue).map(({ hostId }) => hostId)).not.toContain(cmp1)
  })

  it('settles anew how it is run; what else is changed does not', () => {
    const { draft, edit, vm, cmp1, cmp2 } = make()
    for (const id of [cmp1, cmp2]) draft.make(updateHost(id, { hasKvm: true }, draft.ids))
    draft.make(edit({ memoryMib: 256, hostId: cmp1 }))
    expect(vm()).toMatchObject({ memoryMib: 256, virtType: 'qemu' })
    draft.make(edit({ hostId: cmp2 }))
    expect(vm().virtType).toBe('kvm')
  })

  it('numbers nested uplinks as the new host allows, and keeps their addresses', () => {
    const { draft, edit, web1, web2, physnet1, cmp2 } = make()
    const uplinkOf = (vmId: string) => draft.topology.nestedUplinks.find((each) => each.vmId === vmId)!
    for (const vmId of [web1, web2]) draft.make(createUplink({ vmId, physicalNetworkId: physnet1 }, draft.ids))
    const { macAddress, number } = uplinkOf(web1)
    expect(number).toBe(uplinkOf(web2).number)
    draft.make(edit({ hostId: cmp2 }))
    expect(uplinkOf(web1)).toMatchObject({ macAddress, number: 2 })
  })
})

describe('NICs', () => {
  it('come in a network and on a free port, which is free again when it goes', () => {
    const { draft, edit, vm, port, first, freePort, green, cmp1 } = make()
    const free = freePort(green)
    draft.make(edit({ nics: [{ portId: first }, { networkId: green }, { portId: free }] }))
    const [, made] = vm().portIds
    expect(vm()).toMatchObject({ portIds: [first, made, free], keptPortIds: [free] })
    expect(port(free)).toMatchObject({ hostId: cmp1, deviceOwner: 'compute:nova', deviceId: vm().id })
    draft.make(edit({ nics: [{ portId: first }] }))
    expect(vm()).not.toHaveProperty('keptPortIds')
    expect([port(made!), port(free)]).toMatchObject([undefined, { hostId: null, deviceOwner: '', deviceId: '' }])
  })

  it('of which one is a trunk’s parent: its port stays, and its subports are bound nowhere', () => {
    const { draft, edit, vm, port, first, trunkOn, green } = make()
    trunkOn(first, green)
    draft.make(edit({ nics: [{ networkId: green }] }))
    expect(vm().portIds).not.toContain(first)
    expect(port(first)).toMatchObject({ hostId: null, deviceOwner: '' })
    expect(draft.topology.trunks[0]!.subPorts.map(({ portId }) => port(portId)!.hostId)).toEqual([null])
  })

  it('change their order; who saw another one is refused', () => {
    const { draft, edit, vm, green } = make()
    draft.make(edit({ nics: [...vm().portIds.map((portId) => ({ portId })), { networkId: green }] }))
    const [eth0, eth1] = vm().portIds.map((portId) => ({ portId }))
    draft.make(edit({ nics: [eth1, eth0], seen: { nics: [eth0, eth1] } }))
    expect(vm().portIds).toEqual([eth1!.portId, eth0!.portId])
    expect(draft.violations(edit({ nics: [eth0], seen: { nics: [eth0, eth1] } }))).toMatchObject([
      { rule: 'changed-meanwhile', field: 'nics' },
    ])
  })
})
