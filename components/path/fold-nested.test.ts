import { describe, expect, it } from 'vitest'

import { computePath, isPath } from '@/server/core/path/compute-path'
import type { Path } from '@/server/core/path/path'
import { innerHostIds, innerPorts, nestedTopology } from '@/server/core/testing/sample-nested'

import { foldedHostOf, foldNested } from './fold-nested'
import { groupHops } from './group-hops'
import { layoutPath } from './layout-path'
import type { PlacedBox } from './placed'
import { translationStrip } from './translation'

const path = (() => {
  const found = computePath({ topology: nestedTopology(), observations: new Map() }, innerPorts[0], innerPorts[1])
  if (!isPath(found)) throw new Error(found.code)
  return found as Path & { nested: NonNullable<Path['nested']> }
})()
const draw = (folded: readonly string[]) =>
  layoutPath(foldNested(path.forth.hops, path.nested, folded), { ends: { source: 'inner-1', destination: 'inner-2' }, nested: path.nested })
const hosts = (folded: readonly string[]) => draw(folded).boxes.filter(({ kind }) => kind === 'host')
const contains = (outer: PlacedBox, inner: PlacedBox) =>
  outer.x < inner.x && outer.y < inner.y && outer.x + outer.width > inner.x + inner.width && outer.y + outer.height > inner.y + inner.height

describe('a path of an inner cloud', () => {
  it('is drawn in the box of its VM, inside the box of the machine', () => {
    const [cmp1, cmp2, in1, in2] = hosts([]) as [PlacedBox, PlacedBox, PlacedBox, PlacedBox]
    expect([cmp1, cmp2, in1, in2].map(({ label }) => label)).toEqual(['cmp1', 'cmp2', 'vlan-1 = in1', 'vlan-2 = in2'])
    expect(contains(cmp1, in1) && contains(cmp2, in2)).toBe(true)
    expect(cmp1.labelX).toBeGreaterThanOrEqual(in1.x + in1.width)
    expect([cmp1.foldsHostId, in1.foldsHostId]).toEqual([null, innerHostIds[0]])
  })

  it('gives every hop room of its own, also at the edges of boxes', () => {
    const { hops, width } = draw([])
    for (const [index, placed] of hops.entries()) expect(placed.left + placed.width).toBeLessThanOrEqual(hops[index + 1]?.left ?? width)
    for (const box of hosts([])) expect(box.x >= 0 && box.x + box.width <= width).toBe(true)
  })

  it('names the bridges that devices of the uplink are in', () => {
    const labels = groupHops(path.forth.hops).map((group, index) => `${path.forth.hops[index]!.place.device} ${group?.label}`)
    expect(labels).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^tapce000011-00 br-data$/),
        'qvb-data br-data',
        'qvo-data br-ens38',
        'ens38 br-ens38',
        'eth1 br-eth1',
      ]),
    )
  })

  it('has one tag on the strip from the inner bridge to the other', () => {
    const tagged = translationStrip(draw([])).runs.filter(({ encapsulation }) => encapsulation.kind === 'dot1q')
    expect(tagged.map(({ encapsulation }) => encapsulation)).toEqual([{ kind: 'dot1q', vlanId: 1200 }])
  })
})

describe('zooming out of a VM', () => {
  const folded = foldNested(path.forth.hops, path.nested, [innerHostIds[0]])

  it('makes one hop of it, on the machine it runs on', () => {
    const [first, second] = folded
    expect(first).toMatchObject({
      role: 'inner-host',
      place: { device: 'vlan-1' },
      hostName: 'cmp1',
      detail: { code: 'hops-inside', params: { host: 'in1', count: 9 } },
      linkToNext: 'plug',
      encapsulation: { kind: 'dot1q', vlanId: 1200 },
    })
    expect(second!.role).toBe('tap')
    expect(foldedHostOf(first!.id)).toBe(innerHostIds[0])
    expect(foldedHostOf(second!.id)).toBeNull()
    expect(folded).toHaveLength(path.forth.hops.length - 8)
  })
  it('leaves no box of its own', () => expect(hosts([innerHostIds[0]]).map(({ label }) => label)).toEqual(['cmp1', 'cmp2', 'vlan-2 = in2']))
  it('of both leaves the outer path', () => {
    const both = foldNested(path.forth.hops, path.nested, innerHostIds)
    expect(both.map(({ role }) => role).join(' ')).toBe(
      'inner-host tap data-bridge qvb qvo provider-bridge nic wire nic provider-bridge qvo qvb data-bridge tap inner-host',
    )
  })
  it('shows a fault inside', () => {
    const finding = { code: 'device-down', params: { device: 'qvb', host: 'in1', netns: '' } } as const
    const broken = path.forth.hops.map((hop, index) => (index === 3 ? { ...hop, host: 'differs' as const, finding } : hop))
    expect(foldNested(broken, path.nested, [innerHostIds[0]])[0]).toMatchObject({ host: 'differs', finding })
  })
  it('changes nothing for other paths', () => expect(foldNested(path.forth.hops, [], [])).toEqual(path.forth.hops))
})
