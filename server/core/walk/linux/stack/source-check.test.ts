// Sources that the kernel does not believe (fib_validate_source), as it was seen to do.

import { expect, it } from 'vitest'
import { emptyHostState, type HostState } from '../../../host/host-state'
import type { IpRule } from '../../../host/ip'
import { SwitchMemory } from '../../openflow/table-memory'
import { Host } from '../host'
import { whyImplausible } from './source-check'

const OWN_RULE: IpRule = { netns: '', priority: 100, source: '10.7.0.0/16', table: '16' }

/** eth0 has 10.0.0.1/24, eth1 10.1.0.1/24, eth2 none; the way to 10.9.0.0/16 is eth1. */
const hostOf = (filter: number, rules: readonly IpRule[]): Host => {
  const state: HostState = {
    ...emptyHostState,
    addresses: [{ netns: '', link: 'eth0', cidr: '10.0.0.1/24' }, { netns: '', link: 'eth1', cidr: '10.1.0.1/24' }, { netns: '', link: 'eth2', cidr: 'fe80::1/64' }],
    routes: [{ netns: '', table: 'main', destination: '10.9.0.0/16', link: 'eth1' }],
    rules,
    sysctls: ['all', 'eth0', 'eth1', 'eth2'].flatMap((device) =>
      [['rp_filter', device === 'all' ? '0' : String(filter)], ['send_redirects', '1']].map(([key = '', value = '']) => ({ netns: '', key: `net/ipv4/conf/${device}/${key}`, value })),
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
