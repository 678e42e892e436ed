import { describe, expect, it } from 'vitest'
import { said as quote } from '../quoted'
import { compileHost } from '../compile/compile'
import { explainFinding } from '../explain/finding'
import { explainAudit, explainAuditRow, explainHopValue } from '../explain/trunk-audit'
import type { HostState } from '../host/host-state'
import type { OvsPort } from '../host/ovs'
import { ids } from '../testing/sample-topology'
import { blueId, parentId, redId, sampleTrunk, trunkTopology } from '../testing/sample-trunk'
import { auditTrunk, type AuditSight } from './audit-trunk'
import type { AuditTraffic, GuestInterface, LearnedMac, SentFrames } from './audit'

const topology = trunkTopology()
const built = compileHost(topology, ids.host(2))
const bridge = 'tbr-ce000001-0'
const [tpi, spt, spi] = [`tpi-${parentId.slice(0, 11)}`, `spt-${redId.slice(0, 11)}`, `spi-${redId.slice(0, 11)}`]
const macOf = (id: string) => topology.ports.find((port) => port.id === id)!.macAddress
const localVlan = (network: number) =>
  topology.localVlans.find((vlan) => vlan.hostId === ids.host(2) && vlan.networkId === ids.network(network))!.vlan
const [parentMac, redMac, blueMac] = [macOf(parentId), macOf(redId), macOf(blueId)]

const having = (name: string, change: (port: OvsPort) => Partial<OvsPort>): HostState => ({
  ...built,
  ovsPorts: built.ovsPorts.map((port) => (port.name === name ? { ...port, ...change(port) } : port)),
})
const without = (name: string): HostState => ({ ...built, ovsPorts: built.ovsPorts.filter((port) => port.name !== name) })
const withPort = (name: string, on: string, changes: Partial<OvsPort> = {}): HostState => ({
  ...built,
  ovsPorts: [
    ...built.ovsPorts,
    {
      bridge: on,
      name,
      owner: null,
      tag: null,
      vlanMode: null,
      trunks: [],
      otherConfig: {},
      externalIds: {},
      interface: { type: '', options: {}, externalIds: {} },
      ...changes,
    },
  ],
})

const sent = (vlan: number, macAddress: string): SentFrames => ({ vlan, macAddress, frames: 3 })
const learned = (on: string, port: string, vlan: number, macAddress: string): LearnedMac => ({ bridge: on, port, vlan, macAddress })
const qvo = `qvo${parentId.slice(0, 11)}`
/** Everything that the three ports leave behind when they send as they should. */
const allSent = [sent(0, parentMac), sent(301, redMac), sent(302, blueMac)]
const allLearned = [
  learned(bridge, qvo, 0, parentMac),
  learned(bridge, qvo, 301, redMac),
  learned(bridge, qvo, 302, blueMac),
  learned('br-int', tpi, localVlan(2), parentMac),
  learned('br-int', spi, localVlan(3), redMac),
  learned('br-int', `spi-${blueId.slice(0, 11)}`, localVlan(1), blueMac),
]
const traffic = (frames: readonly SentFrames[] = allSent, macs: readonly LearnedMac[] = allLearned): AuditTraffic => ({
  listenedS: 5,
  sent: frames,
  learned: macs,
  left: [],
  problem: null,
})
const guest: readonly GuestInterface[] = [
  { name: 'eth0', macAddress: parentMac, vlan: 0, parent: null },
  { name: 'eth0.301', macAddress: redMac, vlan: 301, parent: 'eth0' },
  { name: 'eth0.302', macAddress: blueMac, vlan: 302, parent: 'eth0' },
]
const guestHaving = (name: string, change: Partial<GuestInterface>) => ({
  interfaces: guest.map((each) => (each.name === name ? { ...each, ...change } : each)),
})

