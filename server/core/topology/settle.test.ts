// What the design chooses by itself: DHCP ports and local VLANs follow every edit.

import { describe, expect, it } from 'vitest'
import { RESERVED_DHCP_PORT, dhcpDeviceId } from './kinds/port/dhcp-device'
import { removeHost, setHostPrepared, updateHost } from './kinds/host/host-edits'
import { createPort, updatePort } from './kinds/port/port-edits'
import { updateSubnet } from './kinds/subnet/subnet-edits'
import { removeVm } from './kinds/vm/vm-edits'
import { makeSample } from './testing/sample'
import type { Host } from './kinds/host/host'
import type { VirtType } from './kinds/vm/vm'
import type { Topology } from './topology'

const dhcpPorts = ({ ports }: Topology, networkId: string) =>
  ports.filter((port) => port.deviceOwner === 'network:dhcp' && port.networkId === networkId)
const vlanOf = ({ localVlans }: Topology, hostId: string, networkId: string) =>
  localVlans.find((local) => local.hostId === hostId && local.networkId === networkId)?.vlan

describe('the DHCP port', () => {
  it('has the lowest address of the pool, Neutron’s device id, and sits on the network host', () => {
    const { draft, blue, blueSubnet, net1 } = makeSample()
    expect(dhcpPorts(draft.topology, blue)).toMatchObject([
      {
        hostId: net1,
        deviceId: dhcpDeviceId('net1', blue),
        fixedIps: [{ subnetId: blueSubnet, ipAddress: '10.0.1.2' }],
        isPortSecurityEnabled: false,
      },
    ])
  })

  it('has one address per subnet with DHCP, and goes with the last', () => {
    const { draft, blue, blueSubnet } = makeSample()
    const second = draft.subnet({ networkId: blue, name: 'more', cidr: '10.0.9.0/24' })
    draft.subnet({ networkId: blue, name: 'static', cidr: '10.0.8.0/24', isDhcpEnabled: false })
    expect(dhcpPorts(draft.topology, blue)[0]!.fixedIps.map(({ ipAddress }) => ipAddress)).toEqual(['10.0.1.2', '10.0.9.2'])
    draft.make(updateSubnet(blueSubnet, { isDhcpEnabled: false }, draft.ids))
    expect(dhcpPorts(draft.topology, blue)[0]!.fixedIps.map(({ ipAddress }) => ipAddress)).toEqual(['10.0.9.2'])
    draft.make(updateSubnet(second, { isDhcpEnabled: false }, draft.ids))
    expect(dhcpPorts(draft.topology, blue)).toEqual([])
  })

  it('keeps id, MAC and address when its host goes, waits unbound, and comes back', () => {
    const { draft, blue, net1 } = makeSample()
    const [before] = dhcpPorts(draft.topology, blue)
    draft.make(setHostPrepared(net1, false, draft.ids))
    expect(dhcpPorts(draft.topology, blue)).toEqual([{ ...before, hostId: null, deviceId: RESERVED_DHCP_PORT }])
    draft.make(setHostPrepared(net1, true, draft.ids))
    expect(dhcpPorts(draft.topology, blue)).toEqual([before])
  })

  it('moves to another network host when its own takes nothing any more, and holds it until then', () => {
    const { draft, blue, green, net1 } = makeSample()
    const net2 = draft.host('net2', 21, { roles: ['network'] })
    const refusal = removeHost(net1, draft.ids)(draft.topology)
    expect(!refusal.ok && refusal.violations.map(({ rule, objects }) => [rule, objects])).toEqual([
      ['host-without-services', ['DHCP of blue', 'DHCP of green']],
    ])
    draft.make(updateHost(net1, { isSchedulable: false }, draft.ids))
    draft.make(removeHost(net1, draft.ids))
    expect(dhcpPorts(draft.topology, blue)[0]!.hostId).toBe(net2)
    // net2 has no bridge for the VLAN network.
    expect(dhcpPorts(draft.topology, green)[0]!.hostId).toBeNull()
  })
})

