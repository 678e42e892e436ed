// Paths through the distributed router of a real Neutron 21, as two of its hosts were read.

import { describe, expect, it } from 'vitest'
import { topologyFromObservations } from '../found/found-topology'
import { explainHopDetail, explainHopFinding } from '../explain/hop'
import { type Edit, loadNeutronCloud } from '../parse/fixtures/load-neutron-cloud'
import { isPath } from './is-path'
import { computeObservedPath } from './observed-path'
import type { Leg, Path } from './path'

const NETNS = 'qrouter-36754a3d-b194-42f1-b8fc-cb2ed7e1ad78'

/** The recording is from before a reading asked for these. */
const withSection = (name: string, text: string): Edit => (reading) => `${text}\n@@abcdef0123456789 0 ${name}\n${reading}`
const settings = ['net/ipv4/ip_forward:1', ...['all', 'qr-3a359ab0-47', 'qr-635fdcfe-f2'].map((device) => `net/ipv4/conf/${device}/rp_filter:0`)]
const forwarding = withSection(`sysctl ${NETNS}`, settings.join('\n'))

function draw(edit: Edit = forwarding): Path {
  const observations = loadNeutronCloud('40-router', { h1: edit, h2: edit })
  const known = topologyFromObservations([...observations.values()]).ports
  const [source, destination] = ['f4513237', '862840a0'].map((start) => known.find(({ id }) => id.startsWith(start))!.id)
  const path = computeObservedPath(observations, source!, destination!)
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

const plug = (host: string, id: string) => ['vm eth0', `tap tap${id}`, `qbr qbr${id}`, `qvb qvb${id}`, `qvo qvo${id}`].map((place) => `${host} ${place}`)
const across = (host: string) => ['br-int br-int', 'patch patch-tun', 'br-tun br-tun', 'underlay-bridge br-tunnel-if', 'nic eth1'].map((place) => `${host} ${place}`)
const routed = (host: string, entry: string, exit: string) => ['br-int br-int', `router-port ${entry}`, `router ${NETNS}`, `router-port ${exit}`].map((place) => `${host} ${place}`)

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
