import { describe, expect, it } from 'vitest'

import { indexInside, type InsideItem } from './inside-items'
import { itemFacts, itemKind } from './item-facts'
import { insideSpecimen } from './specimen'

const items = indexInside(insideSpecimen)
const netns = insideSpecimen.namespaces[1]!.name
/** What has a value; the inspector leaves out the rest. */
const told = (item: InsideItem) =>
  itemFacts(item).flatMap(({ label, value }) => (value === null || value === '' ? [] : [`${label}: ${value}`]))
const factsOf = (id: string) => told(items.get(id)!)

describe('facts of what is inside a host', () => {
  it.each<[string, string, string[]]>([
    [
      'veth, with its peer and its tag in Open vSwitch',
      'link:/qvo9f9c98cb-13',
      [
        'Name: qvo9f9c98cb-13',
        'Namespace: root',
        'Up: yes (UP)',
        'MAC: fe:16:3e:00:00:01',
        'MTU: 1450',
        'Peer: qvb9f9c98cb-13',
        'OVS tag: 3',
        'Packets: 12,431 in, 11,902 out',
        'Dropped: 0 in, 0 out',
      ],
    ],
    [
      'NIC that is down and drops',
      'link:/ens38',
      [
        'Name: ens38',
        'Namespace: root',
        'Up: no (DOWN)',
        'MAC: fe:16:3e:00:00:01',
        'MTU: 1500',
        'Packets: 12,431 in, 11,902 out',
        'Dropped: 12 in, 0 out',
      ],
    ],
    [
      'tunnel, with both of its ends',
      'port:br-tun/vxlan-c0a8960b',
      [
        'Name: vxlan-c0a8960b',
        'Bridge: br-tun',
        'Tag: none',
        'OpenFlow port: 2',
        'Local: 192.168.150.10',
        'Remote: 192.168.150.11',
        'Packets: 12,431 in, 11,902 out',
        'Dropped: 0 in, 0 out',
      ],
    ],
    [
      'bridge of Open vSwitch',
      'bridge:br-int',
      ['Name: br-int', 'Datapath: netdev', 'Fail mode: secure', 'Ports: 5', 'Flows: 21, 21 ours'],
    ],
    [
      'namespace with a DHCP server',
      `netns:${netns}`,
      [`Name: ${netns}`, 'Bridges: 0', 'Devices: 1', 'Routes: 1', 'DHCP: running, 1 lease'],
    ],
    ['root namespace', 'netns:', ['Name: root', 'Bridges: 2', 'Devices: 4', 'Routes: 4']],
    [
      'VM, with its NICs in the order of its guest',
      `vm:${insideSpecimen.domains[0]!.uuid}`,
      [
        `UUID: ${insideSpecimen.domains[0]!.uuid}`,
        'libvirt name: instance-00000001',
        'Running: yes',
        'Memory: 128 MiB',
        'vCPUs: 1',
        'Virtualisation: qemu',
        'Guest agent: yes',
        'eth0: fa:16:3e:00:00:01',
      ],
    ],
  ])('%s', (_, id, facts) => expect(factsOf(id)).toEqual(facts))

  it('a trunk port lists its VLANs; further ids of Open vSwitch stand as they are', () => {
    const port = { ...insideSpecimen.ovsBridges[0]!.ports[3]!, trunks: [101, 102], vlanMode: 'trunk', externalIds: { 'iface-id': 'x' } }
    const facts = told({ kind: 'ovs-port', id: 'p', port })
    expect(facts).toEqual(expect.arrayContaining(['Tag: trunk 101, 102', 'VLAN mode: trunk', 'Peer: br-tun/patch-int', 'iface-id: x']))
  })

  it('a bridge without a mode or a type of its own says what that means', () => {
    const bridge = { ...insideSpecimen.ovsBridges[0]!, datapathType: '', failMode: null, controllers: ['tcp:192.0.2.1:6633', 'unix:x'] }
    expect(told({ kind: 'ovs-bridge', id: 'b', bridge })).toEqual(
      expect.arrayContaining(['Datapath: system', 'Fail mode: unset (standalone)', 'Controllers: tcp:192.0.2.1:6633 unix:x']),
    )
  })

  it.each([
    [{ name: 'paused', reason: 'user' }, 'Libvirt says: paused, user'],
    [{ name: 'crashed', reason: '' }, 'Libvirt says: crashed'],
  ] as const)('a VM that is %j', (state, fact) => {
    const domain = { ...insideSpecimen.domains[0]!, isRunning: true, state }
    expect(told({ kind: 'domain', id: 'd', domain })).toContain(fact)
  })

  it('a link without counters has none', () => {
    const link = { ...insideSpecimen.namespaces[0]!.links[0]!, counters: null, ovsPort: null, peer: `${netns}/tap` }
    expect(told({ kind: 'link', id: 'l', link })).toEqual(expect.arrayContaining([`Peer: ${netns}/tap`]))
    expect(told({ kind: 'link', id: 'l', link }).filter((fact) => /^(Packets|Dropped|OVS tag)/.test(fact))).toEqual([])
  })
})

it.each([
  ['link:/ens38', 'NIC'],
  ['link:/qbr9f9c98cb-13', 'Linux bridge'],
  ['port:br-int/patch-tun', 'OVS port, patch'],
  ['port:br-int/qvo9f9c98cb-13', 'OVS port, system'],
  ['bridge:br-tun', 'OVS bridge'],
  ['netns:', 'Namespace'],
  [`vm:${insideSpecimen.domains[0]!.uuid}`, 'VM'],
])('%s is called %s', (id, word) => expect(itemKind(items.get(id)!)).toBe(word))
