import { describe, expect, it } from 'vitest'
import { carries } from './link-stack'
import type { Link } from './link'
import type { OvsPort } from './ovs'

const link = (name: string, more: Partial<Link> = {}): Link => ({ netns: '', name, type: 'physical', owner: null, ...more })
const port = (bridge: string, name: string, type = '', more: Partial<OvsPort> = {}, options: Record<string, string> = {}): OvsPort => ({
  bridge, name, owner: null, tag: null, vlanMode: null, trunks: [], otherConfig: {}, externalIds: {}, interface: { type, options, externalIds: {} }, ...more,
}) // prettier-ignore

const state = {
  links: [link('ens38'), link('ens39'), link('ens40', { master: 'br0' }), link('br0', { type: 'bridge' }), link('br-ex'), link('mgmt0')],
  ovsPorts: [
    port('br-ex', 'br-ex', 'internal'),
    port('br-ex', 'bond1', '', {
      members: [
        { name: 'ens38', ofport: 1 },
        { name: 'ens39', ofport: 2 },
      ],
    }),
    port('br-ex', 'to-int', 'patch', {}, { peer: 'to-ex' }),
    port('br-int', 'to-ex', 'patch', {}, { peer: 'to-int' }),
    port('br-int', 'mgmt0', 'internal'),
  ],
}

describe('what a NIC carries', () => {
  it.each([
    ['ens38', 'ens38', true],
    ['ens38', 'bond1', false],
    ['ens38', 'br-ex', true],
    ['ens39', 'br-ex', true],
    ['ens39', 'mgmt0', true],
    ['ens40', 'br0', true],
    ['ens40', 'br-ex', false],
    ['ens38', null, false],
  ])('%s, for a session by %s: %s', (nic, device, expected) => expect(carries(state, nic, device)).toBe(expected))
})
