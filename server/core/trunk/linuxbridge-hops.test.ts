import { expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import type { HostState } from '../host/host-state'
import type { Link } from '../host/link'
import { ids } from '../testing/sample-topology'
import { parentId, redId, sampleTrunk, trunkTopology } from '../testing/sample-trunk'
import type { AuditTraffic } from './audit'
import { auditTrunk } from './audit-trunk'

const topology = trunkTopology({ linuxBridge: [2] })
const built = compileHost(topology, ids.host(2))
const [tap, vlanTap] = [`tap${parentId.slice(0, 11)}`, `tap${redId.slice(0, 11)}`]
const having = (name: string, change: Partial<Link>): HostState => ({ ...built, links: built.links.map((link) => (link.name === name ? { ...link, ...change } : link)) })
const without = (name: string): HostState => ({ ...built, links: built.links.filter((link) => link.name !== name) })

const audit = (state: HostState, traffic: AuditTraffic | null = null) => {
  const { rows, oddities } = auditTrunk({ topology, trunk: sampleTrunk, reading: { state, observedAt: '2026-01-01T00:00:00.000Z' }, guest: null, traffic })
  const red = rows.find((row) => row.portId === redId)!
  return { rows, oddities, red, broken: red.hops.flatMap(({ kind, host, traffic: packets }) => (host === 'differs' || packets === 'differs' ? [kind] : [])) }
}

it('agrees with a host that is as designed', () => {
  const { rows, red, oddities } = audit(built)
  expect(rows.flatMap(({ hops }) => hops.filter(({ finding }) => finding !== null))).toEqual([])
  expect(red.hops.map(({ device, found }) => [device, found]).slice(1)).toEqual([[tap, 'all VLANs'], [vlanTap, `VLAN 301 of ${tap}`], [vlanTap, `brq${ids.network(3).slice(0, 11)}`], ['vxlan', 'vxlan']])
  expect([red.verdict, oddities]).toEqual(['VLAN 301 is vxlan on the host as in the design; no packets were seen.', []])
})

it.each<[string, HostState, string[], RegExp]>([
  ['a wrong id', having(vlanTap, { vlan: { lower: tap, id: 99 } }), ['outer', 'network'], /^tapff000038-00 is VLAN 99 of .*, it should be VLAN 301 .* Frames with VLAN 301 reach no network/],
  ['a wrong bridge', having(vlanTap, { master: `brq${ids.network(1).slice(0, 11)}` }), ['inner', 'network'], /^tapff000038-00 is in brqdd000001-00, .* Frames with VLAN 301 reach flat; they belong to vxlan\.$/],
  ['no bridge', having(vlanTap, { master: null }), ['inner', 'network'], /is in no bridge, it belongs into/],
  ['no VLAN interface', without(vlanTap), ['outer', 'network'], /^tapff000038-00 is missing on the host\. Frames with VLAN 301 reach no network/],
  ['no tap', without(tap), ['vif'], /^tapff000022-00 is missing/],
])('names the hop: %s', (_, state, hops, verdict) => {
  const { red, broken } = audit(state)
  expect(broken).toEqual(hops)
  expect(red.verdict).toMatch(verdict)
})

it('says where frames on a wrong VLAN go', () => {
  const redMac = topology.ports.find(({ id }) => id === redId)!.macAddress
  const { red } = audit(built, { listenedS: 5, sent: [{ vlan: 302, macAddress: redMac, frames: 2 }], learned: [], problem: null })
  expect(red.verdict).toMatch(/^The guest sends with this port's MAC on VLAN 302 \(2 frames\).* Frames with VLAN 302 reach flat\.$/)
})
