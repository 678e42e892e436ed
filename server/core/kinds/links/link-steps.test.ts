import { expect, it } from 'vitest'
import type { Link } from '../../host/link'
import { planned, stateOf } from '../../testing/planned'

const owner = { kind: 'port', id: 'aa000001-0000-4000-8000-000000000001' } as const
const bridge: Link = { netns: '', name: 'qbr1', type: 'bridge', owner, isUp: true }
const end = (name: string, peer: string, more: Partial<Link>): Link => ({ netns: '', name, type: 'veth', owner, peer: { netns: '', name: peer }, isUp: true, ...more })
const alias = `alias tapline:port/${owner.id}`

it.each(['qvb1', 'zvb1'])('[PLAN-39] the end that Open vSwitch may take up is born up and promiscuous, whatever the other is called (%s)', (other) => {
  const links = [bridge, end(other, 'qvo1', { master: 'qbr1', isPromiscuous: true }), end('qvo1', other, { isPromiscuous: true })]
  expect(planned(stateOf({ links }), stateOf({})).slice(-3)).toEqual([
    `link add name qvo1 up promisc on type veth peer name ${other}`,
    `link set dev qvo1 ${alias} promisc on up`,
    `link set dev ${other} ${alias} promisc on master qbr1 up`,
  ])
})
