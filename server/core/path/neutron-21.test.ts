// The path drawn from two hosts that Neutron 21 built, with nothing but what they say; and the expectations of its hops,
// held against the captures taken there at the same time.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { said as quote } from '../quoted'
import { countMatching } from '../packet/count-matching'
import { decodePcap } from '../packet/pcap-reader'
import { loadNeutron21 } from '../parse/fixtures/load-neutron-21'
import { expectationsOf } from './expectations'
import { hopOnTheWayBack } from './travel'
import { isPath } from './is-path'
import { topologyFromObservations } from '../found/found-topology'
import { computeObservedPath } from './testing/observed-path'
import { explainedPath, type ExplainedHop, type ExplainedPath } from '../testing/explained'

const vm1 = 'f4513237-f571-4e9e-a454-cd5927cdb9df'
const vm2 = '7668b6f4-2da6-497e-945d-25b6e6f97ba4'
const hosts = [loadNeutron21('h1'), loadNeutron21('h2')]
const observations = new Map(hosts.map((observation) => [observation.hostId, observation]))

const draw = (): ExplainedPath => {
  const path = computeObservedPath(observations, vm1, vm2)
  if (!isPath(path)) throw new Error(path.code)
  return explainedPath(path)
}
const wears = ({ encapsulation }: ExplainedHop) => {
  if (encapsulation.kind === 'vxlan')
    return `VNI 0x${encapsulation.vni.toString(16)} ${encapsulation.source} → ${encapsulation.destination}`
  return encapsulation.kind === 'local-vlan' ? `local ${encapsulation.vlan}` : encapsulation.kind
}

describe('Neutron 21, two hosts, VXLAN', () => {
  it('finds the two endpoints and their network', () => {
    const topology = topologyFromObservations(hosts)
    expect(topology.networks).toEqual([
      {
        id: '56f2f339-5cc4-4559-a686-1b5807c058c0',
        projectId: '',
        name: '56f2f339',
        type: 'vxlan',
        physicalNetworkId: null,
        segmentationId: 0x5e3,
        mtu: 1450,
        isAdminStateUp: true,
      },
    ])
    expect(topology.ports.map(({ id, macAddress, fixedIps }) => [id, macAddress, fixedIps[0]?.ipAddress])).toEqual([
      [vm1, 'fa:16:3e:5e:1a:6f', '10.0.1.11'],
      [vm2, 'fa:16:3e:da:ec:c3', '10.0.1.12'],
    ])
  })

  it('draws the path hop by hop', () => {
    const there = 'VNI 0x5e3 10.98.0.11 → 10.98.0.12'
    expect(draw().forth.hops.map((hop) => `${hop.role} ${hop.place.device} │ ${wears(hop)}`)).toEqual([
      'vm eth0 │ untagged',
      'tap tapf4513237-f5 │ untagged',
      'qbr qbrf4513237-f5 │ untagged',
      'qvb qvbf4513237-f5 │ untagged',
      'qvo qvof4513237-f5 │ untagged',
      'br-int br-int │ local 1',
      'patch patch-tun │ local 1',
      `br-tun br-tun │ ${there}`,
      `underlay-bridge br-tunnel-if │ ${there}`,
      `nic eth1 │ ${there}`,
      `wire underlay │ ${there}`,
      `nic eth1 │ ${there}`,
      `underlay-bridge br-tunnel-if │ ${there}`,
      'br-tun br-tun │ local 1',
      'patch patch-tun │ local 1',
      'br-int br-int │ untagged',
      'qvo qvo7668b6f4-2d │ untagged',
      'qvb qvb7668b6f4-2d │ untagged',
      'qbr qbr7668b6f4-2d │ untagged',
      'tap tap7668b6f4-2d │ untagged',
      'vm eth0 │ untagged',
    ])
  })

  it('finds nothing wrong with it, and claims no design', () => {
    const {
      forth: { hops },
      verdict,
    } = draw()
    expect(hops.flatMap(({ finding }) => finding ?? [])).toEqual([])
    expect(verdict).toBeNull()
    expect(new Set(hops.map(({ intent }) => intent))).toEqual(new Set(['unchecked']))
    expect(hops.filter(({ host }) => host !== 'agrees').map(({ role }) => role)).toEqual(['vm', 'wire', 'vm'])
  })

  it('proves its bridges by the flows of that pipeline, tables 58 and 59, DVR tables included', () => {
    const keys = draw().forth.hops.flatMap(({ role, proof }) =>
      proof.method === 'flow-counter' ? [`${role}: ${proof.flowKeys.join(' + ')}`] : [],
    )
    expect(keys).toEqual([
      'br-int: br-int/25/2/dl_src=fa:16:3e:5e:1a:6f,in_port=qvof4513237-f5',
      'patch: br-int/25/2/dl_src=fa:16:3e:5e:1a:6f,in_port=qvof4513237-f5 + br-tun/0/1/in_port=patch-int',
      'br-tun: br-tun/20/2/dl_dst=fa:16:3e:da:ec:c3,dl_vlan=1',
      'underlay-bridge: br-tunnel-if/0/0/',
      'underlay-bridge: br-tunnel-if/0/0/',
      'br-tun: br-tun/4/1/tun_id=0x5e3',
      'patch: br-tun/4/1/tun_id=0x5e3 + br-int/0/0/',
      'br-int: br-int/0/0/',
    ])
  })

  it('names the flows that change the header', () => {
    expect(
      draw().forth.hops.flatMap(({ role, translationFlowKey }) => (translationFlowKey ? [`${role} ${translationFlowKey}`] : [])),
    ).toEqual([
      'br-int br-int/60/3/',
      'br-tun br-tun/20/2/dl_dst=fa:16:3e:da:ec:c3,dl_vlan=1',
      'br-tun br-tun/4/1/tun_id=0x5e3',
      'br-int br-int/60/3/',
    ])
  })

  it.each([
    ['h1', 'tapf4513237-f5'],
    ['h1', 'qvbf4513237-f5'],
    ['h1', 'qvof4513237-f5'],
    ['h1', 'eth1'],
    ['h2', 'eth1'],
    ['h2', 'qvo7668b6f4-2d'],
    ['h2', 'tap7668b6f4-2d'],
  ])('%s %s: the recorded ping has the headers that are expected there', (host, device) => {
    const path = draw()
    const hop = path.forth.hops.find((each) => each.place.device === device && each.place.hostId === hosts[host === 'h1' ? 0 : 1]!.hostId)
    const file = new URL(`../packet/fixtures/${host}/${device === 'eth1' ? 'eth1-underlay' : device}.pcap`, import.meta.url)
    const { packets } = decodePcap(readFileSync(file))
    const expected = expectationsOf(hop!, hopOnTheWayBack(path, hop!) ?? null)
    expect(countMatching(packets, expected['echo-request']).matched).toBe(5)
    expect(countMatching(packets, expected['echo-reply']).matched).toBe(5)
  })
})

