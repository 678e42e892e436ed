import { describe, expect, it } from 'vitest'
import { buildLinks, buildNamespaces } from './build-links'
import type { LinkRow } from './ip/link'
import { pairLinks, type NamespaceLinks } from './pair-links'

const link = (ifindex: number, ifname: string, more: Partial<LinkRow> = {}): LinkRow => ({
  ifindex,
  ifname,
  flags: ['UP'],
  mtu: 1500,
  operstate: 'UP',
  link_type: 'ether',
  linkinfo: { info_kind: 'veth' },
  ...more,
})
const namespace = (netns: string, links: LinkRow[], namespaceIds: NamespaceLinks['namespaceIds'] = []): NamespaceLinks => ({
  netns,
  links,
  namespaceIds,
})
const pairs = (...namespaces: NamespaceLinks[]) =>
  Object.fromEntries([...pairLinks(namespaces)].map(([end, peer]) => [end, `${peer.netns}/${peer.name}`]))

describe('pairLinks', () => {
  it('pairs two ends in one namespace, where ip prints the name', () => {
    expect(pairs(namespace('', [link(13, 'qvo1', { link: 'qvb1' }), link(14, 'qvb1', { link: 'qvo1' })]))).toEqual({
      '/qvo1': '/qvb1',
      '/qvb1': '/qvo1',
    })
  })

  it('pairs across namespaces from the end that can name the other', () => {
    const root = namespace('', [link(15, 'tap1', { link_index: 2, link_netnsid: 0 })], [{ name: 'red', nsid: 0 }])
    const red = namespace('red', [link(2, 'ns1', { link_index: 15, link_netnsid: 0 })], [{ name: null, nsid: 0 }])
    expect(pairs(root, red)).toEqual({ '/tap1': 'red/ns1', 'red/ns1': '/tap1' })
  })

  it('is not misled by equal names and equal indexes elsewhere', () => {
    const root = namespace(
      '',
      [link(15, 'a', { link_index: 2, link_netnsid: 0 }), link(16, 'b', { link_index: 2, link_netnsid: 1 })],
      [
        { name: 'red', nsid: 0 },
        { name: 'blue', nsid: 1 },
      ],
    )
    const end = (peer: number) => [link(2, 'eth0', { link_index: peer, link_netnsid: 0 })]
    expect(pairs(root, namespace('red', end(15)), namespace('blue', end(16)))).toEqual({
      '/a': 'red/eth0',
      'red/eth0': '/a',
      '/b': 'blue/eth0',
      'blue/eth0': '/b',
    })
  })

  it('pairs two namespaces that know each other', () => {
    const router = namespace('qrouter', [link(2, 'rfp', { link_index: 3, link_netnsid: 0 })], [{ name: 'fip', nsid: 0 }])
    const fip = namespace('fip', [link(3, 'fpr', { link_index: 2, link_netnsid: 0 })], [{ name: 'qrouter', nsid: 0 }])
    expect(pairs(namespace('', []), router, fip)).toEqual({ 'qrouter/rfp': 'fip/fpr', 'fip/fpr': 'qrouter/rfp' })
  })

  it('leaves an end alone whose peer does not point back, or cannot be seen', () => {
    expect(pairs(namespace('', [link(2, 'eth0', { link_index: 7, link_netnsid: 0 })]))).toEqual({})
    expect(pairs(namespace('', [link(2, 'a', { link_index: 3 }), link(3, 'b', { link_index: 9 })]))).toEqual({})
  })
})

