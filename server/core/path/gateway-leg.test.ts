// Out of a cloud by a router's external gateway port, as Neutron's L3 agent wires and translates it (docs/reference/routers.md): the router
// of the recorded cloud, on the host where it stands, with a gateway on the provider network. Nothing of that is in the recording.

import { describe, expect, it } from 'vitest'
import { routersBetween } from '../found/found-routers'
import { topologyFromObservations } from '../found/found-topology'
import { explainHopDetail, explainHopFinding } from '../explain/hop'
import type { Link } from '../host/link'
import type { HostObservation } from '../host/observation'
import { type Edit, loadNeutronCloud } from '../parse/fixtures/load-neutron-cloud'
import { computePath } from './compute-path'
import { expectationsOf } from './expectations'
import { isPath } from './is-path'
import type { Leg, Path, PathHop } from './path'
import { hopOnTheWayBack, travelOf } from './travel'

const NETNS = 'qrouter-36754a3d-b194-42f1-b8fc-cb2ed7e1ad78'
const GATEWAY = { id: '99aabbcc-dd00-4000-8000-000000000001', device: 'qg-99aabbcc-dd', mac: 'fa:16:3e:99:00:01', ip: '192.168.201.60' }
const withSection =
  (name: string, text: string): Edit =>
  (reading) =>
    `${text}\n@@abcdef0123456789 0 ${name}\n${reading}`
const settings = [
  'net/ipv4/ip_forward:1',
  ...['all', 'qr-3a359ab0-47', GATEWAY.device].map((device) => `net/ipv4/conf/${device}/rp_filter:0`),
].join('\n')

/** What the L3 agent writes; `floating` is the floating address of the VM. */
function nat(floating: string | null): string {
  const agent = ['PREROUTING', 'POSTROUTING', 'float-snat', 'snat'].map((chain) => `:neutron-l3-agent-${chain} - [0:0]`)
  return [
    '*nat',
    ...['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'].map((chain) => `:${chain} ACCEPT [0:0]`),
    ...agent,
    ':neutron-postrouting-bottom - [0:0]',
    '-A PREROUTING -j neutron-l3-agent-PREROUTING',
    '-A POSTROUTING -j neutron-l3-agent-POSTROUTING',
    '-A POSTROUTING -j neutron-postrouting-bottom',
    ...(floating ? [`-A neutron-l3-agent-PREROUTING -d ${floating}/32 -j DNAT --to-destination 10.0.1.11`] : []),
    `-A neutron-l3-agent-POSTROUTING ! -o ${GATEWAY.device} -m conntrack ! --ctstate DNAT -j ACCEPT`,
    ...(floating ? [`-A neutron-l3-agent-float-snat -s 10.0.1.11/32 -j SNAT --to-source ${floating} --random-fully`] : []),
    '-A neutron-l3-agent-snat -j neutron-l3-agent-float-snat',
    `-A neutron-l3-agent-snat -o ${GATEWAY.device} -j SNAT --to-source ${GATEWAY.ip} --random-fully`,
    `-A neutron-l3-agent-snat -m mark ! --mark 0x2/0xffff -m conntrack --ctstate DNAT -j SNAT --to-source ${GATEWAY.ip} --random-fully`,
    '-A neutron-postrouting-bottom -m comment --comment "Perform source NAT on outgoing traffic." -j neutron-l3-agent-snat',
    'COMMIT',
  ].join('\n')
}

/** A port of the router like its others, tagged as the provider network is on this host. */
function withGateway(observation: HostObservation, floating: string | null): HostObservation {
  const { state } = observation
  const { device, mac, id, ip } = GATEWAY
  const port = state.ovsPorts.find(({ name }) => name === 'qr-635fdcfe-f2')!
  const { tag, otherConfig } = state.ovsPorts.find(({ name }) => name === 'qvo22913e1f-ee')!
  const link = state.links.find(({ name }) => name === port.name)!
  const externalIds = { ...port.interface.externalIds, 'iface-id': id, 'attached-mac': mac }
  const local = (address: string) => ({
    netns: NETNS,
    table: 'local',
    destination: `${address}/32`,
    link: device,
    source: address,
    protocol: 'kernel',
    scope: 'host',
    type: 'local',
  })
  const own = [ip, ...(floating ? [floating] : [])]
  return {
    ...observation,
    state: {
      ...state,
      ovsPorts: [...state.ovsPorts, { ...port, name: device, tag, otherConfig, interface: { ...port.interface, externalIds, ofport: 14 } }],
      links: [...state.links, { ...link, name: device, macAddress: mac, mtu: 1500 }],
      addresses: [
        ...state.addresses,
        ...own.map((address, index) => ({ netns: NETNS, link: device, cidr: `${address}/${index === 0 ? 24 : 32}` })),
      ],
      routes: [
        ...state.routes,
        { netns: NETNS, table: 'main', destination: '192.168.201.0/24', link: device, source: ip, protocol: 'kernel', scope: 'link' },
        ...own.map(local),
      ],
    },
  }
}

