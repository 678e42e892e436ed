import { describe, expect, it } from 'vitest'
import { adoptHost, removeHost, setHostPrepared, updateHost, createHost } from '../kinds/host/host-edits'
import { createNetwork, removeNetwork, updateNetwork } from '../kinds/network/network-edits'
import { removePhysicalNetwork, updatePhysicalNetwork, createPhysicalNetwork } from '../kinds/physical-network/physical-network-edits'
import { createPort, removePort, updatePort } from '../kinds/port/port-edits'
import { createProject, removeProject } from '../kinds/project/project-edits'
import { createSubnet, removeSubnet, updateSubnet } from '../kinds/subnet/subnet-edits'
import { createVm } from '../kinds/vm/vm-edits'
import type { TopologyEdit } from '../edit'
import { hostRegistrationInput } from '../kinds/host/host-input'
import { networkInput } from '../kinds/network/network-input'
import { physicalNetworkInput } from '../kinds/physical-network/physical-network-input'
import { subnetInput } from '../kinds/subnet/subnet-input'
import { vmInput } from '../kinds/vm/vm-input'
import { makeSample } from '../testing/sample'
import { checkTopology } from '../testing/check-topology'

const sample = makeSample()
const { draft, physnet1, net1, cmp1, cmp2, demo, blue, blueSubnet, green, greenSubnet } = sample
const { ids } = draft
const anId = '99999999-9999-4999-8999-999999999999'
const web1Port = draft.topology.ports.find((port) => port.deviceId === sample.web1)!
const dhcpPort = draft.topology.ports.find((port) => port.deviceOwner === 'network:dhcp' && port.networkId === blue)!

const expectViolation = (edit: TopologyEdit<unknown>, rule: string, field: string | null, objects: readonly string[] = []) =>
  expect(draft.violations(edit).map((each) => ({ rule: each.rule, field: each.field, objects: each.objects }))).toContainEqual({
    rule,
    field,
    objects,
  })

it('the sample breaks no rule', () => expect(checkTopology(draft.topology)).toEqual([]))

describe('adopting', () => {
  it('what a host of the design made is refused', () => expectViolation(adoptHost(cmp1, cmp2, ids), 'adopt-former', 'formerId', ['cmp2']))
  it('is for a host that is there', () => expectViolation(adoptHost(anId, demo, ids), 'known-object', 'id'))
  it('keeps each id once', () => {
    const fresh = makeSample()
    for (const _ of [1, 2]) fresh.draft.make(adoptHost(fresh.cmp1, anId, fresh.draft.ids))
    expect(fresh.draft.topology.hosts.find((host) => host.id === fresh.cmp1)?.adoptedHostIds).toEqual([anId])
  })
})