describe('a bridge whose flows are not all known', () => {
  const dump = 'flows br-int'
  const draft = (flows: (bridge: string) => boolean, reason: string): ExplainedPath => {
    const [h1, h2] = [hosts[0]!, hosts[1]!]
    const partial = {
      ...h1,
      state: { ...h1.state, flows: h1.state.flows.filter(({ bridge }) => flows(bridge)) },
      unparsed: [{ section: dump, text: '', reason: quote(reason) }],
    }
    const path = computeObservedPath(
      new Map([
        [h1.hostId, partial],
        [h2.hostId, h2],
      ]),
      vm1,
      vm2,
    )
    if (!isPath(path)) throw new Error(path.code)
    return explainedPath(path)
  }
  const hop = (path: ExplainedPath) =>
    path.forth.hops.find(({ role, place: { hostId } }) => role === 'br-int' && hostId === hosts[0]!.hostId)!

  it.each([
    ['a refused line, the others read', () => true, 'Unknown action "teleport"'],
    ['a dump that failed', (bridge: string) => bridge !== 'br-int', 'The bridge does not answer: exit code 1'],
  ])('neither agrees nor is accused: %s', (_, flows, reason) => {
    const path = draft(flows, reason)
    expect(path.verdict).toBeNull()
    expect(hop(path)).toMatchObject({
      host: 'unchecked',
      finding: null,
      detail: expect.stringContaining(`not known as a whole: ${dump}: ${reason}`),
    })
    expect(hop(path).proof).toMatchObject({ method: 'none', reason: expect.stringContaining(reason) })
  })

  it('is accused when its flows are known and gone', () => {
    const [h1, h2] = [hosts[0]!, hosts[1]!]
    const empty = { ...h1, state: { ...h1.state, flows: h1.state.flows.filter(({ bridge }) => bridge !== 'br-int') } }
    const path = computeObservedPath(
      new Map([
        [h1.hostId, empty],
        [h2.hostId, h2],
      ]),
      vm1,
      vm2,
    )
    expect(isPath(path) && explainedPath(path).verdict?.sentence).toMatch(/^br-int has no flows/)
  })
})
