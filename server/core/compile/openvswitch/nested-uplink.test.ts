import { describe, expect, it } from 'vitest'
import { ids } from '../../testing/sample-topology'
import { nestedTopology, uplinkIds } from '../../testing/sample-nested'
import { compileHost } from '../compile'

const all = nestedTopology()
const cmp1 = compileHost(all, ids.host(2))
const owner = { kind: 'uplink', id: uplinkIds[0] }
const tap = 'tapce000011-00'

// docs/reference/nested-uplinks.md
describe('a nested uplink', () => {
  it.each([
    [
      'br-data',
      {
        type: 'bridge',
        owner,
        isUp: true,
        mtu: 1500,
        bridge: { forwardDelay: 0, hasStp: false, hasMulticastSnooping: false, ageingTime: 0 },
      },
    ],
    [
      'qvb-data',
      {
        type: 'veth',
        owner,
        isUp: true,
        mtu: 1500,
        master: 'br-data',
        peer: { netns: '', name: 'qvo-data' },
        isPromiscuous: true,
        hasTxChecksumOffload: false,
      },
    ],
    ['qvo-data', { type: 'veth', owner, isUp: true, mtu: 1500, peer: { netns: '', name: 'qvb-data' }, isPromiscuous: true }],
    [tap, { type: 'tap', owner: null, isUp: true, mtu: 1500, master: 'br-data' }],
  ])('has the device %s', (name, wanted) => expect(cmp1.links.find((link) => link.name === name)).toEqual({ netns: '', name, ...wanted }))

  it('gives br-data no address and no IPv6', () => {
    expect(cmp1.addresses.filter(({ link }) => link === 'br-data')).toEqual([])
    expect(cmp1.sysctls).toContainEqual({ netns: '', key: 'net/ipv6/conf/br-data/disable_ipv6', value: '1' })
  })

  it('is an untagged port of the provider bridge, for all VLANs', () => {
    expect(cmp1.ovsPorts.find((port) => port.name === 'qvo-data')).toMatchObject({
      bridge: 'br-ens38',
      owner,
      tag: null,
      trunks: [],
      vlanMode: null,
      interface: { type: '', externalIds: {} },
    })
  })

  it('is the last NIC of the VM', () => {
    const domain = cmp1.domains.find(({ uuid }) => uuid === ids.vm(2, 2))!
    expect(domain.interfaces).toHaveLength(2)
    expect(domain.interfaces[1]).toEqual({
      type: 'bridge',
      source: 'br-data',
      target: tap,
      macAddress: 'fa:16:3d:00:00:01',
      mtu: 1500,
      model: 'virtio',
    })
  })

  it('adds no flow: the outer br-int is untouched', () =>
    expect(cmp1.flows).toEqual(compileHost({ ...all, nestedUplinks: [] }, ids.host(2)).flows))

  it('stands on the host of its VM only', () =>
    expect(compileHost(all, ids.host(1)).links.some(({ name }) => name === 'br-data')).toBe(false))

  it('has names of its own beside another one', () => {
    const second = { ...all.nestedUplinks[0]!, id: uplinkIds[1], vmId: ids.vm(3, 2), number: 2, macAddress: 'fa:16:3d:00:00:09' }
    const names = compileHost({ ...all, nestedUplinks: [all.nestedUplinks[0]!, second] }, ids.host(2)).links.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['br-data', 'qvb-data', 'qvo-data', 'br-data2', 'qvb-data2', 'qvo-data2']))
    expect(new Set(names.filter((name) => name.includes('-data'))).size).toBe(6)
  })
})

it('an inner host is built like any other', () => {
  const in1 = compileHost(all, all.hosts[3]!.id)
  expect(in1.ovsPorts.map(({ bridge, name }) => `${bridge} ${name}`)).toContain('br-eth1 eth1')
  expect(in1.flows.some(({ bridge, actions }) => bridge === 'br-eth1' && actions.includes('mod_vlan_vid:1200'))).toBe(true)
})