function draw(
  floating: string | null = null,
  edit: Edit = (text) => text,
  change = (observation: HostObservation) => observation,
  ends = ['f4513237', '93095cfd'],
): Path {
  const written: Edit = (text) => edit(withSection(`iptables ${NETNS}`, nat(floating))(withSection(`sysctl ${NETNS}`, settings)(text)))
  const read = loadNeutronCloud('40-router', { h1: written })
  const observations = new Map(
    [...read].map(([host, observation]) => [host, host === 'nref-h1' ? change(withGateway(observation, floating)) : observation]),
  )
  const topology = topologyFromObservations([...observations.values()])
  const [source, destination] = ends.map((start) => topology.ports.find(({ id }) => id.startsWith(start))!.id)
  const path = computePath({ topology, observations, found: new Set(topology.ports.map(({ id }) => id)) }, source!, destination!)
  if (!isPath(path)) throw new Error(path.code)
  return path
}

const shown = ({ hops }: Leg) => hops.map(({ hostName, role, place: { device } }) => `${hostName ?? '-'} ${role} ${device}`)
const findings = ({ hops }: Leg) => hops.flatMap(({ role, finding }) => (finding ? [`${role}: ${explainHopFinding(finding)}`] : []))
const addresses = ({ in: before, out }: PathHop) =>
  [before, out].map(({ payload }) => (payload.kind === 'ipv4' ? `${payload.source} → ${payload.destination}` : payload.kind))
const at = ({ hops }: Leg, role: PathHop['role'], nth = 0) => hops.filter((hop) => hop.role === role)[nth]!

describe.each([
  ['its router’s address', null, '192.168.201.60'],
  ['its floating address', '192.168.201.61', '192.168.201.61'],
])('a VM that leaves by qg- with %s', (_, floating, outside) => {
  const path = draw(floating)
  const { forth, back } = path

  it('goes by the gateway and the provider bridge to the wire, and the answer comes back by both', () => {
    expect(shown(forth).slice(5, 15)).toEqual([
      'nref-h1 br-int br-int', 'nref-h1 router-port qr-3a359ab0-47', `nref-h1 router ${NETNS}`, `nref-h1 router-port ${GATEWAY.device}`,
      'nref-h1 br-int br-int', 'nref-h1 patch int-br-vlan', 'nref-h1 provider-bridge br-vlan', 'nref-h1 nic eth3', '- wire physvlan', 'nref-h2 nic eth3',
    ]) // prettier-ignore
    expect(shown(back)).toEqual(shown(forth).toReversed())
    expect([findings(forth), findings(back), path.verdict]).toEqual([[], [], null])
  })

  it('is another one behind the router, which the answer undoes', () => {
    expect(addresses(at(forth, 'router'))).toEqual(['10.0.1.11 → 192.168.201.12', `${outside} → 192.168.201.12`])
    expect(explainHopDetail(at(forth, 'router'))).toBe(`route 192.168.201.0/24, source becomes ${outside}`)
    expect(addresses(at(back, 'router'))).toEqual([`192.168.201.12 → ${outside}`, '192.168.201.12 → 10.0.1.11'])
    expect(explainHopDetail(at(back, 'router'))).toBe('route 10.0.1.0/24, destination becomes 10.0.1.11')
  })

  it('is expected as it is at each place: with its own address at its tap, translated at qg- and on the wire, there with the VLAN', () => {
    const expected = (hop: PathHop) => {
      const { 'echo-request': request, 'echo-reply': reply } = expectationsOf(hop, hopOnTheWayBack(path, hop) ?? null, true)
      return [request.sourceIp, reply.destinationIp, request.encapsulation]
    }
    expect(expected(at(forth, 'tap'))).toEqual(['10.0.1.11', '10.0.1.11', 'untagged'])
    expect(expected(at(forth, 'router-port', 1))).toEqual([outside, outside, 'untagged'])
    expect(expected(at(forth, 'nic'))).toEqual([outside, outside, { kind: 'dot1q', vlanId: 201 }])
    expect(travelOf(path, 'echo-reply')).toEqual(forth.hops.toReversed())
  })
})

