import { describe, expect, it } from 'vitest'
import { GUEST_QUESTION } from '../parse/net/guest-answer'
import { sayCoded } from '../explain/message'
import { guestMessages } from '../explain/verdict'
import { type GuestFinding, guestAddresses, isMute, judgeGuest, parseGuestState } from './guest-state'
import type { Endpoint } from './path'

const endpoint = (label: string, macAddress: string, ipAddress: string): Endpoint => ({
  id: label,
  portId: label,
  label,
  kind: 'vm',
  hostId: 'h',
  hostName: 'h',
  networkId: 'n',
  networkName: 'n',
  macAddress,
  ipAddress,
})
const web1 = endpoint('web-1', 'fa:16:3e:00:00:01', '10.0.1.3')
const web2 = endpoint('web-2', 'fa:16:3e:00:00:02', '10.0.1.4')
const link = (name: string, mac: string, address = '', flags = 'BROADCAST,MULTICAST,UP,LOWER_UP') =>
  `2: ${name}: <${flags}> mtu 1450 qdisc pfifo_fast qlen 1000\n    link/ether ${mac} brd ff:ff:ff:ff:ff:ff\n${address && `    inet ${address} scope global ${name}\n`}`
const LO =
  '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n'
const says = (links: string, { vlans = '', routes = '', neighbours = '' } = {}) =>
  parseGuestState(
    `@@uptime\n41.20 39.00\n@@vlans\n${vlans}@@addresses\n${LO}${links}@@routes\n${routes}@@neighbours\n${neighbours}cat: can't open '/proc/net/vlan/config'\n`,
  )!
const judge = (...facts: Parameters<typeof says>) => judgeGuest(web1, { macAddress: web1.macAddress, vlan: 0 }, web2, says(...facts))
const words = (finding: GuestFinding | null): string | null => finding && sayCoded(guestMessages, finding)
const eth0 = link('eth0', web1.macAddress, '10.0.1.3/24')

describe('what a guest says about itself', () => {
  it.each<[string, Parameters<typeof says>, string, string]>([
    [
      'another NIC',
      [link('eth0', 'fa:16:3e:00:00:09', '10.0.1.3/24')],
      'guest-without-nic',
      'the guest of web-1 has no interface with the MAC fa:16:3e:00:00:01 (it has eth0 with fa:16:3e:00:00:09)',
    ],
    ['down', [link('eth0', web1.macAddress, '10.0.1.3/24', 'BROADCAST,MULTICAST')], 'guest-down', 'eth0 in the guest of web-1 is down'],
    [
      'no address',
      [link('eth0', web1.macAddress)],
      'guest-without-address',
      'eth0 in the guest of web-1 has no address; its port has 10.0.1.3',
    ],
    [
      'another address',
      [link('eth0', web1.macAddress, '10.0.1.77/24')],
      'guest-other-address',
      'eth0 in the guest of web-1 has 10.0.1.77; its port has 10.0.1.3',
    ],
    [
      'no way to the other',
      [link('eth0', web1.macAddress, '10.0.1.3/32'), { routes: '10.0.9.0/24 dev eth0 scope link\n' }],
      'guest-without-route',
      'the guest of web-1 has no route to 10.0.1.4',
    ],
    [
      'a permanent neighbour',
      [eth0, { neighbours: '10.0.1.4 dev eth0 lladdr 02:00:00:00:00:99 PERMANENT\n' }],
      'guest-wrong-neighbour',
      'the guest of web-1 has a permanent entry in its neighbour table that takes 02:00:00:00:00:99 for 10.0.1.4; the port of web-2 has fa:16:3e:00:00:02',
    ],
  ])('%s', (_, facts, code, sentence) => expect([judge(...facts)?.code, words(judge(...facts))]).toEqual([code, sentence]))

  it.each<[string, Parameters<typeof says>]>([
    [
      'what is right',
      [
        eth0,
        { routes: '10.0.1.0/24 dev eth0 scope link  src 10.0.1.3\n', neighbours: `10.0.1.4 dev eth0 lladdr ${web2.macAddress} STALE\n` },
      ],
    ],
    ['a way by a router', [link('eth0', web1.macAddress, '10.0.1.3/32'), { routes: 'default via 10.0.1.1 dev eth0\n' }]],
    ['a neighbour that is being asked for', [eth0, { neighbours: '10.0.1.4 dev eth0 INCOMPLETE\n' }]],
    ['an entry of another interface', [eth0, { neighbours: '10.0.1.4 dev eth1 lladdr 02:00:00:00:00:99 STALE\n' }]],
    ['an address with a peer', [link('eth0', web1.macAddress, '10.0.1.3 peer 10.0.1.1/32')]],
    ['an address that is not understood', [link('eth0', web1.macAddress) + '    inet 10.0.1.3 via something new\n']],
    [
      'a default route with everything a DHCP client sets',
      [
        link('eth0', web1.macAddress, '10.0.1.3/32'),
        { routes: '10.0.1.1 dev eth0 scope link\ndefault via 10.0.1.1 dev eth0 proto dhcp src 10.0.1.3 metric 100 mtu 1450 initcwnd 10\n' },
      ],
    ],
    [
      'a default route over two gateways',
      [
        link('eth0', web1.macAddress, '10.0.1.3/32'),
        {
          routes:
            '10.0.9.0/24 dev eth0 scope link\ndefault proto static metric 20\n\tnexthop via 10.0.9.1 dev eth0 weight 1\n\tnexthop via 10.0.9.2 dev eth0 weight 1\n',
        },
      ],
    ],
    ['one address of several', [link('eth0', web1.macAddress, '10.0.1.77/24') + '    inet 10.0.1.3/24 scope global secondary eth0\n']],
  ])('finds nothing in %s', (_, facts) => expect(judge(...facts)).toBeNull())

  it('only what keeps it from sending keeps it from being followed', () => {
    expect(
      (
        [
          'guest-without-nic',
          'guest-without-vlan',
          'guest-down',
          'guest-without-address',
          'guest-other-address',
          'guest-without-route',
          'guest-wrong-neighbour',
        ] as const
      ).filter((code) => isMute({ code, params: {} } as GuestFinding)),
    ).toEqual(['guest-without-nic', 'guest-without-vlan', 'guest-down', 'guest-without-address', 'guest-without-route'])
  })

  it('is nothing where it says nothing', () => {
    expect([parseGuestState(''), parseGuestState('sh: not found'), parseGuestState('@@addresses\nip: not found\n')]).toEqual([
      null,
      null,
      null,
    ])
    expect(GUEST_QUESTION[1]).not.toMatch(/[$](?!PATH)/)
  })
})

