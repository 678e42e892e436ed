import { describe, expect, it } from 'vitest'

import { sameHostPath, vlanPath, vxlanPath } from '@/server/core/explain/specimens/paths'
import type { Encapsulation, Path } from '@/server/core/path/path'

import { layoutPath } from './layout-path'
import { fittingLabel, translationStrip } from './translation'

const stripOf = (path: Path) => translationStrip(layoutPath(path.forth.hops))

describe('translationStrip', () => {
  it.each<[string, Path, readonly string[]]>([
    ['vxlan', vxlanPath, ['untagged', 'tag 3 (local)', 'VNI 100', 'tag 7 (local)', 'untagged']],
    ['vlan', vlanPath, ['untagged', 'tag 4 (local)', 'VLAN 103', 'untagged']],
    ['same host', sameHostPath, ['untagged']],
  ])('runs through the headers of a %s path', (_, path, labels) => {
    expect(stripOf(path).runs.map((run) => run.label)).toEqual(labels)
  })

  it('leaves no gap and ends where the path ends', () => {
    const layout = layoutPath(vxlanPath.forth.hops)
    const { runs } = translationStrip(layout)
    expect(runs[0]!.fromX).toBe(layout.hops[0]!.x)
    expect(runs[runs.length - 1]!.toX).toBe(layout.hops[layout.hops.length - 1]!.x)
    for (const [index, run] of runs.slice(1).entries()) expect(run.fromX).toBe(runs[index]!.toX)
  })

  it('changes colour exactly at the hop that changes the header, and names its flow', () => {
    const layout = layoutPath(vlanPath.forth.hops)
    const { changes } = translationStrip(layout)
    expect(changes.map((change) => [change.device, change.flowKey])).toEqual([
      ['br-int', 'br-int/60/3/'],
      ['br-ens38', 'br-ens38/0/4/dl_vlan=4,in_port=phy-br-ens38'],
      ['br-int', 'br-int/0/3/dl_vlan=103,in_port=int-br-ens38'],
    ])
    for (const change of changes) expect(change.x).toBe(layout.hops.find((placed) => placed.hop.id === change.hopId)!.x)
    expect(changes[1]!.sentence).toBe('local VLAN 4 is taken off, 802.1Q tag 103 is set')
  })
})

describe('fittingLabel', () => {
  const vxlan: Encapsulation = { kind: 'vxlan', vni: 100, source: 'a', destination: 'b' }
  it.each<[Encapsulation, number, string]>([
    [{ kind: 'untagged' }, 200, 'untagged'],
    [{ kind: 'untagged' }, 20, '–'],
    [{ kind: 'local-vlan', vlan: 3 }, 200, 'tag 3 (local)'],
    [{ kind: 'local-vlan', vlan: 3 }, 60, 'tag 3'],
    [{ kind: 'local-vlan', vlan: 3 }, 20, '3'],
    [vxlan, 70, 'VNI 100'],
    [vxlan, 30, '100'],
  ])('fits %o into %d px as %s', (encapsulation, width, label) => {
    expect(fittingLabel(encapsulation, width)).toBe(label)
  })
})
