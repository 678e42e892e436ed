// The ports of somebody else's routers as ends of a path: on one host, on many, and behind Neutron's other drivers.

import { describe, expect, it } from 'vitest'
import { explainHopDetail, explainNoPath } from '../explain/hop'
import { explainVerdict } from '../explain/verdict'
import { topologyFromObservations } from '../found/found-topology'
import type { HostObservation } from '../host/observation'
import { dhcpNamespace, routerNamespace, tapName } from '../naming'
import { loadNeutronCloud } from '../parse/fixtures/load-neutron-cloud'
import { explainedPath } from '../testing/explained'
import type { NetworkType } from '../topology/kinds/network/network'
import { crossedHosts } from './crossed-hosts'
import { isPath } from './is-path'
import { listEndpoints } from './list-endpoints'
import { nameLoss } from './name-loss'
import { computeObservedPath } from './testing/observed-path'
import type { Leg, Path, PathHop } from './path'
import { sidesOf } from './path-sides'
import { type HopSighting, noSighting } from './sighting'
import { networkId, ports } from './testing/cloud'
import { neutronised } from './testing/neutronised'
import { judgeTraffic } from './verdict'

type Observations = ReadonlyMap<string, HostObservation>
type Change = (text: string) => string

const ROUTER = '9d7c3f10-4a52-4b1e-9f6d-2c8e5b7a1d34'
const [NETNS, QR] = [routerNamespace(ROUTER), `qr-${ports.dhcp.slice(0, 11)}`]
const asIs: Change = (text) => text

const edited = (observation: HostObservation, change: Change): HostObservation =>
  JSON.parse(change(JSON.stringify(observation))) as HostObservation

/** The port of the DHCP server as that of a router: the same device by another name, in another namespace. */
const asRouter =
  (device: string): Change =>
  (text) =>
    text.replaceAll(dhcpNamespace(networkId), NETNS).replaceAll(tapName(ports.dhcp), device)

function routed(type: NetworkType, { device = QR, change = asIs, datapath = 'system' as 'system' | 'netdev' } = {}): Observations {
  const { input } = neutronised(type, datapath)
  return new Map([...input.observations].map(([id, each]) => [id, edited(each, (text) => change(asRouter(device)(text)))]))
}

function draw(observations: Observations, source: string, destination: string): Path {
  const path = computeObservedPath(observations, source, destination)
  if (!isPath(path)) throw new Error(explainNoPath(path))
  return path
}

const shown = ({ hops }: Leg) => hops.map((hop) => `${hop.hostName ?? '-'} ${hop.role} ${hop.place.device}`)
const named = ({ forth: { hops } }: Path) =>
  hops.map(({ place: { device }, encapsulation, proof, linkToNext, host }) =>
    JSON.stringify({ device, encapsulation, proof, linkToNext, host }),
  )
const endpointsOf = (observations: Observations) => listEndpoints(topologyFromObservations([...observations.values()]))
const listed = (observations: Observations) =>
  endpointsOf(observations)
    .filter(({ kind }) => kind === 'router')
    .map(({ label, networkName, hostName, ipAddress }) => [label, networkName, hostName, ipAddress])
const whyNot = (observations: Observations, source: string, destination: string) => {
  const path = computeObservedPath(observations, source, destination)
  return isPath(path) ? null : [path.code, explainNoPath(path)]
}

const link =
  (change: string): Change =>
  (text) =>
    text.replace(new RegExp(`("netns":"${NETNS}","name":"${QR}",[^}]*?)"isUp":true`), `$1${change}`)

