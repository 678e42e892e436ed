import { describe, expect, it } from 'vitest'

import { dhcpPath, kernelPath, sameHostPath, vlanPath, vxlanPath } from '@/server/core/explain/specimens/paths'
import { linuxBridgeSameHostPath, linuxBridgeTrunkPath, linuxBridgeVlanPath } from '@/server/core/explain/specimens/linuxbridge-path'
import type { Path } from '@/server/core/path/path'

import { groupHops } from './group-hops'
import { sidesOf } from './hop-sides'
import { layoutPath } from './layout-path'
import type { PlacedBox } from './placed'

const paths: readonly (readonly [string, Path])[] = [
  ['vxlan', vxlanPath],
  ['vlan', vlanPath],
  ['same host', sameHostPath],
  ['dhcp', dhcpPath],
  ['kernel', kernelPath],
  ['Linux bridge trunk', linuxBridgeTrunkPath],
  ['Linux bridge vlan', linuxBridgeVlanPath],
  ['Linux bridge on one host', linuxBridgeSameHostPath],
]

const boxLabels = (path: Path, kind: PlacedBox['kind']) =>
  layoutPath(path.forth.hops)
    .boxes.filter((box) => box.kind === kind)
    .map((box) => box.label)

const contains = (outer: PlacedBox, inner: PlacedBox) =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  outer.x + outer.width >= inner.x + inner.width &&
  outer.y + outer.height >= inner.y + inner.height

describe('layoutPath', () => {
  it('draws nothing for no hops', () => {
    expect(layoutPath([])).toMatchObject({ width: 0, hops: [], boxes: [], segments: [] })
  })

  it.each(paths)('gives every hop of a %s path its own column, from left to right', (_, path) => {
    const { hops, width } = layoutPath(path.forth.hops)
    expect(hops.map((placed) => placed.hop.id)).toEqual(path.forth.hops.map((hop) => hop.id))
    for (const [index, placed] of hops.entries()) {
      const next = hops[index + 1]
      expect(placed.left + placed.width).toBeLessThanOrEqual(next?.left ?? width)
    }
  })

  it.each(paths)('keeps the inner boxes of a %s path inside their host and apart from each other', (_, path) => {
    const { boxes } = layoutPath(path.forth.hops)
    const hosts = boxes.filter((box) => box.kind === 'host')
    const inner = boxes.filter((box) => box.kind === 'bridge' || box.kind === 'guest')
    for (const box of inner) expect(hosts.some((host) => contains(host, box))).toBe(true)
    for (const [index, box] of inner.entries()) {
      const next = inner[index + 1]
      if (next !== undefined) expect(box.x + box.width).toBeLessThanOrEqual(next.x)
    }
  })

  it('keeps to the columns of a drawing that has more in between', () => {
    const trunk = vxlanPath.forth.hops
      .slice(0, 7)
      .flatMap((hop) => (hop.role === 'br-int' ? [{ ...hop, id: 'tbr', role: 'trunk-bridge' as const }, hop] : [hop]))
    const through = layoutPath(trunk, { depth: 'design' })
    const plain = layoutPath(vxlanPath.forth.hops.slice(0, 7), { depth: 'design', alignedTo: through })
    for (const { hop, left } of plain.hops) expect(left).toBe(through.hops.find((placed) => placed.hop.role === hop.role)?.left)
    expect(plain.width).toBe(through.width)
  })

  it.each(paths)('joins the hops of a %s path with one segment each', (_, path) => {
    const { segments, hops } = layoutPath(path.forth.hops)
    expect(segments).toHaveLength(path.forth.hops.length - 1)
    for (const [index, segment] of segments.entries()) {
      expect([segment.fromX, segment.toX]).toEqual([hops[index]!.x, hops[index + 1]!.x])
      expect(segment.encapsulation).toEqual(path.forth.hops[index]!.encapsulation)
    }
  })

  it('puts a tap into its network’s bridge, and the parent’s tap of a subport into none', () => {
    expect(boxLabels(linuxBridgeTrunkPath, 'bridge').slice(0, 1)).toEqual(['brqdd000003-00'])
    const [tap, vlan, bridge, device, nic] = groupHops(linuxBridgeTrunkPath.forth.hops).slice(1, 6)
    expect(tap).toBeNull()
    expect([vlan?.label, bridge?.label, device?.label]).toEqual(Array<string>(3).fill('brqdd000003-00'))
    expect(nic).toBeNull()
  })

  it('paints outer boxes first', () => {
    const kinds = layoutPath(dhcpPath.forth.hops).boxes.map((box) => box.kind)
    expect(kinds.indexOf('netns')).toBeGreaterThan(kinds.lastIndexOf('host'))
    expect(kinds.indexOf('bridge')).toBeGreaterThan(kinds.indexOf('netns'))
  })

  it('gives equal shapes equal places, whatever the devices are called', () => {
    const renamed = vxlanPath.forth.hops.map((hop) => ({
      ...hop,
      detail: { code: 'in-bridge' as const, params: { bridge: 'x'.repeat(99) } },
    }))
    expect(layoutPath(renamed).hops.map((hop) => hop.x)).toEqual(layoutPath(vxlanPath.forth.hops).hops.map((hop) => hop.x))
  })

  it('says which side a hop is on', () => {
    const sides = (path: Path) => layoutPath(path.forth.hops).hops.map((placed) => placed.side)
    expect(sides(vxlanPath)).toEqual([...Array(10).fill('source'), 'wire', ...Array(10).fill('destination')])
    expect(layoutPath(sameHostPath.forth.hops.slice(0, 8)).hops.map(({ side }) => side)).toEqual(Array(8).fill('source'))
    expect(sides(sameHostPath)).toEqual([...Array(6).fill('source'), ...Array(5).fill('destination')])
  })

  it('on one host, a router’s port at the end is the far side, as a server’s is', () => {
    const [near, bridge, far] = [
      sameHostPath.forth.hops[0]!,
      sameHostPath.forth.hops.find(({ role }) => role === 'br-int')!,
      dhcpPath.forth.hops.at(-1)!,
    ]
    for (const role of ['dhcp', 'router-port'] as const)
      expect(sidesOf([near, bridge, { ...far, role }])).toEqual(['source', 'source', 'destination'])
  })
})