describe('networks', () => {
  const edit = (changes: object) =>
    createNetwork(networkInput.parse({ projectId: demo, name: 'n', type: 'vlan', physicalNetworkId: physnet1, ...changes }), ids)
  it.each([
    [{ projectId: anId }, 'known-object', 'projectId', []],
    [{ physicalNetworkId: null }, 'physical-network-required', 'physicalNetworkId', []],
    [{ physicalNetworkId: anId }, 'known-object', 'physicalNetworkId', []],
    [{ segmentationId: 0 }, 'vlan-id-range', 'segmentationId', []],
    [{ segmentationId: 4095 }, 'vlan-id-range', 'segmentationId', []],
    [{ segmentationId: 100 }, 'vlan-id-unique', 'segmentationId', ['green']],
    [{ type: 'flat', segmentationId: 5 }, 'segmentation-id-forbidden', 'segmentationId', []],
    [{ type: 'vxlan' }, 'physical-network-forbidden', 'physicalNetworkId', []],
    [{ type: 'vxlan', physicalNetworkId: null, segmentationId: 16_777_216 }, 'vni-range', 'segmentationId', []],
    [{ type: 'vxlan', physicalNetworkId: null, segmentationId: 1 }, 'vni-unique', 'segmentationId', ['blue']],
    [{ type: 'vxlan', physicalNetworkId: null, mtu: 1451 }, 'mtu-maximum', 'mtu', []],
    [{ mtu: 1501 }, 'mtu-maximum', 'mtu', []],
    [{ mtu: 67 }, 'mtu-range', 'mtu', []],
  ])('%j breaks %s', (changes, rule, field, objects) => expectViolation(edit(changes), rule, field, objects))

  it('a second flat network on a physical network is refused by name', () => {
    const fresh = makeSample()
    fresh.draft.network({ projectId: fresh.demo, name: 'outside', type: 'flat', physicalNetworkId: fresh.physnet1 })
    const second = createNetwork(
      networkInput.parse({ projectId: fresh.demo, name: 'n', type: 'flat', physicalNetworkId: fresh.physnet1 }),
      fresh.draft.ids,
    )
    expect(fresh.draft.violations(second)[0]).toMatchObject({ code: 'conflict', rule: 'flat-unique', objects: ['outside'] })
  })
  it('a VLAN id outside the ranges may be named', () => expect(draft.violations(edit({ segmentationId: 4000 }))).toEqual([]))
  it('two projects may have networks of one name', () => {
    const fresh = makeSample()
    const other = fresh.draft.project('other')
    expect(fresh.draft.network({ projectId: other, name: 'blue', type: 'vxlan' })).not.toBe(fresh.blue)
  })
  it('a VNI is for life, a VLAN id is not', () => {
    expectViolation(updateNetwork(blue, { segmentationId: 7 }, ids), 'segment-fixed', 'segmentationId')
    expect(draft.violations(updateNetwork(green, { segmentationId: 150 }, ids))).toEqual([])
  })
  it('one with ports stays', () => expectViolation(removeNetwork(blue), 'network-without-ports', null, ['web-1 eth0', 'web-2 eth0']))
  it('one with only its DHCP port goes', () => expect(draft.violations(removeNetwork(green))).toEqual([]))
})

describe('physical networks', () => {
  const edit = (changes: object) => createPhysicalNetwork(physicalNetworkInput.parse({ name: 'p', ...changes }), ids)
  it.each([
    [{ name: 'physnet1' }, 'name-unique', 'name', ['physnet1']],
    [{ name: 'x'.repeat(65) }, 'name-length', 'name', []],
    [{ mtu: 20 }, 'mtu-range', 'mtu', []],
    [{ vlanRanges: [{ min: 0, max: 10 }] }, 'vlan-range', 'vlanRanges.0', []],
    [{ vlanRanges: [{ min: 10, max: 9 }] }, 'vlan-range-order', 'vlanRanges.0', []],
    [
      {
        vlanRanges: [
          { min: 1, max: 10 },
          { min: 10, max: 20 },
        ],
      },
      'vlan-range-overlap',
      'vlanRanges.1',
      [],
    ],
  ])('%j breaks %s', (changes, rule, field, objects) => expectViolation(edit(changes), rule, field, objects))
  it('an MTU below its networks is refused', () =>
    expectViolation(updatePhysicalNetwork(physnet1, { mtu: 1400 }), 'mtu-carries-networks', 'mtu', ['green']))
  it('one in use stays', () => {
    expectViolation(removePhysicalNetwork(physnet1), 'physical-network-unused', null, ['green'])
    expectViolation(removePhysicalNetwork(physnet1), 'physical-network-unmapped', null, ['cmp1', 'cmp2', 'net1'])
  })
})

