// A bridge knows where an answer goes from the question that has just come by.

import { describe, expect, it } from 'vitest'
import { emptyHostState, type HostState } from '../../host/host-state'
import type { Link } from '../../host/link'
import { Fleet } from '../fleet'
import { arpRequest } from '../frame'
import { allHops } from '../testing/show-walk'
import { walk } from '../walk'

const link = (name: string, type: Link['type'], rest: Partial<Link> = {}): Link => ({ netns: '', name, type, owner: null, isUp: true, ...rest })

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

function answered(ageingTime: number): string[] {
  const fleet = new Fleet({ hosts: [{ hostId: 'h', name: 'h', state: stateOf(ageingTime), unread: () => null }], wires: [] })
  const frame = arpRequest({ mac: '02:00:00:00:00:01', ip: '10.0.0.9' }, '10.0.0.1')
  const { root } = walk(fleet, { hostId: 'h', netns: '', device: 'tap1', frame, as: 'received' })
  const isAnswer = ({ payload }: typeof frame) => payload.kind === 'arp' && payload.operation === 2
  return [...allHops(root)].flatMap(({ place, in: seen }) => (place.kind === 'tap' && isAnswer(seen) ? [place.device] : []))
}

describe('an answer through a Linux bridge', () => {
  it('goes to who asked', () => expect(answered(30_000)).toEqual(['tap1']))
  it('goes everywhere when the bridge keeps no MAC for any time', () => expect(answered(0)).toEqual(['tap1', 'tap2', 'tap3']))
})