describe('a subport', () => {
  const nic = { macAddress: web1.macAddress, vlan: 301 }
  const sub = endpoint('trunk-vm', 'fa:16:3e:00:03:01', '10.0.3.3')
  const peer = endpoint('sub-2', 'fa:16:3e:00:03:02', '10.0.3.4')
  const of = (...facts: Parameters<typeof says>) => words(judgeGuest(sub, nic, peer, says(...facts)))
  const vlans = 'VLAN Dev name\t | VLAN ID\nName-Type: VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD\neth0.301       | 301  | eth0\n'
  const vlanLink = (flags?: string) => link('eth0.301@eth0', sub.macAddress, '10.0.3.3/24', flags)

  it.each<[string, string | null, Parameters<typeof says>]>([
    ['is right', null, [eth0 + vlanLink(), { vlans }]],
    ['is known by its name where the kernel does not list it', null, [eth0 + vlanLink()]],
    ['may be any interface whose VLAN nothing tells', null, [eth0 + link('data@eth0', sub.macAddress, '10.0.3.3/24')]],
    ['has no interface', 'the guest of trunk-vm has no interface for VLAN 301 on eth0', [eth0, { vlans }]],
    [
      'has one of another VLAN',
      'the guest of trunk-vm has no interface for VLAN 301 on eth0',
      [eth0 + vlanLink(), { vlans: vlans.replace('| 301 ', '| 302 ') }],
    ],
    ['is down', 'eth0.301 in the guest of trunk-vm is down', [eth0 + vlanLink('BROADCAST'), { vlans }]],
    [
      'stands on what is down',
      'eth0 in the guest of trunk-vm is down',
      [link('eth0', web1.macAddress, '', 'BROADCAST') + vlanLink(), { vlans }],
    ],
  ])('%s', (_, sentence, facts) => expect(of(...facts)).toBe(sentence))

  it('has its own addresses', () => {
    expect(guestAddresses(says(eth0 + vlanLink(), { vlans }), nic)).toEqual(['10.0.3.3'])
  })
})
