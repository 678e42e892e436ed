// Paths that leave the cloud, or come from outside: through a distributed router's floating IP and through a centralized one, with what the design wants
// on every host.

import { describe, expect, it } from 'vitest'
import { explainHopDetail, explainHopFinding, explainNoPath } from '../explain/hop'
import type { HostState } from '../host/host-state'
import type { Topology } from '../topology/topology'
import { crossedHosts } from './crossed-hosts'
import { expectationsOf } from './expectations'
import { isPath } from './is-path'
import type { Leg, Path, PathHop, Role } from './path'
import * as cloud from './testing/routed-cloud'
import { hopOnTheWayBack } from './travel'

const { FAR_AWAY, FLOATING, floated, floatingId, gatewayPort, inExternal, plain, UPSTREAM, UPSTREAM_MAC } = cloud
const distributed = cloud.routedTopology({ isDistributed: true })
const centralized = cloud.routedTopology({ isDistributed: false })
const [QROUTER, SNAT, FIP] = [
  'qrouter-ac000001-0000-4000-8000-000000000001',
  'snat-ac000001-0000-4000-8000-000000000001',
  'fip-dd000002-0000-4000-8000-000000000002',
]

function draw(...given: Parameters<typeof cloud.drawOut>): Path {
  const path = cloud.drawOut(...given)
  if (!isPath(path)) throw new Error(explainNoPath(path))
  return path
}
const shown = ({ hops }: Leg) => hops.map(({ hostName, role, place: { device } }) => `${hostName ?? '-'} ${role} ${device}`)
/** Without what every plug has. */
const inShort = (leg: Leg) => shown(leg).filter((each) => !/ (tap|qbr|qvb|qvo|patch|br-tun) /.test(each))
const findings = ({ hops }: Leg) => hops.flatMap(({ role, finding }) => (finding ? [`${role}: ${explainHopFinding(finding)}`] : []))
const at = ({ hops }: Leg, role: Role, nth = 0): PathHop => hops.filter((hop) => hop.role === role)[nth]!
const packet = ({ in: { sourceMac, destinationMac, payload } }: PathHop) =>
  payload.kind === 'ipv4' ? `${sourceMac} → ${destinationMac}, ${payload.source} → ${payload.destination}, ${payload.ttl}` : payload.kind

