// Where a VXLAN device's entries send a frame, as the kernel was seen to do: vx was made on eth0 (192.168.5.1/24); eth1 has 192.168.7.1/24.

import { describe, expect, it } from 'vitest'
import type { FdbEntry } from '../../host/fdb'
import { emptyHostState, type HostState } from '../../host/host-state'
import type { Link } from '../../host/link'
import { Fleet } from '../fleet'
import { echoRequest, type Frame } from '../frame'
import { allHops } from '../testing/show-walk'
import { walk } from '../walk'

const FACTS = { ifindex: 1, kind: '', operState: 'UP', alias: '', rxPackets: 0, txPackets: 0, rxDropped: 0, txDropped: 0 }
const KNOWN = '02:00:00:00:00:99'
const FLOOD = '00:00:00:00:00:00'

const link = (name: string, rest: Partial<Link> = {}): Link => ({
  netns: '',
  name,
  type: 'physical',
  owner: null,
  isUp: true,
  observed: FACTS,
  macAddress: `02:00:00:00:00:0${name.at(-1)}`,
  ...rest,
})
const vxlan = (local = '192.168.5.1', netns = ''): Link =>
  link('vx', { netns, type: 'vxlan', macAddress: '02:00:00:00:00:0e', vxlan: { vni: 100, local, port: 4789, lower: 'eth0' } })

const stateOf = (fdb: readonly FdbEntry[], device: Link): HostState => ({
  ...emptyHostState,
  links: [link('eth0'), link('eth1'), device],
  addresses: [{ netns: '', link: 'eth0', cidr: '192.168.5.1/24' }, { netns: '', link: 'eth1', cidr: '192.168.7.1/24' }],
  neighbours: ['eth0/192.168.5.2', 'eth1/192.168.7.2', 'eth1/192.168.5.2'].map((each) => ({ netns: '', link: each.split('/')[0]!, address: each.split('/')[1]!, macAddress: '02:00:00:00:00:55' })),
  fdb,
}) // prettier-ignore

const entry = (macAddress: string, destination: string, more: Partial<FdbEntry> = {}): FdbEntry => ({
  link: 'vx',
  macAddress,
  destination,
  isStatic: true,
  ...more,
})

function ways(fdb: readonly FdbEntry[], device = vxlan()): string[] {
  const fleet = new Fleet({ hosts: [{ hostId: 'h', name: 'h', state: stateOf(fdb, device), unread: () => null }], wires: [] })
  const frame = echoRequest({ mac: '02:00:00:00:00:77', ip: '10.0.0.1' }, { mac: KNOWN, ip: '10.0.0.2' })
  const { root } = walk(fleet, { hostId: 'h', netns: device.netns, device: 'vx', frame, as: 'sent-by-device' })
  const outer = ({ payload }: Frame) => (payload.kind === 'ipv4' ? payload.destination : '')
  return [...allHops(root)].flatMap(({ place, in: seen, end }) =>
    place.kind === 'wire'
      ? [`${place.device} ${outer(seen)}`]
      : end && 'code' in end
        ? [`${end.code} ${'about' in end.params ? end.params.about : ''}`.trim()]
        : [],
  )
}

describe('a VXLAN device', () => {
  it.each<[string, readonly FdbEntry[], readonly string[]]>([
    ['sends where the MAC is', [entry(KNOWN, '192.168.5.2'), entry(FLOOD, '192.168.7.2')], ['eth0 192.168.5.2']],
    ['floods what it does not know', [entry(FLOOD, '192.168.5.2'), entry(FLOOD, '192.168.7.2')], ['eth0 192.168.5.2', 'eth1 192.168.7.2']],
    ['follows the routes, whatever device it was made on', [entry(KNOWN, '192.168.7.2')], ['eth1 192.168.7.2']],
    ['but the device that an entry names', [entry(KNOWN, '192.168.5.2', { via: 'eth1' })], ['eth1 192.168.5.2']],
    ['has no entry', [], ['no-fdb-entry']],
    ['has an entry with a port of its own', [entry(KNOWN, '192.168.5.2', { unmodelled: ['port'] })], ['outside-model port']],
    [
      'has an entry that names a nexthop',
      [entry(KNOWN, '', { unmodelled: ['nhid'] }), entry(FLOOD, '192.168.5.2')],
      ['outside-model nhid'],
    ],
    ['has an entry of IPv6', [entry(KNOWN, 'fd00::2')], ['outside-model ipv6']],
  ])('%s', (_, fdb, expected) => expect(ways(fdb)).toEqual(expected))

  it('whose address the host has not sends nothing', () =>
    expect(ways([entry(KNOWN, '192.168.5.2')], vxlan('192.168.9.1'))).toEqual(['no-vtep']))
  it('in a namespace: nobody read its entries', () =>
    expect(ways([entry(KNOWN, '192.168.5.2')], vxlan('', 'inside'))).toEqual(['unread fdb']))
})