describe('buildLinks decides what a device is', () => {
  it('tells the internal port that a restarted vswitchd left in a namespace from the one it made anew', () => {
    const tap = (index: number) => link(index, 'tap1', { linkinfo: { info_kind: 'tun' } })
    const types = (...namespaces: NamespaceLinks[]) =>
      buildLinks({ namespaces, ovsInternal: new Set(['tap1']), txChecksum: new Map() }).map((each) => `${each.netns} ${each.type}`)
    expect(types(namespace('', []), namespace('qdhcp', [tap(13)]))).toEqual(['qdhcp ovs-internal'])
    expect(types(namespace('', [tap(17)]), namespace('qdhcp', [tap(13)]))).toEqual([' ovs-internal', 'qdhcp other'])
  })

  const typeOf = (row: LinkRow, ovsInternal: string[] = []) =>
    buildLinks({ namespaces: [namespace('', [row])], ovsInternal: new Set(ovsInternal), txChecksum: new Map() })[0]?.type
  const kind = (info_kind: string | undefined, name = 'dev') =>
    link(1, name, { linkinfo: info_kind === undefined ? undefined : { info_kind } })

  it.each([
    [kind(undefined), 'physical'],
    [kind(undefined, 'lo'), 'physical'],
    [kind('bridge'), 'bridge'],
    [kind('tun', 'tap1'), 'tap'],
    [kind('tun', 'br-int'), 'ovs-internal'],
    [kind('tun', 'ovs-netdev'), 'ovs-internal'],
    [kind('openvswitch'), 'ovs-internal'],
    [kind('vlan'), 'vlan'],
    [kind('vxlan'), 'vxlan'],
    [kind('dummy'), 'other'],
    [kind('veth'), 'physical'],
    [link(1, 'qvb1', { ifalias: 'tapline:port/f4513237-f571-4e9e-a454-cd5927cdb9df' }), 'veth'],
  ])('%o is %s', (row, type) => expect(typeOf(row, ['br-int'])).toBe(type))

  it('takes owner, offload and facts along', () => {
    const row = link(5, 'qvb1', {
      ifalias: 'tapline:port/f4513237-f571-4e9e-a454-cd5927cdb9df',
      address: 'c2:0c:e1:3b:90:ea',
      flags: ['UP', 'PROMISC'],
      stats64: { rx: { packets: 3, dropped: 1 }, tx: { packets: 4, dropped: 0 } },
    })
    expect(buildLinks({ namespaces: [namespace('x', [row])], ovsInternal: new Set(), txChecksum: new Map([['x/qvb1', false]]) })).toEqual([
      {
        netns: 'x',
        name: 'qvb1',
        type: 'veth',
        owner: { kind: 'port', id: 'f4513237-f571-4e9e-a454-cd5927cdb9df' },
        isUp: true,
        mtu: 1500,
        macAddress: 'c2:0c:e1:3b:90:ea',
        isPromiscuous: true,
        master: null,
        peer: null,
        hasTxChecksumOffload: false,
        observed: {
          ifindex: 5,
          kind: 'veth',
          operState: 'UP',
          alias: 'tapline:port/f4513237-f571-4e9e-a454-cd5927cdb9df',
          rxPackets: 3,
          txPackets: 4,
          rxDropped: 1,
          txDropped: 0,
        },
      },
    ])
  })

  it('knows VLAN and VXLAN by what they stand on, and the NIC that we put into a bridge', () => {
    // As `ip -j -d link` of iproute2 6.1 prints them.
    const rows: LinkRow[] = [
      link(1, 'ens38.120', {
        link: 'ens38',
        linkinfo: { info_kind: 'vlan', info_data: { protocol: '802.1Q', id: 120, flags: ['REORDER_HDR'] } },
      }),
      link(2, 'vxlan-100', {
        linkinfo: {
          info_kind: 'vxlan',
          info_data: { id: 100, local: '192.168.150.11', link: 'ens37', port_range: { low: 0, high: 0 }, port: 4789, learning: true },
        },
      }),
      link(3, 'brq1', {
        ifalias: 'tapline:network/f4513237-f571-4e9e-a454-cd5927cdb9df,nic=ens38',
        linkinfo: { info_kind: 'bridge', info_data: { forward_delay: 0, ageing_time: 30000, stp_state: 0, mcast_snooping: 0 } },
      }),
    ]
    const [vlan, vxlan, bridge] = buildLinks({ namespaces: [namespace('', rows)], ovsInternal: new Set(), txChecksum: new Map() })
    expect(vlan?.vlan).toEqual({ lower: 'ens38', id: 120 })
    expect(vxlan?.vxlan).toEqual({ vni: 100, local: '192.168.150.11', port: 4789, lower: 'ens37' })
    expect([bridge?.owner?.kind, bridge?.uplink]).toEqual(['network', 'ens38'])
  })

  it('takes a namespace for ours by the alias of its lo', () => {
    const lo = link(1, 'lo', { ifalias: 'tapline:network/f4513237-f571-4e9e-a454-cd5927cdb9df', linkinfo: undefined })
    expect(buildNamespaces([namespace('', [], [{ name: 'a', nsid: 4 }]), namespace('a', [lo]), namespace('b', [])])).toEqual([
      { name: 'a', owner: { kind: 'network', id: 'f4513237-f571-4e9e-a454-cd5927cdb9df' }, nsid: 4 },
      { name: 'b', owner: null },
    ])
  })
})

describe('a veth whose other end is nowhere to be seen', () => {
  const NIC = link(2, 'ens37', { link_index: 9, link_netnsid: 7 })
  const typeOf = (name: string, root: NamespaceLinks) =>
    buildLinks({ namespaces: [root], ovsInternal: new Set(), txChecksum: new Map() }).find((each) => each.name === name)?.type

  it('is a NIC on a host that has no other', () => {
    expect(typeOf('ens37', namespace('', [NIC]))).toBe('physical')
    expect(typeOf('ens37', namespace('', [link(1, 'lo', { linkinfo: undefined }), NIC]))).toBe('physical')
    expect(
      typeOf(
        'ens37',
        namespace('', [
          link(3, 'brq1', { linkinfo: { info_kind: 'bridge' }, ifalias: 'tapline:network/dd000001-0000-4000-8000-000000000001' }),
          { ...NIC, master: 'brq1' },
        ]),
      ),
    ).toBe('physical')
    expect(typeOf('ens37', namespace('', [{ ...NIC, master: 'ovs-system' }]))).toBe('physical')
  })

  it.each([
    ['the host has real NICs', [NIC, link(3, 'eth0', { linkinfo: undefined })], []],
    ['it is in a bridge that is not ours', [{ ...NIC, master: 'docker0' }, link(3, 'docker0', { linkinfo: { info_kind: 'bridge' } })], []],
    ['it leads into a namespace that has a name, but could not be read', [NIC], [{ name: 'qdhcp-1', nsid: 7 }]],
  ])('is a veth where %s', (_, links, ids) => {
    expect(typeOf('ens37', namespace('', links as LinkRow[], ids))).toBe('veth')
  })
})
