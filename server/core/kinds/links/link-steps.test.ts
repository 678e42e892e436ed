import { describe, expect, it } from 'vitest'
import type { Domain } from '../../host/domain'
import type { Link } from '../../host/link'
import { planned, stateOf } from '../../testing/planned'

const owner = { kind: 'port', id: 'aa000001-0000-4000-8000-000000000001' } as const
const bridge: Link = { netns: '', name: 'qbr1', type: 'bridge', owner, isUp: true }
const end = (name: string, peer: string, more: Partial<Link>): Link => ({
  netns: '',
  name,
  type: 'veth',
  owner,
  peer: { netns: '', name: peer },
  isUp: true,
  ...more,
})
const alias = `alias tapline:port/${owner.id}`

it.each(['qvb1', 'zvb1'])(
  '[PLAN-39] the end that Open vSwitch may take up is born up and promiscuous, whatever the other is called (%s)',
  (other) => {
    const links = [bridge, end(other, 'qvo1', { master: 'qbr1', isPromiscuous: true }), end('qvo1', other, { isPromiscuous: true })]
    expect(planned(stateOf({ links }), stateOf({})).slice(-3)).toEqual([
      `link add name qvo1 up promisc on type veth peer name ${other}`,
      `link set dev qvo1 ${alias} promisc on up`,
      `link set dev ${other} ${alias} promisc on master qbr1 up`,
    ])
  },
)

it('[DIFF-20] a bridge leaves the spanning tree before it gets a forward delay that the tree does not allow', () => {
  const options = (forwardDelay: number, hasStp: boolean): Link => ({
    ...bridge,
    bridge: { forwardDelay, hasStp, hasMulticastSnooping: false, ageingTime: 0 },
  })
  const change = (to: Link, from: Link) => planned(stateOf({ links: [to] }), stateOf({ links: [from] }))
  const all = (forwardDelay: number, stp: number) =>
    `link set dev qbr1 type bridge forward_delay ${forwardDelay} stp_state ${stp} mcast_snooping 0 ageing_time 0`
  expect(change(options(0, false), options(200, true))).toEqual(['link set dev qbr1 type bridge stp_state 0', all(0, 0)])
  expect(change(options(200, true), options(0, false))).toEqual(['link set dev qbr1 type bridge stp_state 1', all(200, 1)])
  expect(change(options(0, false), options(200, false))).toEqual([all(0, 0)])
  const aware: Link = { ...options(0, false), bridge: { ...options(0, false).bridge!, isVlanAware: true } }
  expect(change(options(0, false), aware)).toEqual(['link set dev qbr1 type bridge vlan_filtering 0', all(0, 0)])
})

it('[DIFF-24] a tap is set as the NIC behind it wants it, and not where a VM that is built anew takes it along', () => {
  const nic = { type: 'bridge', source: 'qbr1', target: 'tap1', macAddress: 'fa:16:3e:00:00:01', mtu: 1450, model: 'virtio' } as const
  const vm = (memoryMib: number): Domain => ({
    uuid: 'u',
    name: 'instance-1',
    title: 'web',
    owner: { kind: 'vm', id: 'u' },
    memoryMib,
    vcpus: 1,
    virtType: 'qemu',
    boot: null,
    interfaces: [nic],
    isRunning: true,
    hasGuestAgent: true,
  })
  const tap: Link = { netns: '', name: 'tap1', type: 'tap', owner: null, isUp: true, mtu: 1450, master: 'qbr1' }
  const wanted = stateOf({ links: [bridge, tap], domains: [vm(128)] })
  const found = (memoryMib: number) =>
    stateOf({ links: [bridge, { ...tap, isUp: false, mtu: 1200, master: null }], domains: [vm(memoryMib)] })
  const ofTap = (lines: readonly string[]) => lines.filter((line) => line.includes('dev tap1 '))
  expect(ofTap(planned(wanted, found(128)))).toEqual(['link set dev tap1 mtu 1450 master qbr1 up'])
  expect(ofTap(planned(wanted, found(256)))).toEqual([])
})

describe('[DIFF-20] a port of a bridge of ours', () => {
  const facts = { ifindex: 7, kind: 'tun', operState: 'UP', alias: '', rxPackets: 0, txPackets: 0, rxDropped: 0, txDropped: 0 }
  const tap: Link = { netns: '', name: 'tap1', type: 'tap', owner: null, isUp: true, master: 'qbr1' }
  const lines = (unmodelled: readonly string[], found: Partial<Link> = {}) =>
    planned(stateOf({ links: [bridge, tap] }), stateOf({ links: [bridge, { ...tap, ...found, observed: { ...facts, unmodelled } }] }))

  it.each<[string, readonly string[], Partial<Link>, readonly string[]]>([
    ['is as a new one', [], {}, []],
    ['was kept apart from others', ['isolated'], {}, ['link set dev tap1 type bridge_slave isolated off']],
    [
      'was told neither to learn nor to flood, and switched off',
      ['learning', 'flood', 'state'],
      {},
      ['link set dev tap1 type bridge_slave learning on flood on state 3'],
    ],
    [
      'is set back when it is up',
      ['hairpin'],
      { isUp: false },
      ['link set dev tap1 up', 'link set dev tap1 type bridge_slave hairpin off'],
    ],
    ['is as a new one by coming back', ['isolated'], { master: 'br-hand' }, ['link set dev tap1 master qbr1']],
    ['has something that is none of a port', ['proxy'], {}, []],
  ])('%s', (_, unmodelled, found, expected) => expect(lines(unmodelled, found)).toEqual(expected))
})
