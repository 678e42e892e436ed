// Who asks by ARP is answered, as the kernel was seen to do: eth0 has 10.0.0.1/24, eth1 10.1.0.1/24, and the namespace forwards.

import { expect, it } from 'vitest'
import { emptyHostState, type HostState } from '../../../host/host-state'
import type { Link } from '../../../host/link'
import { Fleet } from '../../fleet'
import { arpRequest } from '../../frame'
import { walk } from '../../walk'
import { allHops } from '../../testing/show-walk'

const SETTINGS = {
  accept_local: 0,
  arp_filter: 0,
  arp_ignore: 0,
  forwarding: 1,
  proxy_arp: 0,
  proxy_arp_pvlan: 0,
  route_localnet: 0,
  rp_filter: 0,
}
const link = (name: string): Link => ({
  netns: '',
  name,
  type: 'physical',
  owner: null,
  isUp: true,
  macAddress: `02:00:00:00:00:0${name.at(-1)}`,
})

function answer(
  senderIp: string,
  targetIp: string,
  settings: Readonly<Record<string, number | null>>,
  proxied: readonly string[] = [],
): string {
  const state: HostState = {
    ...emptyHostState,
    links: [link('eth0'), link('eth1')],
    addresses: [{ netns: '', link: 'eth0', cidr: '10.0.0.1/24' }, { netns: '', link: 'eth1', cidr: '10.1.0.1/24' }],
    sysctls: ['all', 'eth0', 'eth1'].flatMap((device) =>
      Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => (value === null ? [] : [{ netns: '', key: `net/ipv4/conf/${device}/${name}`, value: String(value) }])),
    ),
    rules: [{ netns: '', priority: 100, source: 'all', destination: '10.7.0.0/16', table: '55' }],
    routes: [{ netns: '', table: '55', destination: 'default', link: 'lo', type: 'local' }],
    learned: { proxied: proxied.map((address) => ({ netns: '', link: 'eth0', address })) },
  } // prettier-ignore
  const fleet = new Fleet({ hosts: [{ hostId: 'h', name: 'h', state, unread: () => null }], wires: [] })
  const { root } = walk(fleet, {
    hostId: 'h',
    netns: '',
    device: 'eth0',
    frame: arpRequest({ mac: '02:00:00:00:00:99', ip: senderIp }, targetIp),
    as: 'received',
  })
  const hops = [...allHops(root)]
  const end = hops.find(({ place }) => place.kind === 'stack')?.end
  return hops.some(({ place }) => place.kind === 'wire') ? 'answers' : end && 'code' in end ? end.code : ''
}

it.each<[string, string, Readonly<Record<string, number | null>>, readonly string[], string]>([
  ['10.0.0.9', '10.0.0.1', {}, [], 'answers'],
  ['10.1.0.9', '10.0.0.1', {}, [], 'answers'],
  ['10.0.0.9', '10.7.0.1', {}, [], 'answers'],
  ['0.0.0.0', '10.7.0.1', {}, [], 'not-for-us'],
  ['10.1.0.9', '10.0.0.1', { arp_filter: 1 }, [], 'not-for-us'],
  ['10.1.0.9', '10.0.0.1', { arp_filter: null }, [], 'unread'],
  ['10.0.0.9', '10.0.0.1', { arp_filter: 1 }, [], 'answers'],
  ['0.0.0.0', '10.0.0.1', { arp_filter: 1 }, [], 'answers'],
  ['10.1.0.1', '10.0.0.1', {}, [], 'martian'],
  ['10.1.0.1', '10.0.0.1', { accept_local: 1 }, [], 'answers'],
  ['10.0.0.9', '127.0.0.1', {}, [], 'martian'],
  ['10.0.0.9', '10.1.0.9', {}, [], 'not-for-us'],
  ['10.0.0.9', '10.1.0.9', { proxy_arp: 1 }, [], 'answers'],
  ['10.0.0.9', '10.1.0.9', {}, ['10.1.0.9'], 'answers'],
  ['10.0.0.9', '10.1.0.9', { forwarding: 0 }, ['10.1.0.9'], 'not-for-us'],
  ['10.0.0.9', '10.0.0.7', { proxy_arp: 1 }, ['10.0.0.7'], 'not-for-us'],
  ['10.0.0.9', '10.0.0.7', { proxy_arp_pvlan: 1 }, [], 'answers'],
  ['10.0.0.9', '10.0.0.9', { proxy_arp_pvlan: 1 }, [], 'not-for-us'],
  ['10.0.0.9', '10.0.0.7', { proxy_arp_pvlan: null }, [], 'unread'],
])('%s asks for %s, %j, proxy for %j: %s', (senderIp, targetIp, settings, proxied, expected) =>
  expect(answer(senderIp, targetIp, settings, proxied)).toBe(expected),
)