describe('boxes', () => {
  const x = 'qbr9f9c98cb-13'
  const y = 'qbr7668b6f4-2d'

  it.each<[string, Path, readonly string[]]>([
    ['vxlan', vxlanPath, [x, 'br-int', 'br-tun', 'br-ens37', 'br-ens37', 'br-tun', 'br-int', y]],
    ['vlan', vlanPath, [x, 'br-int', 'br-ens38', 'br-ens38', 'br-int', y]],
    ['same host', sameHostPath, [x, 'br-int', 'qbrc3b1a5d2-77']],
    ['dhcp', dhcpPath, [x, 'br-int', 'br-tun', 'br-ens37', 'br-ens37', 'br-tun', 'br-int']],
  ])('nest the bridges of a %s path', (_, path, labels) => {
    expect(boxLabels(path, 'bridge')).toEqual(labels)
  })

  it('draw one box per host, also when both ends share it', () => {
    expect(boxLabels(vxlanPath, 'host')).toEqual(['cmp1', 'cmp2'])
    expect(boxLabels(sameHostPath, 'host')).toEqual(['cmp1'])
  })

  it('draw the namespace of the DHCP server', () => {
    expect(boxLabels(dhcpPath, 'netns')).toEqual(['qdhcp-b1ee0000-3c5a-4f0e-9d5a-2f1f5a9c7d10'])
    expect(boxLabels(vxlanPath, 'netns')).toEqual([])
  })

  it('leave a patch pair that is one hop between its bridges, and put each end of a drawn-out pair into its own', () => {
    const index = vxlanPath.forth.hops.findIndex((hop) => hop.role === 'patch')
    const patch = vxlanPath.forth.hops[index]!
    expect(groupHops(vxlanPath.forth.hops)[index]).toBeNull()
    const drawnOut = [
      ...vxlanPath.forth.hops.slice(0, index),
      patch,
      { ...patch, device: 'patch-int' },
      ...vxlanPath.forth.hops.slice(index + 1),
    ]
    expect(groupHops(drawnOut).slice(index, index + 2)).toEqual([
      { kind: 'bridge', label: 'br-int' },
      { kind: 'bridge', label: 'br-tun' },
    ])
  })

  it('carry the names of the two ends', () => {
    const { boxes } = layoutPath(sameHostPath.forth.hops, { ends: { source: 'web-1', destination: 'web-3' } })
    expect(boxes.filter((box) => box.kind === 'guest').map((box) => box.label)).toEqual(['web-1', 'web-3'])
  })

  it('leave a NIC without a bridge free', () => {
    expect(groupHops(kernelPath.forth.hops)[kernelPath.forth.hops.findIndex((hop) => hop.role === 'nic')]).toBeNull()
  })

  it('put a tap without qbr into br-int', () => {
    const native = vxlanPath.forth.hops.filter((hop) => !['qbr', 'qvb', 'qvo'].includes(hop.role))
    expect(groupHops(native)[1]).toEqual({ kind: 'bridge', label: 'br-int' })
  })
})
