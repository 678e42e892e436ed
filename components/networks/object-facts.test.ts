import { describe, expect, it } from 'vitest'

import { indexTopology, type ShownObject } from '@/components/lib/topology-index'
import type { KeyValueItem } from '@/components/ui/KeyValue'
import { nestedTopology } from '@/server/core/testing/sample-nested'
import { ids } from '@/server/core/testing/sample-topology'
import { redId, trunkId, trunkTopology } from '@/server/core/testing/sample-trunk'
import type { Topology } from '@/server/core/topology/topology'

import { deviceNames, objectFacts } from './object-facts'

const topology = trunkTopology()
const index = indexTopology(topology, [])
const objectOf = (id: string, of = index) => of.objects.get(id)!
const told = (facts: readonly KeyValueItem[]) => facts.map(({ label, value }) => `${label}: ${value}`)
const factsOf = (object: ShownObject, of = index) => told(objectFacts(of, object)).filter((fact) => !fact.startsWith('UUID'))
const changed = (changes: Partial<Topology>) => indexTopology({ ...topology, ...changes }, [])

describe('facts of an object', () => {
  it.each(['project', 'physicalNetwork', 'network', 'subnet', 'port', 'vm', 'trunk'] as const)('of a %s begin with its id', (kind) => {
    const object = [...index.objects.values()].find((each) => each.kind === kind)!
    expect(objectFacts(index, object)[0]).toEqual({ label: 'UUID', value: object.item.id, isMono: true })
  })

  it.each<[string, string, string[]]>([
    ['physical network', ids.physnet, ['MTU: 1500', 'VLAN ranges: 100-199']],
    ['flat network', ids.network(1), ['Type: flat', 'Segment: untagged on physnet1', 'MTU: 1500', 'Admin state: up']],
    ['VLAN network', ids.network(2), ['Type: vlan', 'Segment: VLAN 120 on physnet1', 'MTU: 1500', 'Admin state: up']],
    ['VXLAN network', ids.network(3), ['Type: vxlan', 'Segment: VNI 1507', 'MTU: 1450', 'Admin state: up']],
    [
      'subnet',
      ids.subnet(1),
      ['CIDR: 10.0.1.0/24', 'Gateway: 10.0.1.1', 'DHCP: on', 'DNS servers: 10.0.0.53', 'Pool: 10.0.1.2-10.0.1.254'],
    ],
    [
      'subport, with the VLAN that its guest knows it by',
      redId,
      ['MAC: fa:16:3e:00:03:08', 'Address: 10.0.3.8', 'Guest VLAN: 301', 'Host: cmp1', 'Admin state: up', 'Port security: on'],
    ],
    ['trunk', trunkId, ['Admin state: up', 'Revision: 0']],
    [
      'VM that boots a kernel',
      ids.vm(1, 2),
      [
        'Memory: 128 MiB',
        'vCPUs: 1',
        'Virtualisation: QEMU, emulated',
        'Kernel: /guest/vmlinuz',
        'Initrd: /guest/initrd',
        'Command line: console=ttyS0',
      ],
    ],
  ])('%s', (_, id, facts) => expect(factsOf(objectOf(id))).toEqual(facts))

  it('a port that is nowhere is not bound', () => {
    const port = { ...topology.ports[0]!, hostId: null, fixedIps: [], isAdminStateUp: false, isPortSecurityEnabled: false }
    expect(factsOf({ kind: 'port', item: port })).toEqual([
      `MAC: ${port.macAddress}`,
      'Host: not bound',
      'Admin state: down',
      'Port security: off',
    ])
    expect(deviceNames(index, { kind: 'port', item: port })).toEqual([])
  })

  it('a subnet without a gateway, DHCP or names says so', () => {
    const item = { ...topology.subnets[0]!, gatewayIp: null, isDhcpEnabled: false, dnsNameservers: [], allocationPools: [] }
    expect(factsOf({ kind: 'subnet', item })).toEqual(['CIDR: 10.0.1.0/24', 'Gateway: null', 'DHCP: off', 'DNS servers: '])
  })

  it('a physical network on the wire of another names that', () => {
    const inner = { id: 'inner', name: 'inner', mtu: 1496, vlanRanges: [], carrierId: ids.physnet, macBase: 'fa:16:3e:01:00:00' }
    const nested = changed({ physicalNetworks: [...topology.physicalNetworks, inner] })
    expect(factsOf(objectOf('inner', nested), nested)).toEqual([
      'MTU: 1496',
      'VLAN ranges: none',
      'On the wire of: physnet1',
      'MAC base: fa:16:3e:01:00:00',
    ])
  })

  it.each([
    [{ kind: 'disk', path: '/img/a.qcow2', format: 'qcow2' }, ['Disk: /img/a.qcow2', 'Format: qcow2']],
    [
      { kind: 'kernel', kernel: 'k', initrd: 'i', cmdline: 'c', disk: { path: '/img/b', format: 'raw', isReadOnly: true } },
      ['Kernel: k', 'Initrd: i', 'Command line: c', 'Disk: /img/b (raw, read-only)'],
    ],
    [
      { kind: 'kernel', kernel: 'k', initrd: 'i', cmdline: 'c', disk: { path: '/img/b', format: 'raw', isReadOnly: false } },
      ['Kernel: k', 'Initrd: i', 'Command line: c', 'Disk: /img/b (raw)'],
    ],
  ] as const)('a VM on KVM that boots %j', (boot, facts) => {
    const item = { ...topology.vms[0]!, virtType: 'kvm' as const, boot }
    expect(factsOf({ kind: 'vm', item })).toEqual(['Memory: 128 MiB', 'vCPUs: 1', 'Virtualisation: KVM', ...facts])
  })

  it('a kind with nothing to say beyond its fields shows these', () => {
    const nested = indexTopology(nestedTopology(), [])
    const uplink = nested.topology.nestedUplinks[0]!
    expect(factsOf(objectOf(uplink.id, nested), nested)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Physical network: physnet1$/)]),
    )
  })
})

describe('names on a host', () => {
  it.each<[string, string, string[]]>([
    ['a network has the namespace of its DHCP server', ids.network(1), [`DHCP namespace: qdhcp-${ids.network(1)}`]],
    ['a trunk has its bridge', trunkId, ['Trunk bridge: tbr-ce000001-0']],
    ['a subnet has none', ids.subnet(1), []],
  ])('%s', (_, id, names) => expect(told(deviceNames(index, objectOf(id)))).toEqual(names))

  it('a port that is bound has those of its plug', () => {
    const names = deviceNames(index, objectOf(ids.port(3, 2))).map(({ value }) => value)
    expect(names).toEqual(expect.arrayContaining(['tapff000032-00']))
  })
})
