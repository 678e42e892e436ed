// A bridge knows where an answer goes from the question that has just come by; what its ports are set to, and who takes frames before it.

import { describe, expect, it } from 'vitest'
import { emptyHostState, type HostState } from '../../host/host-state'
import type { Link } from '../../host/link'
import { Fleet } from '../fleet'
import { arpRequest, type Frame } from '../frame'
import { allHops, findHop } from '../testing/show-walk'
import { walk } from '../walk'

const link = (name: string, type: Link['type'], rest: Partial<Link> = {}): Link => ({
  netns: '',
  name,
  type,
  owner: null,
  isUp: true,
  ...rest,
})

const stateOf = (ageingTime: number): HostState => ({
  ...emptyHostState,
  links: [
    link('br', 'bridge', {
      macAddress: '02:00:00:00:00:0b',
      bridge: { forwardDelay: 0, hasStp: false, hasMulticastSnooping: false, ageingTime },
    }),
    ...['tap1', 'tap2', 'tap3'].map((name) => link(name, 'tap', { master: 'br' })),
  ],
  addresses: [{ netns: '', link: 'br', cidr: '10.0.0.1/24' }],
  routes: [{ netns: '', table: 'main', destination: '10.0.0.0/24', link: 'br' }],
  sysctls: ['all', 'br'].flatMap((device) =>
    ['arp_ignore', 'rp_filter'].map((key) => ({ netns: '', key: `net/ipv4/conf/${device}/${key}`, value: '0' })),
  ),
  learned: { bridgeMacs: [] },
})

function answered(ageingTime: number, state = stateOf(ageingTime)): string[] {
  const fleet = new Fleet({ hosts: [{ hostId: 'h', name: 'h', state, unread: () => null }], wires: [] })
  const frame = arpRequest({ mac: '02:00:00:00:00:01', ip: '10.0.0.9' }, '10.0.0.1')
  const { root } = walk(fleet, { hostId: 'h', netns: '', device: 'tap1', frame, as: 'received' })
  const isAnswer = ({ payload }: typeof frame) => payload.kind === 'arp' && payload.operation === 2
  return [...allHops(root)].flatMap(({ place, in: seen }) => (place.kind === 'tap' && isAnswer(seen) ? [place.device] : []))
}

describe('an answer through a Linux bridge', () => {
  it('goes to who asked', () => expect(answered(30_000)).toEqual(['tap1']))
  it('goes everywhere when the bridge keeps no MAC for any time', () => expect(answered(0)).toEqual(['tap1', 'tap2', 'tap3']))
})

describe('ports and bridges that are set in other ways', () => {
  const facts = (unmodelled: readonly string[]): Link['observed'] => ({
    ifindex: 1, kind: '', operState: 'UP', alias: '', rxPackets: 0, txPackets: 0, rxDropped: 0, txDropped: 0, unmodelled,
  }) // prettier-ignore

  /** From tap1. */
  function endOf(
    settings: Readonly<Record<string, readonly string[]>>,
    patch: Partial<Frame> = {},
    hasMulticastSnooping = false,
    filtersTagged = 0,
  ): string | undefined {
    const before = stateOf(30_000)
    const state = {
      ...before,
      sysctls: [...before.sysctls, { netns: '', key: 'net/bridge/bridge-nf-filter-vlan-tagged', value: String(filtersTagged) }],
    }
    const links = state.links.map(({ bridge, ...each }) => ({
      ...each,
      ...(bridge && { bridge: { ...bridge, hasMulticastSnooping } }),
      observed: facts(settings[each.name] ?? []),
    }))
    const bridgeMacs = [{ netns: '', bridge: 'br', port: 'tap2', macAddress: TO_TAP2, vlan: null, isLocal: false }]
    const fleet = new Fleet({
      hosts: [{ hostId: 'h', name: 'h', state: { ...state, links, learned: { bridgeMacs } }, unread: () => null }],
      wires: [],
    })
    const frame = { ...arpRequest({ mac: '02:00:00:00:00:01', ip: '10.0.0.9' }, '10.0.0.8'), ...patch }
    const { root } = walk(fleet, { hostId: 'h', netns: '', device: 'tap1', frame, as: 'received' })
    const end = findHop(root, 'linux-bridge', 'br')?.end
    return end && 'code' in end ? `${end.code} ${'about' in end.params ? end.params.about : ''}`.trim() : undefined
  }
  const TO_TAP2 = '02:00:00:00:00:02'

  it.each<[Readonly<Record<string, readonly string[]>>, Partial<Frame>, string | undefined]>([
    [{}, {}, undefined],
    [{ tap1: ['isolated'], tap2: ['isolated'] }, {}, 'outside-model isolated'],
    [{ tap3: ['bcast_flood'] }, {}, 'outside-model bcast_flood'],
    [{ tap3: ['bcast_flood'] }, { destinationMac: TO_TAP2 }, undefined],
    [{ tap1: ['learning'] }, {}, undefined],
    [{}, { destinationMac: '01:80:c2:00:00:0e' }, 'reserved-mac'],
    [{ br: ['group_fwd_mask'] }, { destinationMac: '01:80:c2:00:00:0e' }, 'outside-model group_fwd_mask'],
    [{ br: ['group_fwd_mask'] }, {}, undefined],
    [{ br: ['nf_call_iptables'] }, {}, 'outside-model nf_call_iptables'],
  ])('%j, %j: %s', (settings, patch, code) => expect(endOf(settings, patch)).toBe(code))

  it.each([
    ['33:33:00:00:00:01', 'outside-model mcast_snooping'],
    ['ff:ff:ff:ff:ff:ff', undefined],
    [TO_TAP2, undefined],
  ])('a bridge that listens for who wants a group: a frame to %s, %s', (destinationMac, code) =>
    expect(endOf({}, { destinationMac }, true)).toBe(code),
  )

  const tagged = { vlans: [{ tpid: 0x8100, vlanId: 5, pcp: 0 }] }
  it.each([
    [tagged, 0, undefined],
    [tagged, 1, 'outside-model bridge-nf-filter-vlan-tagged'],
    [{}, 1, undefined],
  ])('iptables that may look into tags: %j, %i, %s', (patch, filtersTagged, code) =>
    expect(endOf({}, patch, false, filtersTagged)).toBe(code),
  )

  it('an answer comes by where it was learned, not by a port that learns nothing', () => {
    const state = stateOf(30_000)
    const links = state.links.map((each) => (each.name === 'tap1' ? { ...each, observed: facts(['learning']) } : each))
    expect(answered(30_000, { ...state, links })).toEqual(['tap1', 'tap2', 'tap3'])
  })
})