describe('a router’s port', () => {
  it.each([
    ['its interface', QR, 'router 9d7c3f10 on cmp1', 'network:router_interface'],
    ['its gateway', `qg-${ports.dhcp.slice(0, 11)}`, 'gateway of router 9d7c3f10 on cmp1', 'network:router_gateway'],
  ])('is an endpoint, by the router, its network and its address: %s', (_, device, label, owner) => {
    const observations = routed('vxlan', { device })
    expect(listed(observations)).toEqual([[label, '11111111', 'cmp1', '10.0.0.2']])
    expect(topologyFromObservations([...observations.values()]).ports.find(({ id }) => id === ports.dhcp)).toMatchObject({
      name: device,
      deviceOwner: owner,
      deviceId: ROUTER,
      hostId: 'cmp1',
    })
  })

  it('by which routers tell each other who is active is none', () => {
    expect(listed(routed('vxlan', { device: `ha-${ports.dhcp.slice(0, 11)}` }))).toEqual([])
  })

  it.each<[NetworkType, 'system' | 'netdev']>([
    ['flat', 'system'],
    ['vlan', 'system'],
    ['vxlan', 'system'],
    ['vxlan', 'netdev'],
  ])('%s, %s: is come to as a server’s there, and sends as one', (type, datapath) => {
    const [observations, { input }] = [routed(type, { datapath }), neutronised(type, datapath)]
    for (const vm of [ports.web1, ports.web2]) {
      for (const [source, destination] of [
        [vm, ports.dhcp],
        [ports.dhcp, vm],
      ] as const) {
        const path = draw(observations, source, destination)
        expect(named(path)).toEqual(named(draw(input.observations, source, destination)).map(asRouter(QR)))
        expect([path.verdict, shown(path.back)]).toEqual([null, shown(path.forth).toReversed()])
      }
    }
    const {
      forth: { hops },
    } = draw(observations, ports.web2, ports.dhcp)
    expect(hops.at(-1)).toMatchObject({
      role: 'router-port',
      place: { netns: NETNS },
      proof: { method: 'capture', netns: NETNS, device: QR },
      host: 'agrees',
    })
    expect(explainHopDetail(hops.at(-1)!)).toBe('10.0.0.2')
  })

  it.each<[string, Change, string]>([
    ['that is down', link('"isUp":false'), `${QR} is down on cmp1 in ${NETNS}`],
    [
      'with the dead VLAN',
      (text) => text.replace(new RegExp(`("name":"${QR}",[^}]*?"tag":)3`), '$14095'),
      `${QR} has the dead VLAN tag 4095: the port was taken out of service`,
    ],
    [
      'with another local VLAN',
      (text) => text.replace(new RegExp(`("name":"${QR}",[^}]*?"tag":)3`), '$14'),
      `${QR} has tag 4, local VLAN of network 11111111 on cmp1 is 3`,
    ],
  ])('%s is named, from either end', (_, change, sentence) => {
    const observations = routed('vxlan', { change })
    for (const [source, destination] of [
      [ports.web2, ports.dhcp],
      [ports.dhcp, ports.web2],
    ] as const) {
      const {
        forth: { hops },
      } = explainedPath(draw(observations, source, destination))
      expect(hops.filter(({ role }) => role === 'router-port').map(({ finding }) => finding)).toEqual([sentence])
    }
  })
})

describe('a verification of a path to a router’s port', () => {
  const observations = routed('vxlan')
  const path = draw(observations, ports.web2, ports.dhcp)
  const topology = topologyFromObservations([...observations.values()])
  const sides = sidesOf({ topology, observations, found: new Set(topology.ports.map(({ id }) => id)) }, ports.web2, ports.dhcp)!

  /** What its device and everything before it have seen. */
  const verdictOf = (seen: HopSighting['counts'], atPort: HopSighting['counts']) => {
    const sightings = new Map(
      path.forth.hops.map(({ id, role, proof }) => [
        id,
        proof.method === 'capture' ? { ...noSighting(id), counts: role === 'router-port' ? atPort : seen } : noSighting(id),
      ]),
    )
    const { shortfall } = judgeTraffic({ path, sightings, drops: [], transmitted: 5, received: 0 })
    return (
      shortfall && [
        shortfall.hop.role,
        explainVerdict(nameLoss(shortfall, { path, sides, sightings, drops: [], guests: new Map(), filters: [] })),
      ]
    )
  }
  const asked = { 'arp-request': 1, 'arp-reply': 1, 'echo-request': 5, 'echo-reply': 0 }

  it('names the router where it has the requests and answers none', () => {
    expect(verdictOf(asked, asked)).toEqual(['router-port', expect.stringContaining('router 9d7c3f10 on cmp1')])
  })

  it('has no shortfall where it is down: the flow before it counts both ways, and its device cannot be listened at', () => {
    const {
      forth: { hops },
      ...down
    } = draw(routed('vxlan', { change: link('"isUp":false') }), ports.web2, ports.dhcp)
    const seenBy = ({ role, proof }: PathHop): HopSighting['counts'] =>
      role === 'router-port'
        ? noSighting('').counts
        : role === 'br-int'
          ? { ...asked, 'echo-request': 6, 'echo-reply': 6 }
          : proof.method === 'capture'
            ? asked
            : noSighting('').counts
    const sightings = new Map(hops.map((hop) => [hop.id, { ...noSighting(hop.id), counts: seenBy(hop) }]))
    expect(judgeTraffic({ path: { ...down, forth: { hops } }, sightings, drops: [], transmitted: 5, received: 0 }).shortfall).toBeNull()
  })

  it('names its device where they do not come there', () => {
    expect(verdictOf(asked, { ...asked, 'echo-request': 0 })).toEqual(['router-port', expect.stringContaining(`none reach ${QR}`)])
  })
})