describe('a floating IP of a distributed router', () => {
  const out = draw(distributed, floated, FAR_AWAY)
  const inwards = draw(distributed, FAR_AWAY, floatingId)

  it('leads its VM out by the namespace of the external network on its own host', () => {
    expect(inShort(out.forth)).toEqual([
      'cmp1 vm eth0',
      'cmp1 br-int br-int',
      'cmp1 router-port qr-b0000003-00',
      `cmp1 router ${QROUTER}`,
      'cmp1 router-port rfp-ac000001-0',
      'cmp1 router-port fpr-ac000001-0',
      `cmp1 router ${FIP}`,
      'cmp1 router-port fg-b3000001-00',
      'cmp1 br-int br-int',
      'cmp1 provider-bridge br-ens38',
      'cmp1 nic ens38',
      '- outside vlan',
    ])
    expect([findings(out.forth), findings(out.back), out.verdict]).toEqual([[], [], null])
    expect(shown(out.back)).toEqual(shown(out.forth).toReversed())
  })

  it('is asked for from outside, and its VM answers by the same way', () => {
    expect(shown(inwards.forth)).toEqual(shown(out.back))
    expect(shown(inwards.back)).toEqual(shown(out.forth))
    expect([findings(inwards.forth), findings(inwards.back), inwards.verdict]).toEqual([[], [], null])
    expect(inwards.destination).toMatchObject({ kind: 'vm', ipAddress: '10.0.3.3', floatingIp: { address: FLOATING } })
  })

  it('stands for its VM in every packet outside of the router, which takes one from the TTL, as the other namespace does', () => {
    const [fg, upstream, nobody] = ['fa:16:3e:aa:b3:01', '02:00:00:00:00:fe', /^02:(?!00:00:00:00:fe)/]
    expect(packet(at(out.forth, 'tap'))).toBe('fa:16:3e:00:03:02 → fa:16:3e:aa:b0:03, 10.0.3.3 → 198.51.100.10, 64')
    expect(packet(at(out.forth, 'router-port', 1))).toMatch(/, 10.0.2.50 → 198.51.100.10, 63$/)
    expect(packet(at(out.forth, 'router-port', 1))).toMatch(nobody)
    expect(packet(at(out.forth, 'nic'))).toBe(`${fg} → ${upstream}, 10.0.2.50 → 198.51.100.10, 62`)
    expect(packet(at(inwards.forth, 'nic'))).toBe(`${upstream} → ${fg}, 198.51.100.10 → 10.0.2.50, 64`)
    expect(packet(at(inwards.forth, 'tap'))).toBe('fa:16:3e:aa:b0:03 → fa:16:3e:00:03:02, 198.51.100.10 → 10.0.3.3, 62')
    expect(at(out.forth, 'nic').out.vlans).toMatchObject([{ vlanId: 120 }])
  })

  it('of whose neighbour outside no host has heard is expected with any MAC there, and else with the one that was heard', () => {
    const last = out.forth.hops.at(-1)!
    expect(explainHopDetail(last)).toBe(`to ${UPSTREAM} by ens38 of cmp1, whose MAC no host has heard`)
    const heard = [{ netns: FIP, link: 'fg-b3000001-00', address: UPSTREAM, macAddress: UPSTREAM_MAC, isPermanent: false }]
    const known = draw(distributed, floated, FAR_AWAY, { heard })
    expect(explainHopDetail(known.forth.hops.at(-1)!)).toBe(`to ${UPSTREAM} by ens38 of cmp1, MAC ${UPSTREAM_MAC}`)
    const expected = (path: Path) => {
      const nic = at(path.forth, 'nic')
      const { 'echo-request': request, 'echo-reply': reply } = expectationsOf(nic, hopOnTheWayBack(path, nic) ?? null, true)
      return [request.destinationMac, reply.sourceMac, request.sourceIp, reply.destinationIp]
    }
    expect(expected(out)).toEqual([undefined, undefined, FLOATING, FLOATING])
    expect(expected(known)).toEqual([UPSTREAM_MAC, UPSTREAM_MAC, FLOATING, FLOATING])
  })

  it('is reached by a VM of the external network, and by one that has its own way out', () => {
    const { forth, back } = draw(distributed, inExternal, floatingId)
    expect(inShort(forth).slice(0, 7)).toEqual([
      'cmp2 vm eth0',
      'cmp2 br-int br-int',
      'cmp2 provider-bridge br-ens38',
      'cmp2 nic ens38',
      '- wire physnet1',
      'cmp1 nic ens38',
      'cmp1 provider-bridge br-ens38',
    ])
    expect([findings(forth), shown(back)]).toEqual([[], shown(forth).toReversed()])
  })
})

describe('a distributed router that translates for everybody', () => {
  const snat = cloud.routedTopology({ isDistributed: true, hasCentralPart: true })
  const { forth, back, verdict } = draw(snat, plain, FAR_AWAY)

  it('hands on what has no floating IP to its central part, by the tenant’s network, and the answer comes from there past the router', () => {
    expect(inShort(forth)).toEqual([
      'cmp2 vm eth0',
      'cmp2 br-int br-int',
      'cmp2 router-port qr-b0000003-00',
      `cmp2 router ${QROUTER}`,
      'cmp2 router-port qr-b0000003-00',
      'cmp2 br-int br-int',
      'cmp2 nic ens37',
      '- wire underlay',
      'net1 nic ens37',
      'net1 br-int br-int',
      'net1 router-port sg-b4000001-00',
      `net1 router ${SNAT}`,
      'net1 router-port qg-b1000001-00',
      'net1 br-int br-int',
      'net1 provider-bridge br-ens38',
      'net1 nic ens38',
      '- outside vlan',
    ])
    expect(inShort(back).filter((each) => / router/.test(each))).toEqual([
      'net1 router-port qg-b1000001-00',
      `net1 router ${SNAT}`,
      'net1 router-port sg-b4000001-00',
    ])
    expect([findings(forth), findings(back), verdict]).toEqual([[], [], null])
  })

  it('as each packet shows', () => {
    expect(packet(at(forth, 'router-port', 2))).toMatch(/ → fa:16:3e:aa:b4:01, 10.0.3.4 → 198.51.100.10, 63$/)
    expect(packet(at(forth, 'nic', 2))).toMatch(/, 10.0.2.60 → 198.51.100.10, 62$/)
    expect(packet(at(back, 'tap'))).toBe('fa:16:3e:aa:b4:01 → fa:16:3e:00:03:03, 198.51.100.10 → 10.0.3.4, 63')
  })

  it('keeps who has a floating IP on its own host, and is an end where its gateway stands', () => {
    expect(inShort(draw(snat, floated, FAR_AWAY).forth)).toContain('cmp1 router-port fg-b3000001-00')
    const { forth: toGateway, verdict: found } = draw(snat, FAR_AWAY, gatewayPort)
    expect([inShort(toGateway).at(-1), found]).toEqual(['net1 router-port qg-b1000001-00', null])
  })

  it('lets who has none call who has one, and each other’s answers back', () => {
    const { forth: there, back: home, verdict: found } = draw(snat, plain, floatingId)
    expect(inShort(there)).toEqual(expect.arrayContaining([`net1 router ${SNAT}`, `cmp1 router ${FIP}`]))
    expect([inShort(home).at(-1), findings(there), findings(home), found]).toEqual(['cmp2 vm eth0', [], [], null])
  })
})

