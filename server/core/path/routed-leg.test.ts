// Paths through the distributed router of a real Neutron 21, as two of its hosts were read.

import { describe, expect, it } from 'vitest'
import { topologyFromObservations } from '../found/found-topology'
import { explainHopDetail, explainHopFinding } from '../explain/hop'
import { type Edit, loadNeutronCloud } from '../parse/fixtures/load-neutron-cloud'
import { canonicalFlow } from '../parse/openflow/canonical-flow'
import { explainVerdict } from '../explain/verdict'
import { computePath } from './compute-path'
import { expectationsOf } from './expectations'
import { hopEvidence } from './hop-evidence'
import { isPath } from './is-path'
import { nameLoss } from './name-loss'
import type { Leg, Path, PathHop } from './path'
import { sidesOf } from './path-sides'
import { type HopSighting, noSighting } from './sighting'
import { type TrafficKind, trafficKinds } from './traffic-kinds'
import { hopOnTheWayBack, measuredHops, travelOf } from './travel'
import { judgeTraffic } from './verdict'

const NETNS = 'qrouter-36754a3d-b194-42f1-b8fc-cb2ed7e1ad78'

/** The recording is from before a reading asked for these. */
const withSection =
  (name: string, text: string): Edit =>
  (reading) =>
    `${text}\n@@abcdef0123456789 0 ${name}\n${reading}`
const settings = [
  'net/ipv4/ip_forward:1',
  ...['all', 'qr-3a359ab0-47', 'qr-635fdcfe-f2'].map((device) => `net/ipv4/conf/${device}/rp_filter:0`),
]
const forwarding = withSection(`sysctl ${NETNS}`, settings.join('\n'))

/** Whose flows were not asked for, either. */
const trunkFlows = withSection(
  'flows tbr-1a2e5122-b',
  'NXST_FLOW reply (xid=0x4):\n cookie=0x0, duration=1.0s, table=0, n_packets=9, n_bytes=9, priority=0 actions=NORMAL',
)
const withTrunk: Edit = (text) => trunkFlows(forwarding(text))

function drawn(edit: Edit = forwarding, starts: readonly [string, string] = ['f4513237', '862840a0']) {
  const observations = loadNeutronCloud('40-router', { h1: edit, h2: edit })
  const topology = topologyFromObservations([...observations.values()])
  const [source, destination] = starts.map((start) => topology.ports.find(({ id }) => id.startsWith(start))!.id)
  const ends: [string, string] = [source!, destination!]
  return { input: { topology, observations, found: new Set(topology.ports.map(({ id }) => id)) }, ends }
}

function draw(edit: Edit = forwarding, starts?: readonly [string, string]): Path {
  const { input, ends } = drawn(edit, starts)
  const path = computePath(input, ...ends)
  if (!isPath(path)) throw new Error(path.code)
  return path
}

const shown = ({ hops }: Leg) => hops.map((hop) => `${hop.hostName ?? '-'} ${hop.role} ${hop.place.device}`)
const findings = ({ hops }: Leg) => hops.flatMap(({ role, finding }) => (finding ? [`${role}: ${explainHopFinding(finding)}`] : []))
const rules = (table: string, ...lines: readonly string[]): Edit => {
  const chains = table === 'nat' ? ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'] : ['INPUT', 'FORWARD', 'OUTPUT']
  const saved = [`*${table}`, ...chains.map((chain) => `:${chain} ACCEPT [0:0]`), ...lines, 'COMMIT']
  return (text) => withSection(`iptables ${NETNS}`, saved.join('\n'))(forwarding(text))
}

const plug = (host: string, id: string) =>
  ['vm eth0', `tap tap${id}`, `qbr qbr${id}`, `qvb qvb${id}`, `qvo qvo${id}`].map((place) => `${host} ${place}`)
const across = (host: string) =>
  ['br-int br-int', 'patch patch-tun', 'br-tun br-tun', 'underlay-bridge br-tunnel-if', 'nic eth1'].map((place) => `${host} ${place}`)
const routed = (host: string, entry: string, exit: string) =>
  ['br-int br-int', `router-port ${entry}`, `router ${NETNS}`, `router-port ${exit}`].map((place) => `${host} ${place}`)

