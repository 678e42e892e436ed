// Sources that the kernel does not believe (fib_validate_source), as it was seen to do.

import { expect, it } from 'vitest'
import { emptyHostState, type HostState } from '../../../host/host-state'
import type { IpRule } from '../../../host/ip'
import { SwitchMemory } from '../../openflow/table-memory'
import { Host } from '../host'
import { whyImplausible, whyMartian } from './source-check'

const OWN_RULE: IpRule = { netns: '', priority: 100, source: '10.7.0.0/16', table: '16' }

/** eth0 has 10.0.0.1/24, eth1 10.1.0.1/24, eth2 none; the way to 10.9.0.0/16 is eth1. */
const hostOf = (
  filter: number,
  rules: readonly IpRule[],
  settings: Readonly<Record<string, number>> = {},
  routes: HostState['routes'] = [],
): Host => {
  const state: HostState = {
    ...emptyHostState,
    addresses: [{ netns: '', link: 'eth0', cidr: '10.0.0.1/24' }, { netns: '', link: 'eth1', cidr: '10.1.0.1/24' }, { netns: '', link: 'eth2', cidr: 'fe80::1/64' }],
    routes: [{ netns: '', table: 'main', destination: '10.9.0.0/16', link: 'eth1' }, ...routes],
    rules,
    sysctls: ['all', 'eth0', 'eth1', 'eth2'].flatMap((device) =>
      Object.entries({ send_redirects: 1, accept_local: 0, route_localnet: 0, ...settings, rp_filter: device === 'all' ? 0 : filter }).map(([key, value]) => ({ netns: '', key: `net/ipv4/conf/${device}/${key}`, value: String(value) })),
    ),
  } // prettier-ignore
  return new Host({ hostId: 'h', name: 'h', state, unread: () => null }, new SwitchMemory())
}

it.each<[string, string, number, readonly IpRule[], string, string | null]>([
  ['10.9.0.1', 'eth1', 1, [], 'eth0', null],
  ['10.9.0.1', 'eth0', 1, [], 'eth1', 'rp-filter'],
  ['10.9.0.1', 'eth0', 2, [], 'eth1', null],
  ['10.9.0.1', 'eth2', 2, [], 'eth1', 'rp-filter'],
  ['10.9.0.1', 'eth2', 0, [], 'eth1', null],
  ['10.66.0.1', 'eth0', 2, [], 'eth1', 'rp-filter'],
  ['10.1.0.1', 'eth0', 0, [], 'eth1', 'martian'],
  ['10.1.0.255', 'eth0', 0, [], 'eth1', null],
  ['10.1.0.255', 'eth0', 0, [OWN_RULE], 'eth1', 'martian'],
  ['10.1.0.255', 'eth0', 0, [], 'eth0', 'martian'],
])('%s by %s, rp_filter %i, rules %j, on by %s: %s', (source, inDevice, filter, rules, outDevice, code) => {
  const end = whyImplausible({ host: hostOf(filter, rules), netns: '', inDevice, source, destination: '10.0.0.9', outDevice, mark: 0 })
  expect(end && 'code' in end ? end.code : null).toBe(code)
})

it.each<[string, number, Readonly<Record<string, number>>, readonly IpRule[], string | null]>([
  ['10.1.0.1', 0, { accept_local: 1 }, [], null],
  ['10.1.0.1', 2, { accept_local: 1 }, [], null],
  ['10.1.0.1', 1, { accept_local: 1 }, [], 'rp-filter'],
  ['10.1.0.1', 1, {}, [], 'martian'],
  ['10.1.0.1', 0, { accept_local: 1 }, [OWN_RULE], null],
  ['127.0.0.5', 0, {}, [], null],
])('a source of its own, %s, rp_filter %i, %j, rules %j: %s', (source, filter, settings, rules, code) => {
  const end = whyImplausible({
    host: hostOf(filter, rules, settings),
    netns: '',
    inDevice: 'eth0',
    source,
    destination: '10.0.0.9',
    outDevice: 'eth1',
    mark: 0,
  })
  expect(end && 'code' in end ? end.code : null).toBe(code)
})

it.each<[Readonly<Record<string, number>>, string | null]>([
  [{ src_valid_mark: 0 }, 'rp-filter'],
  [{ src_valid_mark: 1 }, null],
  [{}, 'not-understood'],
])('whether the way back is asked with the mark, %j: %s', (settings, code) => {
  const rule: IpRule = { netns: '', priority: 100, source: 'all', table: '17', mark: { value: 5, mask: 0xffffffff } }
  const host = hostOf(1, [rule], settings, [{ netns: '', table: '17', destination: '10.9.0.0/16', link: 'eth0' }])
  const end = whyImplausible({ host, netns: '', inDevice: 'eth0', source: '10.9.0.1', destination: '10.0.0.9', outDevice: 'eth1', mark: 5 })
  expect(end && 'code' in end ? end.code : null).toBe(code)
})

it.each<[string, string, Readonly<Record<string, number>>, string | null]>([
  ['10.0.0.9', '127.0.0.1', {}, 'martian'],
  ['10.0.0.9', '127.0.0.1', { route_localnet: 1 }, null],
  ['127.0.0.5', '10.0.0.1', { route_localnet: 1 }, null],
  ['127.0.0.5', '255.255.255.255', {}, null],
  ['0.0.0.0', '0.0.0.0', {}, null],
  ['0.0.0.0', '10.0.0.1', {}, 'martian'],
  ['10.0.0.9', '0.0.0.0', { route_localnet: 1 }, 'martian'],
  ['224.0.0.1', '255.255.255.255', {}, 'martian'],
])('%s to %s, %j: %s', (source, destination, settings, code) => {
  const end = whyMartian({ host: hostOf(0, [], settings), netns: '', inDevice: 'eth0', source, destination })
  expect(end && 'code' in end ? end.code : null).toBe(code)
})