it('a floating IP that is led out by hand is drawn by the same hops, both ways', () => {
  const byHand = cloud.routedTopology({ isDistributed: true, router: { floatingIpMode: 'by-hand' } })
  const pairs: readonly (readonly [string, string])[] = [
    [floated, FAR_AWAY],
    [FAR_AWAY, floatingId],
    [inExternal, floatingId],
  ]
  for (const ends of pairs) {
    const [path, asNeutron] = [draw(byHand, ...ends), draw(distributed, ...ends)]
    expect([shown(path.forth), shown(path.back)]).toEqual([shown(asNeutron.forth), shown(asNeutron.back)])
    expect([findings(path.forth), findings(path.back), path.verdict]).toEqual([[], [], null])
  }
})

describe('a centralized router', () => {
  it('gives who has no floating IP its own address outside, which the answer undoes', () => {
    const { forth, back, verdict } = draw(centralized, plain, FAR_AWAY)
    expect(inShort(forth).slice(-7)).toEqual([
      'net1 router-port qr-b0000003-00',
      `net1 router ${QROUTER}`,
      'net1 router-port qg-b1000001-00',
      'net1 br-int br-int',
      'net1 provider-bridge br-ens38',
      'net1 nic ens38',
      '- outside vlan',
    ])
    expect(explainHopDetail(at(forth, 'router'))).toBe('route default, source becomes 10.0.2.60')
    expect(explainHopDetail(at(back, 'router'))).toBe('destination becomes 10.0.3.4')
    expect([verdict, shown(back)]).toEqual([null, shown(forth).toReversed()])
  })

  it('is come to for a floating IP, from outside and by a VM of its own network, whose address it hides', () => {
    expect(explainHopDetail(at(draw(centralized, FAR_AWAY, floatingId).forth, 'router'))).toBe('destination becomes 10.0.3.3')
    const { forth, back } = draw(centralized, plain, floatingId)
    expect(explainHopDetail(at(forth, 'router'))).toBe('source becomes 10.0.2.60, destination becomes 10.0.3.3')
    expect(explainHopDetail(at(back, 'router'))).toBe(`source becomes ${FLOATING}, destination becomes 10.0.3.4`)
    expect(inShort(forth).filter((each) => each.startsWith('net1 router-port'))).toHaveLength(2)
  })

  it('is an end itself: its gateway port outside, both ways', () => {
    for (const [from, to] of [
      [gatewayPort, FAR_AWAY],
      [FAR_AWAY, gatewayPort],
    ] as const) {
      const { forth, back, verdict } = draw(centralized, from, to)
      expect([verdict, shown(back)]).toEqual([null, shown(forth).toReversed()])
      expect(inShort(forth)).toContain('net1 router-port qg-b1000001-00')
    }
  })
})

describe('a VM of a network that is outside', () => {
  it.each([
    [FAR_AWAY, UPSTREAM],
    ['10.0.2.200', '10.0.2.200'],
  ])('reaches %s by who is there: %s', (address, nextHop) => {
    const { forth, back, verdict } = draw(distributed, inExternal, address)
    expect(explainHopDetail(forth.hops.at(-1)!)).toContain(`to ${nextHop} by ens38 of cmp2`)
    expect([verdict, shown(back)]).toEqual([null, shown(forth).toReversed()])
    expect(forth.hops.at(-2)!.doubts).toEqual([])
  })
})