describe('a gateway', () => {
  it('of a provider network: br-int gives what comes in the local VLAN there', () => {
    const { forth, back } = draw()
    expect([at(forth, 'br-int'), at(forth, 'br-int', 1), at(forth, 'br-int', 2), at(back, 'br-int', 1)].map(explainHopDetail)).toEqual([
      'tag 1 (local)', 'tag 3 (local)', 'VLAN 201 → tag 2 (local)', 'VLAN 201 → tag 3 (local)',
    ]) // prettier-ignore
  })

  it.each([
    ['261154bf', '22913e1f', 'nref-h1'],
    ['3054784b', '93095cfd', 'nref-h2'],
  ])('is itself come to on its own network: from %s', (_, vm, host) => {
    for (const ends of [
      [vm, '99aabbcc'],
      ['99aabbcc', vm],
    ]) {
      const { forth, back, source, destination, verdict } = draw(null, undefined, undefined, ends)
      const [gateway, other] = ends[0] === vm ? [destination, source] : [source, destination]
      expect([gateway.label, gateway.ipAddress, other.hostName, verdict]).toEqual([
        'gateway of router 36754a3d on nref-h1',
        GATEWAY.ip,
        host,
        null,
      ])
      expect(shown(back)).toEqual(shown(forth).toReversed())
      const there = (gateway === destination ? forth : back).hops
      expect(there.slice(-2).map(({ hostName, role, place }) => `${hostName} ${role} ${place.device}`)).toEqual([
        'nref-h1 br-int br-int',
        `nref-h1 router-port ${GATEWAY.device}`,
      ])
      expect(there.some(({ role }) => role === 'wire')).toBe(host === 'nref-h2')
    }
  })

  it('that its filter closes: the rule is named', () => {
    const closed = [':FORWARD ACCEPT [0:0]', `-A FORWARD -o ${GATEWAY.device} -j DROP`].join('\n')
    const { forth } = draw(null, (text) => text.replace('*nat', `*filter\n${closed}\nCOMMIT\n*nat`))
    expect(findings(forth)).toEqual([
      `router: Frames of 77a7cfd9 end here: filter chain FORWARD, rule 1 drops: -o ${GATEWAY.device} -j DROP`,
    ])
  })
})

describe('a router whose ports are veth pairs', () => {
  const TAP = 'tap3a359ab0-47'
  const QR = 'qr-3a359ab0-47'
  /** As the interface driver makes them without internal ports: the end in the namespace has the port's name and MAC. */
  const paired: Edit = (text) => text.replaceAll(`],"${QR}","internal"`, `],"${TAP}",""`).replaceAll(`],"${QR}",`, `],"${TAP}",`)
  const veth = (observation: HostObservation): HostObservation => {
    const links = observation.state.links.flatMap((link): Link[] => {
      if (link.name !== QR) return [link]
      return [
        { ...link, type: 'veth', peer: { netns: '', name: TAP } },
        { ...link, netns: '', name: TAP, type: 'veth', macAddress: 'fe:16:3e:4c:90:64', peer: { netns: NETNS, name: QR } },
      ]
    })
    return { ...observation, state: { ...observation.state, links } }
  }
  const path = draw(null, paired, veth)

  it('are the router’s, and no VMs', () => {
    const observation = veth(loadNeutronCloud('40-router', { h1: paired }).get('nref-h1')!)
    expect(
      routersBetween([observation], ['56f2f339-5cc4-4559-a686-1b5807c058c0', 'afff0ac5-faaf-48e7-a020-6340ba721f64']).map(
        ({ id }) => `qrouter-${id}`,
      ),
    ).toEqual([NETNS])
    expect(topologyFromObservations([observation]).ports.map(({ name }) => name)).not.toContain(TAP)
  })

  it('are ends of a path, with the other end of the pair before them', () => {
    const { forth, back, verdict } = draw(null, paired, veth, ['f4513237', '3a359ab0'])
    expect(shown(forth).slice(-3)).toEqual(['nref-h1 br-int br-int', `nref-h1 tap ${TAP}`, `nref-h1 router-port ${QR}`])
    expect([shown(back), verdict, [...new Set(forth.hops.map(({ host }) => host))]]).toEqual([
      shown(forth).toReversed(),
      null,
      ['unchecked', 'agrees'],
    ])
  })

  it('are come by at both ends of the pair', () => {
    expect(shown(path.forth).slice(5, 10)).toEqual([
      'nref-h1 br-int br-int', `nref-h1 tap ${TAP}`, `nref-h1 router-port ${QR}`, `nref-h1 router ${NETNS}`, `nref-h1 router-port ${GATEWAY.device}`,
    ]) // prettier-ignore
    expect(shown(path.back)).toEqual(shown(path.forth).toReversed())
    expect(findings(path.forth)).toEqual([])
    expect(path.forth.hops.slice(6, 8).map(({ proof }) => proof)).toEqual([
      { method: 'capture', netns: '', device: TAP },
      { method: 'capture', netns: NETNS, device: QR },
    ])
  })
})