describe('devices that take frames off another one', () => {
  const nic = link('eth0', 'physical', { macAddress: '02:00:00:00:00:0e' })
  const base = { ifindex: 2, kind: '', operState: 'UP', alias: '', rxPackets: 0, txPackets: 0, rxDropped: 0, txDropped: 0 }
  const via = (others: readonly Link[], vlans: Frame['vlans'] = []) => {
    const state = { ...emptyHostState, links: [{ ...nic, observed: base }, ...others] }
    const fleet = new Fleet({ hosts: [{ hostId: 'h', name: 'h', state, unread: () => null }], wires: [] })
    const frame = { ...arpRequest({ mac: '02:00:00:00:00:01', ip: '10.0.0.9' }, '10.0.0.8'), vlans }
    const { root } = walk(fleet, { hostId: 'h', netns: '', device: 'eth0', frame, as: 'received' })
    return [...allHops(root)].map(({ place, end }) => [place.device, end && 'code' in end ? end.code : ''].join(' ').trim())
  }
  const vlan = (name: string, isService?: boolean) =>
    link(name, 'vlan', { vlan: { lower: 'eth0', id: 5, ...(isService && { isService }) } })
  const tag = (tpid: number) => [{ tpid, vlanId: 5, pcp: 0 }]

  it('are VLAN devices of the kind of tag', () => {
    expect(via([vlan('c5'), vlan('s5', true)], tag(0x8100))[1]).toBe('c5')
    expect(via([vlan('c5'), vlan('s5', true)], tag(0x88a8))[1]).toBe('s5')
    expect(via([vlan('s5', true)], tag(0x8100))).toEqual(['eth0', 'not-for-us'])
  })
  it('may be a program, which gets them first', () => {
    const state = { ...emptyHostState, links: [{ ...nic, observed: { ...base, unmodelled: ['xdp'] } }] }
    const fleet = new Fleet({ hosts: [{ hostId: 'h', name: 'h', state, unread: () => null }], wires: [] })
    const { root } = walk(fleet, {
      hostId: 'h',
      netns: '',
      device: 'eth0',
      frame: arpRequest({ mac: '02:00:00:00:00:01', ip: '10.0.0.9' }, '10.0.0.8'),
      as: 'received',
    })
    expect(root.end).toMatchObject({ kind: 'unknown', params: { about: 'xdp' } })
  })
  it('are given tags that have a priority and no VLAN, which the stack is not', () => {
    const seen = (master: string | null) => {
      const state = { ...stateOf(30_000), links: [...stateOf(30_000).links, { ...nic, master, observed: base }] }
      const fleet = new Fleet({ hosts: [{ hostId: 'h', name: 'h', state, unread: () => null }], wires: [] })
      const frame = {
        ...arpRequest({ mac: '02:00:00:00:00:01', ip: '10.0.0.9' }, '10.0.0.8'),
        vlans: [{ tpid: 0x8100, vlanId: 0, pcp: 3 }],
      }
      return walk(fleet, { hostId: 'h', netns: '', device: 'eth0', frame, as: 'received' }).root.branches[0]?.out.vlans.length
    }
    expect([seen('br'), seen(null)]).toEqual([1, 0])
  })
  it('may be a macvlan device', () => {
    const macvlan = (facts: Partial<typeof base> & { readonly linkIndex: number; readonly linkNetnsId?: number }, netns = '') =>
      link('mv', 'other', { netns, observed: { ...base, ifindex: 3, kind: 'macvlan', ...facts } })
    expect(via([macvlan({ linkIndex: 2 })])).toEqual(['eth0 outside-model'])
    expect(via([macvlan({ linkIndex: 2, linkNetnsId: 0 }, 'guest')])).toEqual(['eth0 outside-model'])
    expect(via([macvlan({ linkIndex: 7 })])[0]).toBe('eth0')
  })
})
