import { describe, expect, it } from 'vitest'
import { compileHost } from '../../compile/compile'
import { explainAuditRow, explainHopValue } from '../../explain/trunk-audit'
import type { HostState } from '../../host/host-state'
import type { Link } from '../../host/link'
import { brqName } from '../../naming'
import { ids } from '../../testing/sample-topology'
import { blueId, parentId, redId, sampleTrunk, trunkTopology } from '../../testing/sample-trunk'
import type { AuditTraffic, LearnedMac, LeftFrames, SentFrames } from '../audit'
import { auditTrunk } from '../audit-trunk'
import { withTaken } from './hops'

const topology = trunkTopology({ linuxBridge: [2] })
const built = compileHost(topology, ids.host(2))
const tapOf = (portId: string) => `tap${portId.slice(0, 11)}`
const [tap, red, blue] = [tapOf(parentId), tapOf(redId), tapOf(blueId)]
/** Of the sample: flat, VLAN 120, VXLAN 1507. */
const [brqFlat, brqVlan, brqVxlan] = [1, 2, 3].map((network) => brqName(ids.network(network))) as [string, string, string]
const macOf = (id: string) => topology.ports.find((port) => port.id === id)!.macAddress
const [parentMac, redMac, blueMac] = [macOf(parentId), macOf(redId), macOf(blueId)]
const stranger = 'fa:16:3e:ff:ff:ff'

const having = (name: string, change: Partial<Link>): HostState => ({
  ...built,
  links: built.links.map((link) => (link.name === name ? { ...link, ...change } : link)),
})
const without = (name: string): HostState => ({ ...built, links: built.links.filter((link) => link.name !== name) })
const filtering = (change: (rule: string) => string[]): HostState => ({
  ...built,
  iptables: built.iptables.map((chain) => (chain.chain === `tapline-i-${red}` ? { ...chain, rules: chain.rules.flatMap(change) } : chain)),
})

const sent = (vlan: number, macAddress: string): SentFrames => ({ vlan, macAddress, frames: 3 })
const learned = (bridge: string, port: string, macAddress: string): LearnedMac => ({ bridge, port, vlan: 0, macAddress })
const left = (device: string, macAddress: string, vlan: number, vni: number | null = null): LeftFrames => ({
  device,
  macAddress,
  vlan,
  vni,
  frames: 2,
})
const traffic = (changes: Partial<AuditTraffic> = {}): AuditTraffic => ({
  listenedS: 5,
  sent: [sent(0, parentMac), sent(301, redMac), sent(302, blueMac)],
  learned: [learned(brqVlan, tap, parentMac), learned(brqVxlan, red, redMac), learned(brqFlat, blue, blueMac)],
  left: [left('ens38', parentMac, 120), left('ens37', redMac, 0, 1507), left('ens38', blueMac, 0)],
  problem: null,
  ...changes,
})

const audit = (state: HostState, packets: AuditTraffic | null = null, portId = redId) => {
  const result = auditTrunk({
    topology,
    trunk: sampleTrunk,
    reading: { state, unparsed: [], observedAt: '2026-01-01T00:00:00.000Z' },
    guest: null,
    traffic: packets,
  })
  const row = result.rows.find((each) => each.portId === portId)!
  const broken = row.hops.flatMap(({ kind, host, traffic: seen }) => [
    ...(host === 'differs' ? [`${kind} host`] : []),
    ...(seen === 'differs' ? [`${kind} packets`] : []),
  ])
  return { ...result, row, broken }
}

describe('a host that is as designed', () => {
  it('agrees; without packets nothing is claimed of them', () => {
    const { rows, row, oddities } = audit(built)
    expect(rows.flatMap(({ hops }) => hops.filter(({ finding }) => finding !== null))).toEqual([])
    expect(row.hops.map(({ device, found }) => [device, found && explainHopValue(found)]).slice(1)).toEqual([
      [tap, 'all VLANs'],
      [red, `VLAN 301 of ${tap}`],
      [brqVxlan, `has ${red}`],
      ['vxlan', 'vxlan'],
    ])
    expect([explainAuditRow(row), oddities]).toEqual(['VLAN 301 is vxlan on the host as in the design; no packets were seen.', []])
  })

  it('is proven by packets at the tap, in the bridges and on the wire', () => {
    expect(audit(built, traffic()).rows.map((each) => [each.state, explainAuditRow(each)])).toEqual([
      ['agrees', 'Untagged is vlan: the design, the host and the packets say the same.'],
      ['agrees', 'VLAN 301 is vxlan: the design, the host and the packets say the same.'],
      ['agrees', 'VLAN 302 is flat: the design, the host and the packets say the same.'],
    ])
  })
})