describe('virtualisation of a VM', () => {
  it.each<[Host['virtType'], boolean, VirtType]>([
    ['auto', true, 'kvm'],
    ['auto', false, 'qemu'],
    ['kvm', false, 'kvm'],
    ['qemu', true, 'qemu'],
  ])('on a host set to %s, KVM found: %s, is %s', (virtType, hasKvm, expected) => {
    const { draft, demo, cmp1, blue } = makeSample()
    draft.make(updateHost(cmp1, { virtType, hasKvm }, draft.ids))
    const id = draft.vm({ projectId: demo, name: 'new', hostId: cmp1, networkIds: [blue] })
    expect(draft.topology.vms.find((vm) => vm.id === id)?.virtType).toBe(expected)
  })

  it('stays as it was settled, whatever is found or set later', () => {
    const { draft, cmp1, web1 } = makeSample()
    const before = draft.topology.vms
    draft.make(updateHost(cmp1, { hasKvm: true }, draft.ids))
    draft.make(updateHost(cmp1, { virtType: 'kvm' }, draft.ids))
    expect(draft.topology.vms).toEqual(before)
    expect(draft.topology.vms.find((vm) => vm.id === web1)?.virtType).toBe('qemu')
  })
})

describe('local VLANs', () => {
  it('are the lowest free ones per host', () => {
    const { draft, net1, cmp1, blue, green } = makeSample()
    expect([vlanOf(draft.topology, net1, blue), vlanOf(draft.topology, net1, green)]).toEqual([1, 2])
    expect([vlanOf(draft.topology, cmp1, blue), vlanOf(draft.topology, cmp1, green)]).toEqual([1, undefined])
  })

  it('stay while a port is left, go with the last, and are given again', () => {
    const { draft, cmp1, blue, green, demo, web1 } = makeSample()
    const web3 = draft.vm({ projectId: demo, name: 'web-3', hostId: cmp1, networkIds: [green, blue] })
    expect(vlanOf(draft.topology, cmp1, green)).toBe(2)
    draft.make(removeVm(web1, draft.ids))
    expect(vlanOf(draft.topology, cmp1, blue)).toBe(1)
    draft.make(removeVm(web3, draft.ids))
    expect(draft.topology.localVlans.filter((local) => local.hostId === cmp1)).toEqual([])
    draft.vm({ projectId: demo, name: 'web-4', hostId: cmp1, networkIds: [green] })
    expect(vlanOf(draft.topology, cmp1, green)).toBe(1)
  })

  it('follow a port that is bound and unbound', () => {
    const { draft, cmp2, green } = makeSample()
    const { id } = draft.make(createPort({ networkId: green, name: '', hostId: cmp2 }, draft.ids))
    expect(vlanOf(draft.topology, cmp2, green)).toBe(2)
    draft.make(updatePort(id, { hostId: null }, draft.ids))
    expect(vlanOf(draft.topology, cmp2, green)).toBeUndefined()
  })

  it('run out with a sentence', () => {
    const { draft, cmp1, green } = makeSample()
    const taken = Array.from({ length: 4094 }, (_, index) => ({ hostId: cmp1, networkId: `n${index}`, vlan: index + 1 }))
    const ports = taken.map(({ networkId }) => ({
      ...draft.topology.ports[0]!,
      id: networkId,
      networkId,
      hostId: cmp1,
      deviceOwner: '' as const,
    }))
    draft.topology = { ...draft.topology, ports: [...draft.topology.ports, ...ports], localVlans: taken }
    expect(draft.violations(createPort({ networkId: green, name: '', hostId: cmp1 }, draft.ids))[0]).toMatchObject({
      rule: 'local-vlans-exhausted',
      objects: ['cmp1'],
    })
  })
})

describe('what an edit does not touch', () => {
  it('stays the same list and the same object: whoever compares looks no further', () => {
    const { draft } = makeSample()
    const before = draft.topology
    const port = before.ports.find(({ deviceOwner }) => deviceOwner === 'compute:nova')!
    draft.make(updatePort(port.id, { name: 'renamed' }, draft.ids))
    const { ports: portsBefore, ...othersBefore } = before
    const { ports, ...others } = draft.topology
    for (const [kind, items] of Object.entries(others)) expect(items, kind).toBe(othersBefore[kind as keyof typeof others])
    expect(ports.filter((each) => !portsBefore.includes(each))).toEqual([{ ...port, name: 'renamed' }])
  })
})