// Both hosts of the recording have the router 36754a3d, which is distributed.
describe('a distributed router', () => {
  const recorded = loadNeutronCloud('40-router')
  const [blue, green] = ['3a359ab0-4733-41d0-98d0-0039d4d27969', '635fdcfe-f273-4c7c-a616-119f8dbacdfc']
  const [near, far, other] = [
    'f4513237-f571-4e9e-a454-cd5927cdb9df',
    '7668b6f4-2da6-497e-945d-25b6e6f97ba4',
    '862840a0-ddf0-4a23-92ba-ff97367d9e90',
  ]
  /** Without the router's devices on the second host, or without their addresses. */
  const changed = (kind: 'links' | 'addresses'): Observations =>
    new Map(
      [...recorded].map(([id, { state, ...rest }]) => [
        id,
        {
          ...rest,
          state: id === 'nref-h1' ? state : { ...state, [kind]: state[kind].filter(({ netns }) => !netns.startsWith('qrouter-')) },
        },
      ]),
    )

  it('is one endpoint in each network, which names all its hosts', () => {
    expect(listed(recorded)).toEqual([
      ['router 36754a3d on nref-h1, nref-h2', '56f2f339', 'nref-h1, nref-h2', '10.0.1.1'],
      ['router 36754a3d on nref-h1, nref-h2', 'afff0ac5', 'nref-h1, nref-h2', '10.0.2.1'],
    ])
  })

  it.each([
    ['nref-h1', near],
    ['nref-h2', far],
  ])('on %s, where the other end is, is the one that is meant', (host, vm) => {
    const path = draw(recorded, vm, blue)
    expect([path.destination.label, path.destination.hostId, path.verdict]).toEqual([`router 36754a3d on ${host}`, host, null])
    expect(shown(path.forth).slice(-3)).toEqual([
      expect.stringMatching(`^${host} qvo `),
      `${host} br-int br-int`,
      `${host} router-port qr-3a359ab0-47`,
    ])
    expect(shown(draw(recorded, blue, vm).forth)).toEqual(shown(path.forth).toReversed())
    const topology = topologyFromObservations([...recorded.values()])
    expect(
      crossedHosts({ topology, observations: recorded, found: new Set(topology.ports.map(({ id }) => id)) }, vm, blue).map(({ id }) => id),
    ).toEqual([host])
  })

  it('that has its devices on two hosts and its addresses on one stands there', () => {
    const observations = changed('addresses')
    expect(listed(observations).map(([label]) => label)).toEqual(['router 36754a3d on nref-h1', 'router 36754a3d on nref-h1'])
    expect(draw(observations, far, blue).destination.hostId).toBe('nref-h1')
  })

  it('that is on other hosts than the other end is not guessed at', () => {
    const first = recorded.get('nref-h1')!
    const third: HostObservation = { ...first, hostId: 'nref-h3', facts: { ...first.facts, hostname: 'nref-h3' } }
    expect(whyNot(new Map([...changed('links'), ['nref-h3', third]]), far, blue)).toEqual([
      'on_other_hosts',
      'router 36754a3d on nref-h1, nref-h3 is not on nref-h2, where 9ae40890 is, and frames for it leave no host.',
    ])
  })

  it('is an end in its own network: from another one, the port that is come to first is named', () => {
    expect(whyNot(recorded, other, blue)).toEqual([
      'behind_router',
      'router 36754a3d on nref-h2 is an end in 56f2f339, and 58283a75 is on afff0ac5: draw the path to its port there, qr-635fdcfe-f2.',
    ])
    expect(whyNot(recorded, blue, '22913e1f-ee76-411f-b32c-6e31695622fb')?.[1]).toContain('the router has no port there')
  })

  it('sends nothing from one of its ports to another', () => {
    expect(whyNot(recorded, blue, green)?.[0]).toBe('on_other_hosts')
    expect(whyNot(changed('addresses'), blue, green)).toEqual([
      'same_router',
      'Both ends are ports of router 36754a3d on nref-h1: what it sends itself leaves it by none of them.',
    ])
  })
})