describe('where it ends', () => {
  const without =
    (change: (state: HostState) => Partial<HostState>): cloud.Change =>
    (state) => ({ ...state, ...change(state) })

  const ended = `router: Frames of vxlan-1 end here: no route leads to ${FAR_AWAY}: `
  it.each<[string, readonly [string, string], cloud.Change, string]>([
    [
      'no rule leads into the table of floating IPs',
      [floated, FAR_AWAY],
      without(({ rules }) => ({ rules: rules.filter(({ netns }) => netns !== QROUTER) })),
      `${ended}the rule "from 10.0.3.3" that leads to the way of floating IPs is missing in ${QROUTER}`,
    ],
    [
      'that table has no way out',
      [floated, FAR_AWAY],
      without(({ routes }) => ({ routes: routes.filter(({ table }) => table !== '16') })),
      `${ended}table 16 of ${QROUTER} has no default route by rfp-`,
    ],
    [
      'the namespace of the external network has none',
      [floated, FAR_AWAY],
      without(({ routes }) => ({ routes: routes.filter(({ netns, destination }) => netns !== FIP || destination !== 'default') })),
      `${ended}${FIP} has no default route by fg- for this router, or no rule that leads into its table`,
    ],
    [
      'nor a rule that leads there',
      [floated, FAR_AWAY],
      without(({ rules }) => ({ rules: rules.filter(({ netns }) => netns !== FIP) })),
      `${ended}${FIP} has no default route by fg- for this router`,
    ],
    [
      'nothing translates what comes in',
      [FAR_AWAY, floatingId],
      without(({ iptables }) => ({ iptables: iptables.filter(({ netns }) => netns !== QROUTER) })),
      `router: Frames of ${FAR_AWAY} end here: no route leads to ${FLOATING}: no rule of ${QROUTER} makes ${FLOATING} 10.0.3.3 (DNAT)`,
    ],
    [
      'nothing translates what goes out',
      [floated, FAR_AWAY],
      without(({ iptables }) => ({
        iptables: iptables.map((chain) => ({ ...chain, rules: chain.rules.filter((rule) => !rule.includes('SNAT --to-source')) })),
      })),
      `router: Packets leave ${QROUTER} with the address 10.0.3.3, to which nobody outside can answer: the rule that makes it ${FLOATING} (SNAT) is missing`,
    ],
    [
      'fg- does not answer ARP for it',
      [FAR_AWAY, floatingId],
      without(({ sysctls }) => ({
        sysctls: sysctls.map((each) => (each.key.endsWith('fg-b3000001-00/proxy_arp') ? { ...each, value: '0' } : each)),
      })),
      `router: ARP requests of ${FAR_AWAY} end here: fg-b3000001-00 does not take frames to ${FLOATING}: proxy_arp of fg-b3000001-00 in ${FIP} is 0`,
    ],
    [
      'the route to it is missing',
      [FAR_AWAY, floatingId],
      without(({ routes }) => ({ routes: routes.filter(({ destination }) => destination !== `${FLOATING}/32`) })),
      `fg-b3000001-00 does not take frames to ${FLOATING}: the route to ${FLOATING} by fpr- is missing in ${FIP}`,
    ],
    [
      'a link of the pair is down, of which no reason of its own is known',
      [floated, FAR_AWAY],
      without(({ links }) => ({ links: links.map((link) => (link.name.startsWith('fpr-') ? { ...link, isUp: false } : link)) })),
      'Frames of vxlan-1 end here',
    ],
    [
      'a default route of the router takes what is for the table of floating IPs',
      [floated, FAR_AWAY],
      without(({ routes }) => ({
        routes: [...routes, { netns: QROUTER, table: 'main', destination: 'default', via: '10.0.3.99', link: 'qr-b0000003-00' }],
      })),
      'router: Frames of vxlan-1 end here: nobody answers for 10.0.3.99 on qr-b0000003-00',
    ],
    [
      'what comes in by another device is translated',
      [FAR_AWAY, floatingId],
      without(({ iptables }) => ({
        iptables: iptables.map((each) => ({
          ...each,
          rules: each.rules.map((rule) => rule.replace('-i rfp-ac000001-0', '-i rfp-bb000001-0')),
        })),
      })),
      `router: Frames of ${FAR_AWAY} end here: no route leads to ${FLOATING}`,
    ],
    [
      'another rule comes first',
      [floated, FAR_AWAY],
      without(({ rules, routes }) => ({
        rules: [{ netns: QROUTER, priority: 32_768, source: '10.0.3.3/32', table: '17' }, ...rules],
        routes: [...routes, { netns: QROUTER, table: '17', destination: 'default', type: 'blackhole' }],
      })),
      `router: Frames of vxlan-1 end here: route ${QROUTER}/17/blackhole/default//0 rejects them`,
    ],
    [
      'the port of fg- is dead',
      [FAR_AWAY, floatingId],
      without(({ ovsPorts }) => ({ ovsPorts: ovsPorts.map((each) => (each.name === 'fg-b3000001-00' ? { ...each, tag: 4095 } : each)) })),
      `ARP requests of ${FAR_AWAY} end here: nobody answers for ${FLOATING}`,
    ],
  ])('%s: is named at its hop', (_, ends, change, sentence) => {
    const { forth, verdict } = draw(distributed, ...ends, { change: { [cloud.cmp1]: change } })
    expect(findings(forth)).toEqual([expect.stringContaining(sentence)])
    expect(verdict?.hopId).toBe(forth.hops.find(({ finding }) => finding !== null)!.id)
  })

  it('a centralized router that translates nothing lets packets out with their own address', () => {
    const open: cloud.Change = (state) => ({ ...state, iptables: state.iptables.filter(({ netns }) => netns !== QROUTER) })
    const { forth } = draw(centralized, plain, FAR_AWAY, { change: { [cloud.net1]: open } })
    expect(findings(forth)).toEqual([expect.stringContaining('the rule that gives them the address of the router (SNAT) is missing')])
    expect(
      findings(
        draw(
          {
            ...centralized,
            routers: centralized.routers.map((router) => ({ ...router, gateway: { ...router.gateway!, isSnatEnabled: false } })),
          },
          plain,
          FAR_AWAY,
        ).forth,
      ),
    ).toEqual([])
  })

  it.each<[string, Topology, string]>([
    ['led out by hand', cloud.routedTopology({ isDistributed: true, router: { floatingIpMode: 'by-hand' } }), cloud.cmp1],
    ['of a centralized router', centralized, cloud.net1],
  ])('nothing translates what comes in by one %s: the router takes it, and may answer for the VM', (_, topology, host) => {
    const change = without(({ iptables }) => ({ iptables: iptables.filter(({ netns }) => netns !== QROUTER) }))
    const { forth, verdict } = draw(topology, FAR_AWAY, floatingId, { change: { [host]: change } })
    expect(findings(forth)).toEqual([
      `router: Frames of ${FAR_AWAY} end here: ${QROUTER} has ${FLOATING} itself and takes them, so that nothing goes on: no rule of ${QROUTER} makes ${FLOATING} 10.0.3.3 (DNAT)`,
    ])
    expect(verdict?.hopId).toBe(forth.hops.at(-1)!.id)
  })

  it('one that is led out by hand has no way out of the namespace of the external network', () => {
    const byHand = cloud.routedTopology({ isDistributed: true, router: { floatingIpMode: 'by-hand' } })
    const change = without(({ routes }) => ({
      routes: routes.filter(({ netns, destination }) => netns !== FIP || destination !== 'default'),
    }))
    expect(findings(draw(byHand, floated, FAR_AWAY, { change: { [cloud.cmp1]: change } }).forth)).toEqual([
      `${ended}${FIP} has no default route by fg- for this router, or no rule that leads into its table`,
    ])
  })

  it('a strict check of sources takes the way back by the device that leads out: nothing ends', () => {
    const change = without(({ sysctls }) => ({
      sysctls: sysctls.map((each) => (each.netns === FIP && each.key.endsWith('rp_filter') ? { ...each, value: '1' } : each)),
    }))
    const { forth, verdict } = draw(distributed, FAR_AWAY, floatingId, { change: { [cloud.cmp1]: change } })
    expect([findings(forth), verdict]).toEqual([[], null])
  })
})