describe('subnets', () => {
  const edit = (changes: object) => createSubnet(subnetInput.parse({ networkId: blue, name: 's', cidr: '10.9.0.0/24', ...changes }), ids)
  it.each([
    [{ networkId: anId }, 'known-object', 'networkId', []],
    [{ cidr: '10.0.1.128/25' }, 'cidr-overlap', 'cidr', ['blue-subnet']],
    [{ cidr: '10.0.0.0/8' }, 'cidr-overlap', 'cidr', ['blue-subnet']],
    [{ cidr: '10.9.0.5/24' }, 'cidr-canonical', 'cidr', []],
    [{ cidr: '0.0.0.0/0' }, 'cidr-not-everything', 'cidr', []],
    [{ cidr: 'fd00::/64' }, 'ipv4-only', 'cidr', []],
    [{ cidr: 'nonsense' }, 'cidr-form', 'cidr', []],
    [{ cidr: '10.9.0.0/31' }, 'dhcp-prefix', 'cidr', []],
    [{ cidr: '224.0.0.0/24' }, 'dhcp-unicast', 'cidr', []],
    [{ cidr: '127.0.0.0/24' }, 'dhcp-unicast', 'cidr', []],
    [{ cidr: '0.0.0.0/24' }, 'dhcp-unicast', 'cidr', []],
    [{ gatewayIp: '10.9.0.0' }, 'gateway-usable', 'gatewayIp', []],
    [{ gatewayIp: '10.9.0.255' }, 'gateway-usable', 'gatewayIp', []],
    [{ gatewayIp: '224.0.0.1' }, 'gateway-unicast', 'gatewayIp', []],
    [{ gatewayIp: '127.0.0.1' }, 'gateway-unicast', 'gatewayIp', []],
    [{ gatewayIp: 'gate' }, 'address-form', 'gatewayIp', []],
    [{ allocationPools: [{ start: '10.9.0.1', end: '10.9.0.9' }] }, 'gateway-not-in-pool', 'allocationPools.0', []],
    [{ allocationPools: [{ start: '10.9.0.9', end: '10.9.0.2' }] }, 'pool-order', 'allocationPools.0', []],
    [{ allocationPools: [{ start: '10.9.0.2', end: '10.9.0.255' }] }, 'pool-in-subnet', 'allocationPools.0', []],
    [
      {
        allocationPools: [
          { start: '10.9.0.2', end: '10.9.0.9' },
          { start: '10.9.0.9', end: '10.9.0.12' },
        ],
      },
      'pool-overlap',
      'allocationPools.1',
      [],
    ],
    [{ dnsNameservers: ['9.9.9.9', 'dns'] }, 'address-form', 'dnsNameservers.1', []],
    [{ dnsNameservers: ['9.9.9.9', '9.9.9.9'] }, 'dns-unique', 'dnsNameservers.1', []],
    [{ dnsNameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4', '1.1.1.5', '1.1.1.6'] }, 'dns-count', 'dnsNameservers', []],
  ])('%j breaks %s', (changes, rule, field, objects) => expectViolation(edit(changes), rule, field, objects))
  it.each([
    [{ gatewayIp: '192.0.2.1' }],
    [{ gatewayIp: null }],
    [{ networkId: green, cidr: '10.0.1.0/24' }],
    [{ cidr: '10.9.0.0/31', isDhcpEnabled: false }],
  ])('%j is fine', (changes) => expect(draft.violations(edit(changes))).toEqual([]))
  it('one with addresses in use stays', () =>
    expectViolation(removeSubnet(blueSubnet, ids), 'subnet-without-ports', null, ['web-1 eth0', 'web-2 eth0']))
  it('a pool without room for DHCP is refused at the switch', () => {
    const full = updateSubnet(greenSubnet, { isDhcpEnabled: false, allocationPools: [] }, ids)(draft.topology)
    expect(full.ok && updateSubnet(greenSubnet, { isDhcpEnabled: true }, ids)(full.topology)).toMatchObject({
      violations: [{ rule: 'addresses-exhausted', field: 'isDhcpEnabled' }],
    })
  })
})

describe('ports', () => {
  const edit = (changes: object) => createPort({ networkId: blue, name: 'p', ...changes }, ids)
  const at = (ipAddress: string, subnetId = blueSubnet) => ({ fixedIps: [{ subnetId, ipAddress }] })
  it.each([
    [{ networkId: anId }, 'known-object', 'networkId', []],
    [{ macAddress: web1Port.macAddress.toUpperCase() }, 'mac-unique', 'macAddress', ['web-1 eth0']],
    [{ macAddress: '00:00:00:00:00:00' }, 'mac-not-zero', 'macAddress', []],
    [{ macAddress: 'ff-ff-ff-ff-ff-ff' }, 'mac-not-broadcast', 'macAddress', []],
    [{ macAddress: '01:00:5e:00:00:01' }, 'mac-not-multicast', 'macAddress', []],
    [{ macAddress: 'fa:16:3e' }, 'mac-form', 'macAddress', []],
    [at(web1Port.fixedIps[0]!.ipAddress), 'address-unique', 'fixedIps.0.ipAddress', ['web-1 eth0']],
    [at(dhcpPort.fixedIps[0]!.ipAddress), 'address-unique', 'fixedIps.0.ipAddress', ['DHCP of blue']],
    [at('10.0.2.9'), 'address-in-subnet', 'fixedIps.0.ipAddress', []],
    [at('10.0.1.0'), 'address-usable', 'fixedIps.0.ipAddress', []],
    [at('10.0.1.255'), 'address-usable', 'fixedIps.0.ipAddress', []],
    [at('ten'), 'address-form', 'fixedIps.0.ipAddress', []],
    [at('10.0.2.9', greenSubnet), 'subnet-of-network', 'fixedIps.0.subnetId', []],
    [at('10.0.1.9', anId), 'known-object', 'fixedIps.0.subnetId', []],
    [
      {
        fixedIps: [
          { subnetId: blueSubnet, ipAddress: '10.0.1.9' },
          { subnetId: blueSubnet, ipAddress: '10.0.1.9' },
        ],
      },
      'address-listed-once',
      'fixedIps.1.ipAddress',
      [],
    ],
    [{ hostId: anId }, 'known-object', 'hostId', []],
  ])('%j breaks %s', (changes, rule, field, objects) => expectViolation(edit(changes), rule, field, objects))
  it('a port may have no name and no address', () => expect(draft.violations(edit({ name: '', fixedIps: [] }))).toEqual([]))
  it("a VM's port stays on its host and goes with it", () => {
    expectViolation(updatePort(web1Port.id, { hostId: cmp2 }, ids), 'port-follows-vm', 'hostId', ['web-1'])
    expectViolation(removePort(web1Port.id, ids), 'port-of-vm', null, ['web-1'])
  })
  it('the DHCP port is nobody’s to edit', () => {
    expectViolation(removePort(dhcpPort.id, ids), 'port-automatic', null, ['DHCP of blue'])
    expectViolation(updatePort(dhcpPort.id, { name: 'mine' }, ids), 'port-automatic', null, ['DHCP of blue'])
  })
})

describe('VMs', () => {
  const boot = { kind: 'disk' as const, path: '/img/a.qcow2', format: 'qcow2' as const }
  const edit = (changes: object) =>
    createVm(
      vmInput.parse({ projectId: demo, name: 'v', hostId: cmp1, networkIds: [blue], memoryMib: 128, vcpus: 1, boot, ...changes }),
      ids,
    )
  it.each([
    [{ projectId: anId }, 'known-object', 'projectId', []],
    [{ hostId: anId }, 'known-object', 'hostId', []],
    [{ hostId: net1 }, 'vm-host-compute', 'hostId', ['net1']],
    [{ networkIds: [] }, 'nic-required', 'networkIds', []],
    [{ networkIds: [blue, anId] }, 'known-object', 'networkIds.1', []],
    [{ memoryMib: 1 }, 'size-range', 'memoryMib', []],
    [{ vcpus: 0 }, 'size-range', 'vcpus', []],
    [{ boot: { ...boot, path: 'a.qcow2' } }, 'path-absolute', 'boot.path', []],
    [{ boot: { kind: 'kernel', kernel: '/k', initrd: '/i', cmdline: 'a\nb' } }, 'line-printable', 'boot.cmdline', []],
  ])('%j breaks %s', (changes, rule, field, objects) => expectViolation(edit(changes), rule, field, objects))

  it('need a host that carries the network', () => {
    const fresh = makeSample()
    const bare = fresh.draft.host('bare', 20, { tunnel: null })
    const vm = (networkId: string) =>
      createVm(
        vmInput.parse({ projectId: fresh.demo, name: 'v', hostId: bare, networkIds: [networkId], memoryMib: 128, vcpus: 1, boot }),
        fresh.draft.ids,
      )
    expect(fresh.draft.violations(vm(fresh.blue))[0]).toMatchObject({ rule: 'tunnel-address', objects: ['bare', 'blue'] })
    expect(fresh.draft.violations(vm(fresh.green))[0]).toMatchObject({
      rule: 'physical-network-mapped',
      objects: ['bare', 'green', 'physnet1'],
    })
    fresh.draft.make(setHostPrepared(bare, false, fresh.draft.ids))
    expect(fresh.draft.violations(vm(fresh.blue))[0]).toMatchObject({ rule: 'host-prepared', objects: ['bare'] })
  })
})

describe('hosts', () => {
  const mapping = { physicalNetworkId: physnet1, bridge: 'br-ens38', nic: 'ens38' }
  const edit = (changes: object) =>
    createHost(
      hostRegistrationInput.parse({
        name: 'h',
        address: '::1',
        port: 22,
        user: 'root',
        auth: { kind: 'agent' },
        roles: ['compute'],
        ...changes,
      }),
      ids,
    )
  const tunnel = (changes: object = {}) => ({ tunnel: { address: '192.168.150.99', prefixLength: 24, nic: 'ens37', ...changes } })
  it.each([
    [{ name: 'cmp1' }, 'name-unique', 'name', ['cmp1']],
    [{ roles: [] }, 'role-required', 'roles', []],
    [{ roles: ['compute', 'compute'] }, 'role-unique', 'roles', []],
    [{ availabilityZone: '' }, 'name-not-empty', 'availabilityZone', []],
    [tunnel({ address: '192.168.150.12' }), 'vtep-unique', 'tunnel.address', ['cmp1']],
    [tunnel({ address: '192.168.150.255' }), 'tunnel-address-usable', 'tunnel.address', []],
    [tunnel({ address: '239.0.0.1' }), 'tunnel-address-usable', 'tunnel.address', []],
    [tunnel({ address: 'x' }), 'address-form', 'tunnel.address', []],
    [tunnel({ prefixLength: 33 }), 'prefix-length', 'tunnel.prefixLength', []],
    [tunnel({ nic: 'a b' }), 'device-name', 'tunnel.nic', []],
    [tunnel({ nic: 'e;reboot' }), 'device-name', 'tunnel.nic', []],
    [tunnel({ nic: '-ens37' }), 'device-name', 'tunnel.nic', []],
    [{ bridgeMappings: [{ ...mapping, bridge: '--br' }] }, 'device-name', 'bridgeMappings.0.bridge', []],
    [tunnel({ nic: 'x'.repeat(16) }), 'device-name-length', 'tunnel.nic', []],
    [{ datapathType: 'netdev', ...tunnel({ nic: 'x'.repeat(13) }) }, 'device-name-length', 'tunnel.nic', []],
    [{ bridgeMappings: [{ ...mapping, physicalNetworkId: anId }] }, 'known-object', 'bridgeMappings.0.physicalNetworkId', []],
    [{ bridgeMappings: [{ ...mapping, bridge: 'br-enp0s31f6' }] }, 'bridge-name-length', 'bridgeMappings.0.bridge', []],
    [{ bridgeMappings: [{ ...mapping, bridge: 'br-int' }] }, 'bridge-reserved', 'bridgeMappings.0.bridge', []],
    [{ bridgeMappings: [{ ...mapping, bridge: 'lo' }] }, 'bridge-reserved', 'bridgeMappings.0.bridge', []],
    [{ bridgeMappings: [{ ...mapping, bridge: 'ovs-netdev' }] }, 'bridge-reserved', 'bridgeMappings.0.bridge', []],
    [{ bridgeMappings: [{ ...mapping, nic: 'br-tun' }] }, 'device-reserved', 'bridgeMappings.0.nic', []],
    [{ bridgeMappings: [{ ...mapping, nic: 'lo' }] }, 'device-reserved', 'bridgeMappings.0.nic', []],
    [{ ...tunnel(), bridgeMappings: [{ ...mapping, bridge: 'ens37' }] }, 'bridge-not-nic', 'bridgeMappings.0.bridge', []],
    [{ bridgeMappings: [{ ...mapping, bridge: 'br/x' }] }, 'device-name', 'bridgeMappings.0.bridge', []],
    [{ bridgeMappings: [{ ...mapping, bridge: 'ens38' }] }, 'bridge-not-nic', 'bridgeMappings.0.bridge', []],
    [{ bridgeMappings: [{ ...mapping, nic: '..' }] }, 'device-name', 'bridgeMappings.0.nic', []],
    [{ ...tunnel(), bridgeMappings: [{ ...mapping, nic: 'ens37' }] }, 'nic-shared', 'bridgeMappings.0.nic', []],
    [{ ...tunnel(), bridgeMappings: [{ ...mapping, bridge: 'br-ens37' }] }, 'bridge-reserved', 'bridgeMappings.0.bridge', []],
    [{ bridgeMappings: [mapping, { ...mapping, bridge: 'br-x', nic: 'x' }] }, 'mapping-unique', 'bridgeMappings.1.physicalNetworkId', []],
  ])('%j breaks %s', (changes, rule, field, objects) => expectViolation(edit(changes), rule, field, objects))

  it('one in use keeps what its VMs need', () => {
    expectViolation(removeHost(cmp1, ids), 'host-without-vms', null, ['web-1'])
    expectViolation(setHostPrepared(cmp1, false, ids), 'host-in-use', 'isPrepared', ['web-1 eth0'])
    expectViolation(updateHost(cmp1, { roles: ['network'] }, ids), 'vm-host-compute', 'roles', ['web-1'])
    expectViolation(updateHost(cmp1, { tunnel: null }, ids), 'tunnel-address', 'tunnel', ['cmp1', 'blue'])
  })
})

describe('names and projects', () => {
  const edit = (name: string) => createProject({ name }, ids)
  it.each([
    ['', 'name-not-empty'],
    ['   ', 'name-not-empty'],
    ['two\nlines', 'name-printable'],
    ['tab\there', 'name-printable'],
    ['nul\0', 'name-printable'],
    ['escape\u001b[31m', 'name-printable'],
    ['turned \u202ename', 'name-printable'],
    ['half \ud83d pair', 'name-printable'],
    ['x'.repeat(256), 'name-length'],
  ])('%j breaks %s', (name, rule) => expectViolation(edit(name), rule, 'name'))
  it.each([
    'a b',
    `"quoted" 'twice'`,
    '; rm -rf /',
    '$(reboot)',
    '`id`',
    '../../etc',
    '名前',
    '👩‍🚀'.repeat(80),
    'x'.repeat(255),
    '-n',
    '%s',
    '{}',
  ])('%j is fine', (name) => expect(draft.violations(edit(name))).toEqual([]))
  it('a project with networks stays', () =>
    expectViolation(removeProject(demo), 'project-empty', null, ['blue', 'green', 'web-1', 'web-2']))
})