const audit = (changes: Partial<AuditSight> & { readonly state?: HostState } = {}) => {
  const { state = built, ...others } = changes
  return auditTrunk({
    topology,
    trunk: sampleTrunk,
    reading: { state, unparsed: [], observedAt: '2026-01-01T00:00:00.000Z' },
    guest: { interfaces: guest },
    traffic: traffic(),
    ...others,
  })
}
const rowOf = (result: ReturnType<typeof audit>, portId: string) => result.rows.find((row) => row.portId === portId)!
/** The hops that are wrong, by what is wrong with them. */
const broken = (result: ReturnType<typeof audit>, portId = redId) =>
  rowOf(result, portId).hops.flatMap(({ kind, host, traffic: packets }) => [
    ...(host === 'differs' ? [`${kind} host`] : []),
    ...(packets === 'differs' ? [`${kind} packets`] : []),
  ])

describe('an audit', () => {
  it('agrees where design, host and packets say the same', () => {
    const result = audit()
    expect(result.rows.map(({ label, state }) => [label, state])).toEqual([
      ['vlan-1 eth0', 'agrees'],
      ['vlan-1 eth0.301', 'agrees'],
      ['vlan-1 eth0.302', 'agrees'],
    ])
    expect(result).toMatchObject({ state: 'agrees', oddities: [] })
    expect(explainAudit(result)).toBe('All 3 ports agree: the design, the host and the packets say the same.')
    expect(
      rowOf(result, redId).hops.map(({ device, expected, found }) => [device, explainHopValue(expected), found && explainHopValue(found)]),
    ).toEqual([
      ['eth0.301', `VLAN 301, ${redMac}`, `VLAN 301, ${redMac}`],
      [qvo, 'all VLANs', 'all VLANs'],
      [spt, 'tag 301', 'tag 301'],
      [spi, `tag ${localVlan(3)} (local)`, `tag ${localVlan(3)}`],
      ['vxlan', 'vxlan', 'vxlan'],
    ])
  })

  it('[PLAN-25] says nothing of a host that did not tell everything', () => {
    const unparsed = [{ section: 'ovsdb', text: '', reason: quote('exit code 1') }]
    const { rows } = audit({
      reading: { state: { ...built, ovsPorts: [] }, unparsed, observedAt: '2026-01-01T00:00:00.000Z' },
      guest: null,
      traffic: null,
    })
    expect(new Set(rows.flatMap(({ hops }) => hops.map(({ host }) => host)))).toEqual(new Set(['unchecked']))
  })

  it('lists the ports of a trunk whose parent is on no host, and takes no hop for granted', () => {
    const nowhere = { ...topology, ports: topology.ports.map((port) => (port.id === parentId ? { ...port, hostId: null } : port)) }
    const result = audit({ topology: nowhere, reading: null, guest: null, traffic: null })
    expect(result.rows.map(({ label, networkName, hops, state }) => [label, networkName, hops, state])).toEqual(
      audit().rows.map(({ label, networkName }) => [label, networkName, [], 'unchecked']),
    )
    expect([result.state, result.hostName]).toEqual(['unchecked', null])
  })

  it('claims nothing that was not looked at', () => {
    const result = audit({ reading: null, guest: null, traffic: null })
    expect(result.rows.flatMap(({ hops }) => hops.map(({ host, traffic: packets }) => [host, packets]))).toEqual(
      Array(15).fill(['unchecked', 'unchecked']),
    )
    expect(result.state).toBe('unchecked')
    const silent = audit({ traffic: traffic([], []) })
    expect([silent.state, explainAuditRow(rowOf(silent, redId))]).toEqual([
      'unchecked',
      'VLAN 301 is vxlan on the host as in the design; no packets were seen.',
    ])
  })
})

