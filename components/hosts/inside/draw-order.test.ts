import { describe, expect, it } from 'vitest'

import { orderedBridges, orderedLinks, orderedPorts } from './draw-order'
import { insideSpecimen } from './specimen'

const [root, dhcp] = insideSpecimen.namespaces
const [integration] = insideSpecimen.ovsBridges
const names = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name)

describe('things are drawn', () => {
  it('bridges as a packet meets them, provider bridges last, numbers as numbers', () => {
    const bridges = ['br-ens38', 'br-tun', 'br-ens4', 'br-int', 'br-ens10'].map((name) => ({ ...integration!, name }))
    expect(names(orderedBridges({ ...insideSpecimen, ovsBridges: bridges }))).toEqual([
      'br-int',
      'br-tun',
      'br-ens4',
      'br-ens10',
      'br-ens38',
    ])
  })

  it('plugs before tunnels, patches and the own port of the bridge', () => {
    const tunnel = insideSpecimen.ovsBridges[1]!.ports.find(({ type }) => type === 'vxlan')!
    expect(names(orderedPorts({ ...integration!, ports: [...integration!.ports, tunnel].toReversed() }))).toEqual([
      'qvo9f9c98cb-13',
      'tapf4513237-f5',
      'vxlan-c0a8960b',
      'int-br-ens38',
      'patch-tun',
      'br-int',
    ])
  })

  it('NICs first and the loopback last; in the root namespace ports of Open vSwitch stand in their bridge alone', () => {
    const [nic] = root!.links.filter(({ type }) => type === 'physical')
    const links = [
      { ...nic!, name: 'lo', type: 'other' as const },
      ...root!.links,
      { ...nic!, name: 'eth9', ovsPort: root!.links[0]!.ovsPort },
    ]
    expect(names(orderedLinks({ ...root!, links }))).toEqual(['ens3', 'ens37', 'ens38', 'eth9', 'lo'])
    expect(names(orderedLinks(dhcp!))).toEqual(['tapf4513237-f5'])
  })
})