describe('a path through a distributed router', () => {
  it('is drawn as the walk finds it, either way through the router of its own host', () => {
    const { forth, back, verdict } = draw()
    const [one, two] = [plug('nref-h1', 'f4513237-f5'), plug('nref-h2', '862840a0-dd')]
    expect(shown(forth)).toEqual([
      ...one, ...routed('nref-h1', 'qr-3a359ab0-47', 'qr-635fdcfe-f2'), ...across('nref-h1'), '- wire underlay', ...across('nref-h2').reverse(), ...two.toReversed(),
    ]) // prettier-ignore
    expect(shown(back)).toEqual([
      ...two, ...routed('nref-h2', 'qr-635fdcfe-f2', 'qr-3a359ab0-47'), ...across('nref-h2'), '- wire underlay', ...across('nref-h1').reverse(), ...one.toReversed(),
    ]) // prettier-ignore
    expect([findings(forth), findings(back), verdict]).toEqual([[], [], null])
  })

  it('tells the route, the addresses of the ports, and what the frame wears', () => {
    const { hops } = draw().forth
    const details = hops.slice(5, 12).map((hop) => `${hop.role} ${explainHopDetail(hop)}`)
    expect(details).toEqual([
      'br-int tag 1 (local)', 'router-port 10.0.1.1/24', 'router route 10.0.2.0/24', 'router-port 10.0.2.1/24',
      'br-int tag 5 (local)', 'patch patch-tun ┄ patch-int', 'br-tun VNI 1630, 10.98.0.11 → 10.98.0.12',
    ]) // prettier-ignore
    const router = hops.find(({ role }) => role === 'router')!
    expect([router.in, router.out].map(({ destinationMac, payload }) => [destinationMac, payload.kind === 'ipv4' && payload.ttl])).toEqual([
      ['fa:16:3e:4c:90:64', 64],
      ['fa:16:3e:4f:0a:3f', 63],
    ])
  })

  it('that its iptables deny ends there, and says by which rule', () => {
    const { forth, verdict } = draw(rules('filter', '-A FORWARD -d 10.0.2.0/24 -j DROP'))
    expect(shown(forth).at(-1)).toBe(`nref-h1 router ${NETNS}`)
    expect(findings(forth)).toEqual(['router: Frames of 77a7cfd9 end here: filter chain FORWARD, rule 1 drops: -d 10.0.2.0/24 -j DROP'])
    expect(verdict?.hopId).toBe(`nref-h1/router/${NETNS}#1`)
  })

  it('of which nobody read whether it forwards is not known from there on', () => {
    const { forth, verdict } = draw((text) => text)
    const last = forth.hops.at(-1)!
    expect([last.role, last.host, findings(forth), verdict]).toEqual(['router', 'unchecked', [], null])
    expect(last.doubts).toMatchObject([{ code: 'not-followed' }])
  })

  it('with NAT: the source is another one behind it, and the answer goes to that one', () => {
    const { forth, back } = draw(rules('nat', '-A POSTROUTING -o qr-635fdcfe-f2 -j SNAT --to-source 10.0.2.1'))
    const addresses = ({ in: before, out }: Leg['hops'][number]) =>
      [before, out].map(({ payload }) => (payload.kind === 'ipv4' ? `${payload.source} → ${payload.destination}` : payload.kind))
    const router = forth.hops.find(({ role }) => role === 'router')!
    expect(addresses(router)).toEqual(['10.0.1.11 → 10.0.2.12', '10.0.2.1 → 10.0.2.12'])
    expect(explainHopDetail(router)).toBe('route 10.0.2.0/24, source becomes 10.0.2.1')
    expect(shown(forth).at(-1)).toBe('nref-h2 vm eth0')
    expect(addresses(back.hops[0]!)[0]).toBe('10.0.2.12 → 10.0.2.1')
  })
})