describe('wrong on the host', () => {
  it.each<[string, HostState, string[], RegExp]>([
    [
      'the tag of spt',
      having(spt, () => ({ tag: 99 })),
      ['outer host', 'network host'],
      /^spt-ff000038-00 .* has tag 99, the guest uses VLAN 301\. Frames with VLAN 301 reach no network: no patch port of tbr-ce000001-0 has tag 301; they belong to vxlan\.$/,
    ],
    [
      'the tag of spt is another subport’s',
      { ...having(spt, () => ({ tag: 302 })) },
      ['outer host', 'network host'],
      /has tag 302, the guest uses VLAN 301/,
    ],
    [
      'the tag of spi is another network’s',
      having(spi, () => ({ tag: localVlan(1) })),
      ['inner host', 'network host'],
      /^spi-ff000038-00 .* its network has local VLAN \d+ there\. Frames with VLAN 301 reach flat; they belong to vxlan\.$/,
    ],
    [
      'the tag of spi is nobody’s',
      having(spi, () => ({ tag: 77 })),
      ['inner host', 'network host'],
      /tag 77 of spi-ff000038-00 is no network's local VLAN/,
    ],
    ['spi is dead', having(spi, () => ({ tag: 4095 })), ['inner host', 'network host'], /spi-ff000038-00 has the dead VLAN 4095/],
    ['spt is gone', without(spt), ['outer host', 'network host'], /^spt-ff000038-00 of .* is missing on tbr-ce000001-0/],
    [
      'spi is gone',
      without(spi),
      ['inner host', 'network host'],
      /^spi-ff000038-00 of .* is missing on br-int.* spt-ff000038-00 is joined to nothing on br-int/,
    ],
    [
      'the MAC of spi',
      having(spi, ({ interface: own }) => ({
        interface: { ...own, externalIds: { ...own.externalIds, 'attached-mac': 'fa:16:3e:ff:ff:ff' } },
      })),
      ['inner host'],
      /carries MAC fa:16:3e:ff:ff:ff/,
    ],
    [
      'the MAC that br-int lets pass',
      {
        ...built,
        flows: built.flows.map((flow) => ({
          ...flow,
          match: flow.match.includes(spi) ? flow.match.replace(redMac, 'fa:16:3e:ff:ff:ff') : flow.match,
        })),
      },
      ['inner host'],
      /^Table 25 of br-int lets MAC fa:16:3e:ff:ff:ff pass on spi-ff000038-00/,
    ],
    ['a tag on qvo', having(qvo, () => ({ tag: 5 })), ['vif host'], /^qvoff000022-00 lets only tag 5 pass/],
  ])('%s: named with its hop', (_, state, hops, verdict) => {
    const result = audit({ state, traffic: null })
    expect(broken(result)).toEqual(hops)
    expect(explainAuditRow(rowOf(result, redId))).toMatch(verdict)
  })
})

describe('wrong in the guest', () => {
  it.each<[string, Partial<AuditSight>, string, string[], RegExp]>([
    [
      'an interface on VLAN 99',
      { guest: guestHaving('eth0.301', { name: 'eth0.99', vlan: 99 }), traffic: null },
      redId,
      ['guest host'],
      /^eth0\.99 in the guest has this port's MAC on VLAN 99, the trunk has the port on VLAN 301\. Frames with VLAN 99 reach no network/,
    ],
    [
      'an interface with the parent’s MAC',
      { guest: guestHaving('eth0.301', { macAddress: parentMac }), traffic: null },
      redId,
      ['guest host'],
      /^eth0\.301 in the guest \(VLAN 301\) has MAC .* br-int drops it in table 25\.$/,
    ],
    [
      'frames on VLAN 99',
      { guest: null, traffic: traffic([sent(99, redMac)], []) },
      redId,
      ['guest packets'],
      /^The guest sends with this port's MAC on VLAN 99 \(3 frames\)/,
    ],
    [
      'frames on another subport’s VLAN',
      { guest: null, traffic: traffic([sent(302, redMac)], []) },
      redId,
      ['guest packets'],
      /on VLAN 302 .* Frames with VLAN 302 reach flat/,
    ],
    [
      'frames with a wrong MAC',
      { guest: null, traffic: traffic([sent(301, 'fa:16:3e:ff:ff:ff')], []) },
      redId,
      ['guest packets'],
      /^The guest sends on VLAN 301 with MAC fa:16:3e:ff:ff:ff \(3 frames\)/,
    ],
    [
      'the parent’s NIC with a wrong MAC',
      { guest: guestHaving('eth0', { macAddress: 'fa:16:3e:ff:ff:ff' }), traffic: null },
      parentId,
      ['guest host'],
      /^eth0 in the guest \(untagged\) has MAC fa:16:3e:ff:ff:ff/,
    ],
  ])('%s', (_, changes, portId, hops, verdict) => {
    const result = audit(changes)
    expect(broken(result, portId)).toEqual(hops)
    expect(explainAuditRow(rowOf(result, portId))).toMatch(verdict)
    expect(result.rows.filter((row) => row.state === 'differs').map((row) => row.portId)).toContain(portId)
  })

  it('lets a port without port security send with any MAC', () => {
    const open = {
      ...topology,
      ports: topology.ports.map((port) => (port.id === redId ? { ...port, isPortSecurityEnabled: false } : port)),
    }
    expect(broken(audit({ topology: open, guest: null, traffic: traffic([sent(301, 'fa:16:3e:ff:ff:ff')], []) }))).toEqual([])
  })

  it('blames the VLAN interface, not the parent, for the parent’s MAC on a VLAN', () => {
    expect(broken(audit({ traffic: traffic([sent(0, parentMac), sent(301, parentMac)]) }), parentId)).toEqual([])
  })
})

