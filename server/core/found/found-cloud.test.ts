// What a real Neutron 21 tells of itself is enough to draw its paths; and a fault in it is named where it is, also where it takes away
// the very thing that would have told.

import { describe, expect, it } from 'vitest'
import { explainNoPath } from '../explain/hop'
import { type CloudStage, type Edit, loadNeutronCloud, replacing, withoutLine } from '../parse/fixtures/load-neutron-cloud'
import { isPath } from '../path/is-path'
import { listEndpoints } from '../path/list-endpoints'
import { computeObservedPath } from '../path/testing/observed-path'
import { topologyFromObservations } from './found-topology'
import { explainedPath, type ExplainedPath } from '../testing/explained'

type Edits = Partial<Record<'h1' | 'h2', Edit>>
const ports = {
  vxlan1: 'f4513237-f571-4e9e-a454-cd5927cdb9df',
  vxlan2: '7668b6f4-2da6-497e-945d-25b6e6f97ba4',
  vlan1: '22913e1f-ee76-411f-b32c-6e31695622fb',
  vlan2: '93095cfd',
  parent: '4dc9e368',
  sub101: '8eead014',
  peer101: '862840a0',
}
type Name = keyof typeof ports

function draw(stage: CloudStage, from: Name, to: Name, edits: Edits = {}): ExplainedPath {
  const observations = loadNeutronCloud(stage, edits)
  const known = topologyFromObservations([...observations.values()]).ports
  const whole = (name: Name) => known.find(({ id }) => id.startsWith(ports[name]))?.id ?? ''
  const path = computeObservedPath(observations, whole(from), whole(to))
  if (!isPath(path)) throw new Error(path.code)
  return explainedPath(path)
}

const findings = ({ forth: { hops } }: ExplainedPath) =>
  hops.flatMap(({ place: { device }, finding }) => (finding === null ? [] : [`${device}: ${finding}`]))

describe('a cloud in order', () => {
  it.each<[CloudStage, string[]]>([
    [
      '20-provider',
      [
        '0ad60b0c 261154bf 192.168.201.11',
        '0ad60b0c 3054784b 192.168.201.12',
        '56f2f339 77a7cfd9 10.0.1.11',
        '56f2f339 9ae40890 10.0.1.12',
        'f16fc7e9 fc64e0d3 203.0.113.51',
      ],
    ],
    [
      '30-trunk',
      [
        '0ad60b0c 261154bf 192.168.201.11',
        '0ad60b0c 3054784b 192.168.201.12',
        '2a745662 372f1bac eth0.102 192.168.202.21',
        '2a745662 d251ac33 192.168.202.12',
        '56f2f339 372f1bac 10.0.1.21',
        '56f2f339 77a7cfd9 10.0.1.11',
        '56f2f339 9ae40890 10.0.1.12',
        'afff0ac5 372f1bac eth0.101 10.0.2.21',
        'afff0ac5 58283a75 10.0.2.12',
        'f16fc7e9 fc64e0d3 203.0.113.51',
      ],
    ],
  ])('%s: its ports, trunk parents and subports among them', (stage, expected) => {
    const topology = topologyFromObservations([...loadNeutronCloud(stage).values()])
    expect(listEndpoints(topology).map(({ networkName, label, ipAddress }) => `${networkName} ${label} ${ipAddress}`)).toEqual(expected)
    expect(new Set(topology.ports.map(({ isPortSecurityEnabled }) => isPortSecurityEnabled))).toEqual(new Set([true]))
  })

  it('its trunk, with the VLAN ids of the guest', () => {
    const { trunks } = topologyFromObservations([...loadNeutronCloud('30-trunk').values()])
    expect(
      trunks.map(({ portId, subPorts }) => [portId.slice(0, 8), subPorts.map((each) => [each.portId.slice(0, 8), each.segmentationId])]),
    ).toEqual([
      [
        '4dc9e368',
        [
          ['8eead014', 101],
          ['dd10c362', 102],
        ],
      ],
    ])
  })

  it.each<[CloudStage, Name, Name]>([
    ['20-provider', 'vxlan1', 'vxlan2'],
    ['20-provider', 'vlan1', 'vlan2'],
    ['20-provider', 'vlan2', 'vlan1'],
    ['30-trunk', 'parent', 'vxlan2'],
    ['30-trunk', 'sub101', 'peer101'],
    ['30-trunk', 'peer101', 'sub101'],
  ])('%s: nothing is found against %s → %s', (stage, from, to) => expect(findings(draw(stage, from, to))).toEqual([]))

  it('a trunk whose parent is plugged without a bridge of its own', () => {
    const plugged: Edit = (text) => text.replaceAll('"qvo4dc9e368-cd",', '"tap4dc9e368-cd",')
    const path = draw('30-trunk', 'sub101', 'peer101', { h1: plugged })
    expect(path.forth.hops.slice(0, 4).map(({ place: { device } }) => device)).toEqual([
      'eth0.101',
      'tap4dc9e368-cd',
      'tbr-1a2e5122-b',
      'spt-8eead014-4b',
    ])
    expect(findings(path)).toEqual([])
  })

  it('two networks that no router joins: no path, and why', () => {
    const observations = loadNeutronCloud('40-router')
    const known = topologyFromObservations([...observations.values()]).ports
    const [source, destination] = [ports.vxlan1, ports.vlan2].map((start) => known.find(({ id }) => id.startsWith(start))!.id)
    const found = computeObservedPath(observations, source!, destination!)
    expect(!isPath(found) && [found.code, explainNoPath(found)]).toEqual([
      'different_networks',
      '77a7cfd9 is on 56f2f339, 3054784b on 0ad60b0c: no router is known that joins the two networks.',
    ])
  })
})

describe('a fault is named where it is, and nothing beside it', () => {
  const deadVlan = replacing('"qvo93095cfd-d1",2,', '"qvo93095cfd-d1",4095,')
  const noTranslation = withoutLine('table=2,', 'dl_vlan=3', 'set_field:4297->vlan_vid')
  const noArp = withoutLine('table=24,', 'arp_spa=10.0.1.11 ')
  const unmade = replacing('"ee:35:a2:b2:83:33",2,["set",[]]', '"ee:35:a2:b2:83:33",-1,"could not add patch port"')
  it.each<[string, Name, Name, Edits, string[]]>([
    [
      'the dead VLAN',
      'vlan1',
      'vlan2',
      { h2: deadVlan },
      ['qvo93095cfd-d1: qvo93095cfd-d1 has the dead VLAN tag 4095: the port was taken out of service'],
    ],
    [
      'no translation on the provider bridge',
      'vlan1',
      'vlan2',
      { h1: noTranslation },
      ['br-vlan: ARP requests of 261154bf end here: br-vlan T2 drops, no flow turns local VLAN 3 into VLAN 201 on nref-h1'],
    ],
    [
      'no ARP of the VM passes',
      'vxlan1',
      'vxlan2',
      { h1: noArp },
      ['br-int: ARP requests of 77a7cfd9 end here: br-int T24 drops, no flow lets ARP from 10.0.1.11 pass'],
    ],
    [
      'a patch port that Open vSwitch could not make',
      'vlan1',
      'vlan2',
      { h1: unmade },
      ['int-br-vlan: Open vSwitch cannot use int-br-vlan (ofport -1): its device is missing'],
    ],
  ])('%s', (_, from, to, edits, expected) => expect(findings(draw('20-provider', from, to, edits))).toEqual(expected))
})