describe('there is no path', () => {
  const free = cloud.routedTopology({ isDistributed: true, floatingIp: { fixedPortId: null, fixedIpAddress: null, routerId: null } })
  const closed = cloud.routedTopology({ isDistributed: true, router: { gateway: null } })
  const alone = { ...distributed, ports: distributed.ports.filter(({ deviceOwner }) => !deviceOwner.startsWith('network:router')) }

  it.each<[string, Parameters<typeof cloud.drawOut>, string]>([
    ['from outside to outside', [distributed, FAR_AWAY, UPSTREAM], 'Both ends are outside'],
    ['to a group', [distributed, floated, '224.0.0.5'], 'no address that somebody outside can have'],
    ['to the host itself', [distributed, floated, '127.0.0.1'], 'no address that somebody outside can have'],
    ['to a link-local address', [distributed, floated, '169.254.169.254'], 'no address that somebody outside can have'],
    ['to a reserved address', [distributed, floated, '255.255.255.255'], 'no address that somebody outside can have'],
    ['to a VM’s own address', [distributed, floated, '10.0.3.4'], 'vxlan-2 eth0 has it in vxlan. Choose that port.'],
    ['to a floating IP’s address', [distributed, plain, FLOATING], `it is floating IP ${FLOATING}. Choose that floating IP.`],
    ['to nobody’s address in the network', [distributed, floated, '10.0.3.200'], 'it is an address of vxlan, and no port has it'],
    ['to a floating IP that leads nowhere', [free, plain, floatingId], `Floating IP ${FLOATING} leads to no port`],
    ['out of a network without a router', [alone, plain, FAR_AWAY], 'it has no router'],
    ['out by a router without a gateway', [closed, plain, FAR_AWAY], 'router r1 has no gateway'],
    ['in to a VM with a floating IP', [centralized, FAR_AWAY, floated], `choose its floating IP ${FLOATING}`],
    ['in to a VM without one', [centralized, FAR_AWAY, plain], 'it has no floating IP'],
    ['to the floating IP of the VM itself', [distributed, floated, floatingId], 'two different ports'],
    [
      'out of a network by an interface of its router',
      [centralized, 'b0000003-0000-4000-8000-000000000001', FAR_AWAY],
      'gateway of router r1',
    ],
  ])('%s', (_, given, sentence) => {
    const path = cloud.drawOut(...given)
    expect(isPath(path) ? '' : explainNoPath(path)).toContain(sentence)
  })
})

