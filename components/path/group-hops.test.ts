import { describe, expect, it } from 'vitest'

import { vxlanPath } from '@/server/core/explain/specimens/paths'
import type { PathHop, Role } from '@/server/core/path/path'

import { groupHops, isSameGroup } from './group-hops'
import { sidesOf } from './hop-sides'

const [sample] = vxlanPath.forth.hops
/** `qbr:qbr1` is a hop of that role and device on host a, `nic@b` one on host b, `wire@` one on no host. */
function hopsOf(words: string): PathHop[] {
  return words.split(' ').map((word, index) => {
    const [, role = '', device = '', host = 'a'] = /^([\w-]+)(?::([\w-]+))?(?:@(\w*))?$/.exec(word) ?? []
    return { ...sample!, id: `hop-${index}`, role: role as Role, place: { ...sample!.place, hostId: host || null, device: device || role } }
  })
}
const labels = (words: string) =>
  groupHops(hopsOf(words), { source: 'web-1', destination: 'web-2' })
    .map((group) => (group === null ? '-' : group.label))
    .join(' ')

describe('the inner box of each hop', () => {
  it.each<[string, string, string]>([
    [
      'a hybrid plug, a patch between bridges drawn as one, and a NIC of the bridge for tunnels',
      'vm tap qbr:qbr1 qvb qvo br-int patch br-tun:br-tun underlay-bridge:br-ens37 nic wire@',
      'web-1 qbr1 qbr1 qbr1 br-int br-int - br-tun br-ens37 br-ens37 -',
    ],
    ['a tap that is plugged straight into br-int', 'vm tap br-int tap vm', 'web-1 br-int br-int br-int web-2'],
    [
      'a patch pair drawn as two: each end in its own bridge',
      'br-int patch patch provider-bridge:br-ex nic wire@',
      'br-int br-int br-ex br-ex br-ex -',
    ],
    ['a NIC of no bridge stands free', 'br-tun:br-tun nic wire@', 'br-tun - -'],
    ['a NIC does not borrow from another host', 'provider-bridge:br-ex@b nic@a', 'br-ex -'],
    [
      'with the Linux bridge agent devices are in the bridge of their network',
      'vm tap brq:brq1 vxlan-device nic wire@',
      'web-1 brq1 brq1 brq1 - -',
    ],
    ['the tap of a trunk parent is not in the bridge of a subport', 'vm tap tap-vlan brq:brq1 vlan-device nic', 'web-1 - brq1 brq1 brq1 -'],
    [
      'a VIF on a trunk is a port of the bridge of the trunk',
      'qvo trunk-bridge:tbr-1 trunk-patch trunk-patch br-int',
      'tbr-1 tbr-1 tbr-1 br-int br-int',
    ],
    ['an inner host drawn as one is a guest', 'inner-host:web-1 tap br-int', 'web-1 br-int br-int'],
  ])('%s', (_, hops, boxes) => expect(labels(hops)).toBe(boxes))

  it('tells guests from bridges of the same name', () => {
    expect(isSameGroup({ kind: 'guest', label: 'x' }, { kind: 'bridge', label: 'x' })).toBe(false)
    expect(isSameGroup({ kind: 'guest', label: 'x' }, { kind: 'guest', label: 'x' })).toBe(true)
    expect([isSameGroup(null, null), isSameGroup(undefined, null)]).toEqual([true, false])
  })
})

describe('the end that each hop belongs to', () => {
  const sides = (words: string) =>
    sidesOf(hopsOf(words))
      .map((side) => side[0])
      .join('')

  it.each<[string, string, string]>([
    ['around a wire', 'vm tap nic wire@ nic@b tap@b vm@b', 'ssswddd'],
    ['on one host, where br-int turns it', 'vm tap br-int tap vm', 'sssdd'],
    ['on one host, where the bridge of the network turns it', 'vm tap brq tap vm', 'sssdd'],
    ['between two uplinks of one provider bridge', 'vm br-int qvo provider-bridge qvo br-int vm', 'ssssddd'],
    ['without a bridge, in the middle', 'vm tap tap vm', 'ssdd'],
    ['that ends on its way, all at its source', 'vm tap br-int patch', 'ssss'],
    ['to a router', 'vm tap br-int router-port', 'sssd'],
  ])('%s', (_, hops, expected) => expect(sides(hops)).toBe(expected))
})