describe('a path of a trunk’s subport through a router', () => {
  const TRUNK = '1a2e5122-b'
  const parent = plug('nref-h1', '4dc9e368-cd').with(0, 'nref-h1 vm eth0.101')
  const through = [`nref-h1 trunk-bridge tbr-${TRUNK}`, 'nref-h1 trunk-patch spt-8eead014-4b', 'nref-h1 trunk-patch spi-8eead014-4b']
  const path = draw(withTrunk, ['8eead014', '7668b6f4'])

  it('goes by the tap of its parent, the trunk bridge and both ends of the pair, and comes back by them', () => {
    const { forth, back, verdict } = path
    expect(shown(forth).slice(0, 12)).toEqual([...parent, ...through, ...routed('nref-h1', 'qr-635fdcfe-f2', 'qr-3a359ab0-47')])
    expect(shown(forth).at(-1)).toBe('nref-h2 vm eth0')
    expect(shown(back).slice(-9)).toEqual(['nref-h1 br-int br-int', ...[...parent, ...through].toReversed()])
    expect([findings(forth), findings(back), verdict]).toEqual([[], [], null])
  })

  it('says of the trunk what any path says of it, and counts nothing on a pair that no flow is of', () => {
    expect(path.forth.hops.slice(5, 8).map((hop) => [explainHopDetail(hop), hop.proof.method])).toEqual([
      ['VLAN 101 ↔ spt-8eead014-4b', 'flow-counter'], ['tag 101 (guest)', 'none'], ['tag 5 (local)', 'none'],
    ]) // prettier-ignore
  })

  it('wears the guest’s VLAN on the devices of its parent, either way, and nothing at the router', () => {
    const worn = (hop: PathHop) => {
      const { 'echo-request': request, 'echo-reply': reply } = expectationsOf(hop, hopOnTheWayBack(path, hop) ?? null, true)
      return [request.encapsulation, reply.encapsulation]
    }
    const tagged = { kind: 'dot1q', vlanId: 101 }
    const at = (role: PathHop['role']) => worn(path.forth.hops.find((hop) => hop.role === role)!)
    expect([at('tap'), at('qvo')]).toEqual([
      [tagged, tagged],
      [tagged, tagged],
    ])
    expect(at('router-port')[0]).toBe('untagged')
  })

  it('to a VM of the same host: a flood of the router’s ARP comes to the trunk as well, and does not end what is known', () => {
    const { forth, back } = draw(withTrunk, ['8eead014', 'f4513237'])
    expect(shown(forth).slice(-6)).toEqual(['nref-h1 br-int br-int', ...plug('nref-h1', 'f4513237-f5').toReversed()])
    expect(shown(back).slice(-8)).toEqual([...parent, ...through].toReversed())
  })

  it('a bridge that both ways come by twice has one id where each is on the same side of the router, and the evidence of that place', () => {
    const { input, ends } = drawn(withTrunk, ['8eead014', 'f4513237'])
    const here = 'nref-h1/br-int/br-int'
    const evidence = {
      hopId: `${here}#2`,
      status: 'missing',
      host: '',
      interface: '',
      method: 'capture',
      expected: { code: 'inside-guest', params: {} },
      seen: null,
      packets: 0,
      sample: null,
      pcap: null,
      notes: [],
    } as const
    const path = computePath(
      { ...input, lastEvidence: { id: 'v', startedAt: '', hops: [evidence], verdict: null, firstBadHopId: null } },
      ...ends,
    )
    if (!isPath(path)) throw new Error(path.code)
    const marks = ({ hops }: Leg) => hops.flatMap(({ id, traffic }) => (id.startsWith(here) ? [[id, traffic]] : []))
    expect(marks(path.forth)).toEqual([
      [`${here}#1`, 'unchecked'],
      [`${here}#2`, 'differs'],
    ])
    expect(marks(path.back)).toEqual(marks(path.forth).toReversed())
  })

  it('out of service on br-int: its end there is named', () => {
    const dead: Edit = (text) => withTrunk(text).replace('"spi-8eead014-4b",5,', '"spi-8eead014-4b",4095,')
    expect(findings(draw(dead, ['8eead014', '7668b6f4']).forth)[0]).toBe(
      'trunk-patch: spi-8eead014-4b has the dead VLAN tag 4095: the port was taken out of service',
    )
  })
})