it.each([
  ['of the VM alone', distributed, floated, FAR_AWAY, ['cmp1']],
  ['of the VM and of the router', centralized, plain, FAR_AWAY, ['cmp2', 'net1']],
  ['of the router and of the VM', centralized, FAR_AWAY, floatingId, ['cmp1', 'net1']],
  ['of both VMs', distributed, inExternal, floatingId, ['cmp2', 'cmp1']],
])('reads the hosts %s', (_, topology, from, to, names) => {
  expect(
    crossedHosts({ topology, observations: new Map(), found: new Set() }, from, to)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(names.sort())
})

describe('what nothing arrives to answer', () => {
  const closed: cloud.Change = (state) => ({
    ...state,
    sysctls: state.sysctls.map((each) => (each.key.endsWith('ip_forward') ? { ...each, value: '0' } : each)),
  })

  it('is drawn as a request to who has an address outside', () => {
    const { back } = draw(distributed, floated, FAR_AWAY, { change: { [cloud.cmp1]: closed } })
    expect(shown(back).slice(0, 2)).toEqual(['- outside vlan', 'cmp1 nic ens38'])
  })

  it('and to nobody else: who leaves by the address of a router is not asked for', () => {
    const { forth, back } = draw(centralized, plain, FAR_AWAY, { change: { [cloud.net1]: closed } })
    expect(findings(forth)).toEqual([expect.stringContaining(`${QROUTER} does not forward`)])
    expect([shown(back), findings(back), back.hops[0]!.host]).toEqual([['- outside vlan'], [], 'unchecked'])
    expect(explainHopDetail(back.hops[0]!)).toBe('by a way that nothing here tells')
  })
})

it('who is outside of a gateway cluster comes in by members of which nothing is read, and nobody here is accused of not answering him', () => {
  const gateways = cloud.routedTopology({ isDistributed: true, router: { floatingIpMode: 'gateway' } })
  const { forth } = draw(gateways, FAR_AWAY, floatingId)
  expect([shown(forth), findings(forth), forth.hops[0]!.host]).toEqual([['- outside vlan'], [], 'unchecked'])
})
