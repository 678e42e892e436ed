// What a stack sends itself, as the kernel was seen to do: eth0 has 10.0.0.1/24.

import { expect, it } from 'vitest'
import { emptyHostState, type HostState } from '../../../host/host-state'
import { Fleet } from '../../fleet'
import { echoRequest } from '../../frame'
import { endsOf } from '../../testing/show-walk'
import { walk } from '../../walk'

const state: HostState = {
  ...emptyHostState,
  links: [{ netns: '', name: 'eth0', type: 'physical', owner: null, isUp: true, macAddress: '02:00:00:00:00:01' }],
  addresses: [{ netns: '', link: 'eth0', cidr: '10.0.0.1/24' }],
  neighbours: ['10.0.0.2', '8.8.8.8'].map((address) => ({ netns: '', link: 'eth0', address, macAddress: '02:00:00:00:00:02' })),
}

it.each([
  ['10.0.0.2', '', 'unknown-wire'],
  ['8.8.8.8', '', 'no-route'],
  // No route leads out of the device that was asked for: then it is taken for a neighbour there.
  ['8.8.8.8', 'eth0', 'unknown-wire'],
  // Copies come back to the stack.
  ['10.0.0.255', '', 'outside-model'],
  ['255.255.255.255', 'eth0', 'outside-model'],
  ['239.1.1.1', 'eth0', 'outside-model'],
])('to %s by "%s": %s', (ip, device, code) => {
  const fleet = new Fleet({ hosts: [{ hostId: 'h', name: 'h', state, unread: () => null }], wires: [] })
  const frame = echoRequest({ mac: '', ip: '10.0.0.1' }, { mac: '', ip })
  const { root } = walk(fleet, { hostId: 'h', netns: '', device, frame, as: 'sent-by-stack' })
  expect(endsOf(root).map((end) => ('code' in end ? end.code : end.kind))).toEqual([code])
})