it.each<[string, HostState, string[], RegExp]>([
  [
    'a wrong id',
    having(red, { vlan: { lower: tap, id: 99 } }),
    ['outer host', 'network host'],
    /^tapff000038-00 is VLAN 99 of .*, it should be VLAN 301 .* Frames with VLAN 301 reach no network/,
  ],
  [
    'a wrong bridge',
    having(red, { master: brqFlat }),
    ['inner host', 'network host'],
    /^tapff000038-00 is in brqdd000001-00, .* Frames with VLAN 301 reach flat; they belong to vxlan\.$/,
  ],
  ['no bridge', having(red, { master: null }), ['inner host', 'network host'], /is in no bridge, it belongs into/],
  [
    'no VLAN interface',
    without(red),
    ['outer host', 'network host'],
    /^tapff000038-00 is missing on the host\. Frames with VLAN 301 reach no network/,
  ],
  ['no tap', without(tap), ['vif host'], /^tapff000022-00 is missing/],
  [
    'a filter for another MAC',
    filtering((rule) => [rule.replace(redMac, stranger)]),
    ['outer host'],
    /^The filter of tapff000038-00 does not let MAC fa:16:3e:00:03:08 pass\.$/,
  ],
  ['no filter', { ...built, iptables: [] }, ['outer host'], /^Nothing keeps a wrong address from passing tapff000038-00/],
  [
    'a wrong VNI',
    having('vxlan-1507', { vxlan: { vni: 7, local: '192.168.150.12', port: 4789, lower: 'ens37' } }),
    ['network host'],
    /^vxlan-1507 is VNI 7, it should be VNI 1507\.$/,
  ],
  ['no way out', without('vxlan-1507'), ['network host'], /^vxlan-1507 is missing on the host\.$/],
  [
    'the way out of another bridge',
    having('vxlan-1507', { master: brqFlat }),
    ['network host'],
    /^vxlan-1507 is in brqdd000001-00, it belongs into brqdd000003-00\.$/,
  ],
])('names the hop on the host: %s', (_, state, hops, verdict) => {
  const { row, broken } = audit(state)
  expect(broken).toEqual(hops)
  expect(explainAuditRow(row)).toMatch(verdict)
})

it('names a wrong VLAN id of the parent’s way out', () => {
  const { row, broken } = audit(having('ens38.120', { vlan: { lower: 'ens38', id: 121 } }), null, parentId)
  expect([broken, explainAuditRow(row)]).toEqual([['network host'], 'ens38.120 is VLAN 121, it should be VLAN 120.'])
})

it.each<[string, Partial<AuditTraffic>, string[], RegExp]>([
  [
    'on a wrong VLAN',
    { sent: [sent(302, redMac)], learned: [], left: [] },
    ['guest packets'],
    /^The guest sends with this port's MAC on VLAN 302 \(3 frames\).* Frames with VLAN 302 reach flat\.$/,
  ],
  [
    'with a wrong MAC',
    { sent: [sent(301, stranger)], learned: [], left: [] },
    ['guest packets'],
    /^The guest sends on VLAN 301 with MAC fa:16:3e:ff:ff:ff \(3 frames\), the port has .*: the filter of the port drops it\.$/,
  ],
  [
    'that nothing takes off the tap',
    { sent: [sent(301, redMac)], learned: [], left: [] },
    ['outer packets'],
    /^Frames with VLAN 301 leave the guest, but none of them enters a bridge by tapff000038-00/,
  ],
  [
    'by another subport',
    { learned: [learned(brqFlat, blue, redMac)] },
    ['outer packets'],
    /^Frames with MAC fa:16:3e:00:03:08 enter brqdd000001-00 by tapff000018-00\.$/,
  ],
  [
    'into another bridge',
    { learned: [learned(brqFlat, red, redMac)] },
    ['inner packets'],
    /^Frames with MAC .* enter brqdd000001-00 by tapff000038-00\.$/,
  ],
  [
    'that leave with another VNI',
    { left: [left('ens37', redMac, 0, 7)] },
    ['network packets'],
    /^Frames with MAC fa:16:3e:00:03:08 leave ens37 with VNI 7, their network is VNI 1507 at ens37 there\.$/,
  ],
  [
    'that leave by another NIC',
    { left: [left('ens38', redMac, 120)] },
    ['network packets'],
    /leave ens38 with VLAN 120, their network is VNI 1507/,
  ],
  ['that stay on the host', { left: [] }, [], /say the same/],
])('names the hop of frames %s', (_, changes, hops, verdict) => {
  const { row, broken } = audit(built, traffic(changes))
  expect(broken).toEqual(hops)
  expect(explainAuditRow(row)).toMatch(verdict)
})

it('knows from the bridges what a full capture missed', () => {
  expect(withTaken([sent(301, redMac)], traffic().learned, built, tap)).toEqual([
    sent(301, redMac),
    { vlan: 0, macAddress: parentMac, frames: null },
    { vlan: 302, macAddress: blueMac, frames: null },
  ])
})