describe('what a verification measures of it', () => {
  const path = draw()
  const listed = (hops: readonly PathHop[]) => hops.map(({ id }) => id.replace('nref-', ''))
  const SENT = 3

  it('replies travel their own way, and a place that both ways come by is one', () => {
    const [forth, back] = [travelOf(path, 'echo-request'), travelOf(path, 'echo-reply')]
    expect(listed(forth)).toEqual(listed(path.forth.hops))
    // br-int of the first host: requests come by it twice, replies once, on the side of its VM.
    expect(listed(back).filter((id) => id.includes('/br-int/'))).toEqual(['h2/br-int/br-int#1', 'h2/br-int/br-int#2', 'h1/br-int/br-int#1'])
    expect(back.filter((hop) => !forth.includes(hop)).map(({ hostName, role }) => `${hostName} ${role}`)).toEqual([
      'nref-h2 router-port', 'nref-h2 router', 'nref-h2 router-port', 'nref-h2 br-int',
    ]) // prettier-ignore
    expect(measuredHops(path)).toHaveLength(forth.length + 4)
  })

  it('ARP goes no further than the router, whose MAC answers', () => {
    const asked = travelOf(path, 'arp-request')
    expect(listed(asked)).toEqual(
      [...plug('h1', 'f4513237-f5'), 'h1 br-int br-int', 'h1 router-port qr-3a359ab0-47'].map((each) => `${each.replaceAll(' ', '/')}#1`),
    )
    expect(travelOf(path, 'arp-reply')).toEqual(asked.toReversed())
    const tap = asked[1]!
    const {
      'arp-request': request,
      'arp-reply': reply,
      'echo-request': echo,
    } = expectationsOf(tap, hopOnTheWayBack(path, tap) ?? null, true)
    expect([request.destinationMac, request.destinationIp, echo.destinationMac, echo.destinationIp]).toEqual([
      ['ff:ff:ff:ff:ff:ff', 'fa:16:3e:4c:90:64'], undefined, 'fa:16:3e:4c:90:64', '10.0.2.12',
    ]) // prettier-ignore
    expect([reply.sourceIp, reply.encapsulation]).toEqual([undefined, 'untagged'])
  })

  /** Seen by every capture up to the hop that is named; `kind` is lost there. */
  function verdictOf(kind: TrafficKind, at: string) {
    const order: readonly TrafficKind[] = kind === 'echo-reply' ? ['echo-request', 'echo-reply'] : ['echo-request']
    const passes = (hop: PathHop, each: TrafficKind) => {
      const travel = travelOf(path, each)
      const end = each === kind ? travel.findIndex(({ id }) => id === `nref-${at}`) : travel.length
      return travel.indexOf(hop) >= 0 && travel.indexOf(hop) < end
    }
    const sightings = new Map(
      measuredHops(path).map((hop): [string, HopSighting] => {
        const counts = Object.fromEntries(
          trafficKinds.map((each) => [each, order.includes(each) && passes(hop, each) ? SENT : 0]),
        ) as HopSighting['counts']
        return [hop.id, hop.proof.method === 'capture' ? { ...noSighting(hop.id), counts } : noSighting(hop.id)]
      }),
    )
    const traffic = judgeTraffic({ path, sightings, drops: [], transmitted: SENT, received: 0 })
    const { input, ends } = drawn()
    const context = { path, sides: sidesOf(input, ...ends)!, sightings, drops: [], guests: new Map(), filters: [] }
    const statuses = (status: string) => listed(measuredHops(path).filter(({ id }) => traffic.statuses.get(id)?.status === status))
    return { verdict: explainVerdict(nameLoss(traffic.shortfall!, context)), statuses }
  }

  /** No echo request was sent, and ARP requests are seen as far as `reach`. */
  function silenceOf(asked: Path, reach: (hop: PathHop) => boolean) {
    const sightings = new Map(
      measuredHops(asked).map((hop): [string, HopSighting] => {
        const counts = { 'arp-request': reach(hop) ? 1 : 0, 'arp-reply': 0, 'echo-request': 0, 'echo-reply': 0 }
        return [hop.id, hop.proof.method === 'capture' ? { ...noSighting(hop.id), counts } : noSighting(hop.id)]
      }),
    )
    const traffic = judgeTraffic({ path: asked, sightings, drops: [], transmitted: SENT, received: 0 })
    const { input, ends } = drawn()
    const guests = new Map([
      [asked.destination.id, { code: 'guest-without-vlan', params: { label: 'far', vlan: 1, nic: 'eth0' } } as const],
    ])
    return explainVerdict(
      nameLoss(traffic.shortfall!, { path: asked, sides: sidesOf(input, ...ends)!, sightings, drops: [], guests, filters: [] }),
    )
  }

  it('who is asked by ARP is the router: the destination is not said to be silent', () => {
    const entry = path.forth.hops.findIndex(({ role }) => role === 'router-port')
    const silent = silenceOf(path, (hop) => path.forth.hops.indexOf(hop) <= entry)
    expect(silent).toMatch(/^qr-3a359ab0-47 does not answer ARP from \S+$/)
    expect(silenceOf(path, () => false)).toMatch(/ sends no ARP requests for 10\.0\.1\.1 through tap/)
  })

  it('requests that end before the router are followed to where they end', () => {
    const cut = { ...path, forth: { hops: path.forth.hops.slice(0, 6) } }
    expect(silenceOf(cut, () => true)).toMatch(/^fa:16:3e:4c:90:64 does not answer ARP from \S+$/)
  })

  it('a hop that only replies come by counts the replies', () => {
    const exit = measuredHops(path).find(({ id }) => id === 'nref-h2/router-port/qr-635fdcfe-f2#1')!
    const none = { examined: 0, matched: 0, near: [] }
    const captured = { 'arp-request': none, 'arp-reply': none, 'echo-request': none, 'echo-reply': { ...none, matched: SENT } }
    const measure = { method: 'capture', captured, captureId: null, isWhole: true, note: null } as const
    const evidence = hopEvidence(path, exit, measure, { shortfall: null, statuses: new Map() }, { transmitted: SENT, received: SENT })
    expect([evidence.packets, evidence.seen]).toEqual([
      SENT,
      { code: 'packets', params: { what: 'echo', requests: 0, replies: SENT, near: [] } },
    ])
  })

  it('a router that sends nothing on is named by its namespace', () => {
    const { verdict, statuses } = verdictOf('echo-request', 'h1/router-port/qr-635fdcfe-f2#1')
    expect(verdict).toMatch(/leave qr-3a359ab0-47.*, none reach qr-635fdcfe-f2.*qrouter-36754a3d\S* does not send them on/)
    expect(statuses('agrees')).toContain('h1/router-port/qr-3a359ab0-47#1')
    // Replies never came into being: where only they come by, nobody knows.
    expect(statuses('missing').filter((id) => id.startsWith('h2/router'))).toEqual([])
  })

  it('replies that are lost at the router of the other host accuse that one, and not the way forth', () => {
    const { verdict, statuses } = verdictOf('echo-reply', 'h2/router-port/qr-3a359ab0-47#1')
    expect(verdict).toMatch(/leave qr-635fdcfe-f2 of nref-h2, none reach qr-3a359ab0-47 of nref-h2/)
    expect(statuses('missing')).toEqual(['h2/router-port/qr-3a359ab0-47#1'])
    expect(statuses('agrees')).toEqual(expect.arrayContaining(['h1/router-port/qr-635fdcfe-f2#1', 'h2/router-port/qr-635fdcfe-f2#1']))
  })

  it('a drop that counted on the host of the router, which is no host of the ends, is blamed with the local VLAN that the network has there', () => {
    const { input, ends } = drawn()
    const router = { ...input.topology.hosts[1]!, id: 'net1', name: 'net1' }
    const vlan = { hostId: 'net1', networkId: path.destination.networkId, vlan: 9 }
    const topology = { ...input.topology, hosts: [...input.topology.hosts, router], localVlans: [...input.topology.localVlans, vlan] }
    const moved = (hop: PathHop): PathHop =>
      hop.place.hostId === 'nref-h1' ? { ...hop, hostName: 'net1', place: { ...hop.place, hostId: 'net1' } } : hop
    const along = { ...path, forth: { hops: path.forth.hops.map((hop, index) => (index < 5 ? hop : moved(hop))) } }
    const [lastGood, hop] = [
      along.forth.hops.find(({ id }) => id === 'nref-h1/router-port/qr-635fdcfe-f2#1')!,
      along.forth.hops.find(({ id }) => id === 'nref-h1/nic/eth1#1')!,
    ]
    const parsed = canonicalFlow('cookie=0x5, table=22, priority=0 actions=drop', 'br-tun')
    if (!parsed.ok) throw new Error('flow')
    const drops = [{ hostId: 'net1', packets: SENT, flow: { ...parsed.value, owner: null } }]
    const shortfall = { kind: 'echo-request', hop, lastGood, seen: 0, wanted: SENT, difference: null } as const
    const context = {
      path: along,
      sides: sidesOf({ ...input, topology }, ...ends)!,
      sightings: new Map(),
      drops,
      guests: new Map(),
      filters: [],
    }
    expect(explainVerdict(nameLoss(shortfall, context))).toBe(
      'Echo requests leave qr-635fdcfe-f2 of net1, none reach eth1 of net1: br-tun T22 drops, no flow floods local VLAN 9 to the other hosts of its network on net1',
    )
  })
})
