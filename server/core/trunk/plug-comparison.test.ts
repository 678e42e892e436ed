import { describe, expect, it } from 'vitest'
import { explainDetail } from '../explain/hop'
import { blueId, parentId, redId, sampleTrunk, trunkTopology } from '../testing/sample-trunk'
import { comparePlugs } from './plug-comparison'

const topology = trunkTopology()
const movesOf = (portId: string) =>
  comparePlugs(topology, sampleTrunk, portId)?.moves.map(({ change, device, plain, trunk }) =>
    [change, device, plain && explainDetail(plain), trunk && explainDetail(trunk)].join(' | '),
  )
const wears = (portId: string) => {
  const found = comparePlugs(topology, sampleTrunk, portId)
  const print = (hops: NonNullable<typeof found>['plain'] = []) =>
    hops.map(({ place: { device }, encapsulation: { kind } }) => `${device} ${kind}`)
  return { plain: print(found?.plain), trunk: print(found?.trunk) }
}

describe('what a trunk changes', () => {
  it('of its parent: the VIF moves to the trunk bridge, the tag to the patch port', () =>
    expect(movesOf(parentId)).toMatchInlineSnapshot(`
    [
      "same | eth0 | vlan-1, 10.0.2.3 | vlan-1, 10.0.2.3",
      "same | tapff000022-00 | in qbrff000022-00 | in qbrff000022-00",
      "same | qbrff000022-00 | Linux bridge | Linux bridge",
      "same | qvbff000022-00 | in qbrff000022-00 | in qbrff000022-00",
      "changed | qvoff000022-00 | tag 12 (local) | in tbr-ce000001-0, all VLANs",
      "new | tbr-ce000001-0 |  | untagged ↔ tpt-ff000022-00",
      "new | tpt-ff000022-00 |  | tag 0 (guest)",
      "new | tpi-ff000022-00 |  | tag 12 (local)",
      "same | br-int | tag 12 (local) | tag 12 (local)",
      "same | int-br-ens38 | int-br-ens38 ┄ phy-br-ens38 | int-br-ens38 ┄ phy-br-ens38",
    ]
  `))
  it('of a subport: the NIC of its own gives way to a VLAN of the parent’s', () =>
    expect(movesOf(redId)).toMatchInlineSnapshot(`
    [
      "gone | eth1 | vlan-1 eth1, 10.0.3.8 | ",
      "gone | tapff000038-00 | in qbrff000038-00 | ",
      "gone | qbrff000038-00 | Linux bridge | ",
      "gone | qvbff000038-00 | in qbrff000038-00 | ",
      "gone | qvoff000038-00 | tag 13 (local) | ",
      "new | eth0.301 |  | vlan-1 eth0.301, 10.0.3.8",
      "shared | tapff000022-00 |  | in qbrff000022-00",
      "shared | qbrff000022-00 |  | Linux bridge",
      "shared | qvbff000022-00 |  | in qbrff000022-00",
      "shared | qvoff000022-00 |  | in tbr-ce000001-0, all VLANs",
      "shared | tbr-ce000001-0 |  | VLAN 301 ↔ spt-ff000038-00",
      "new | spt-ff000038-00 |  | tag 301 (guest)",
      "new | spi-ff000038-00 |  | tag 13 (local)",
      "same | br-int | tag 13 (local) | tag 13 (local)",
      "same | patch-tun | patch-tun ┄ patch-int | patch-tun ┄ patch-int",
    ]
  `))
  it('in the headers: the guest’s VLAN up to the trunk bridge, the local one behind', () =>
    expect(wears(blueId)).toMatchInlineSnapshot(`
    {
      "plain": [
        "eth1 untagged",
        "tapff000018-00 untagged",
        "qbrff000018-00 untagged",
        "qvbff000018-00 untagged",
        "qvoff000018-00 untagged",
        "br-int local-vlan",
        "int-br-ens38 local-vlan",
      ],
      "trunk": [
        "eth0.302 guest-vlan",
        "tapff000022-00 guest-vlan",
        "qbrff000022-00 guest-vlan",
        "qvbff000022-00 guest-vlan",
        "qvoff000022-00 guest-vlan",
        "tbr-ce000001-0 untagged",
        "spt-ff000018-00 untagged",
        "spi-ff000018-00 untagged",
        "br-int local-vlan",
        "int-br-ens38 local-vlan",
      ],
    }
  `))
})

it('is told of a Linux bridge host, too: the tap stays, a VLAN interface on it is new', () => {
  const design = trunkTopology({ linuxBridge: [2] })
  expect(comparePlugs(design, sampleTrunk, parentId)?.moves.every(({ change }) => change === 'same')).toBe(true)
  expect(comparePlugs(design, sampleTrunk, redId)?.moves.map(({ change, device }) => `${change} ${device}`)).toMatchInlineSnapshot(`
    [
      "gone eth1",
      "gone tapff000038-00",
      "new eth0.301",
      "shared tapff000022-00",
      "new tapff000038-00",
      "same brqdd000003-00",
    ]
  `)
})

it.each([
  ['the port is of another trunk', topology, 'ff000000-0000-4000-8000-000000000000'],
  ['no VM uses the parent', { ...topology, vms: [] }, parentId],
])('there is nothing to compare when %s', (_, design, portId) => expect(comparePlugs(design, sampleTrunk, portId)).toBeNull())