describe('where packets end', () => {
  const upTo = (count: number) => [learned(bridge, qvo, 301, redMac), learned('br-int', spi, localVlan(3), redMac)].slice(0, count)
  it.each<[string, readonly LearnedMac[], string[], RegExp]>([
    ['before the trunk bridge', upTo(0), ['vif packets'], /lost between tap and qvo/],
    ['in the patch', upTo(1), ['inner packets'], /none of them passes spt-ff000038-00 and spi-ff000038-00/],
    ['nowhere', upTo(2), [], /^VLAN 301 is vxlan: the design, the host and the packets say the same\.$/],
    [
      'in a foreign network',
      [...upTo(1), learned('br-int', spi, localVlan(1), redMac)],
      ['inner packets', 'network packets'],
      /local VLAN/,
    ],
    [
      'by another port',
      [...upTo(1), learned('br-int', `spi-${blueId.slice(0, 11)}`, localVlan(1), redMac)],
      ['outer packets', 'inner packets'],
      /enter br-int by spi-ff000018-00/,
    ],
  ])('%s', (_, macs, hops, verdict) => {
    const result = audit({ guest: null, traffic: traffic([sent(301, redMac)], macs) })
    expect(broken(result)).toEqual(hops)
    expect(explainAuditRow(rowOf(result, redId))).toMatch(verdict)
  })
})

describe('odd things', () => {
  it.each<[string, Parameters<typeof audit>[0], RegExp]>([
    ['a stranger on the trunk bridge', { state: withPort('eth9', bridge) }, /^eth9 is on tbr-ce000001-0, but belongs to no port/],
    [
      'a subport nobody asked for',
      {
        state: withPort('spt-12345678-12', bridge, {
          interface: { type: 'patch', options: {}, externalIds: { 'iface-id': '12345678-1234' } },
        }),
      },
      /joins port 12345678-1234, which is no subport/,
    ],
    [
      'what Neutron leaves',
      {
        state: withPort('tpi-12345678-12', 'br-int', {
          tag: 4095,
          interface: { type: 'patch', options: { peer: 'tpt-12345678-12' }, externalIds: {} },
        }),
      },
      /^tpi-12345678-12 on br-int \(tag 4095\) leads to nothing/,
    ],
    [
      'a trunk bridge of nobody',
      { state: { ...built, ovsBridges: [...built.ovsBridges, { ...built.ovsBridges[0]!, name: 'tbr-12345678-1', owner: null }] } },
      /^tbr-12345678-1 belongs to no trunk/,
    ],
    [
      'frames of nobody',
      { traffic: traffic([...allSent, sent(77, 'fa:16:3e:ff:ff:ff')]) },
      /^The guest sends on VLAN 77 with MAC fa:16:3e:ff:ff:ff .* no port of the trunk has that VLAN\. Frames with VLAN 77 reach no network/,
    ],
    [
      'an interface of nobody',
      { guest: { interfaces: [...guest, { name: 'eth0.77', macAddress: parentMac, vlan: 77, parent: 'eth0' }] } },
      /^eth0\.77 in the guest is on VLAN 77, which no subport has/,
    ],
  ])('%s', (_, changes, sentence) => {
    const { oddities } = audit(changes)
    expect(oddities.map((odd) => explainFinding(odd.finding))).toEqual([expect.stringMatching(sentence)])
    expect(oddities[0]!.isOurs).toBe(false)
  })
})
