// What a path is said to rest on is enough for it: a reading of nothing else draws the same path.

import { describe, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import { topologyFromObservations } from '../found/found-topology'
import type { HostObservation } from '../host/observation'
import { emptyHostState, type HostState } from '../host/host-state'
import { withoutParts } from '../parse/fixtures/without-parts'
import { loadNeutronCloud, type CloudStage, type Edit } from '../parse/fixtures/load-neutron-cloud'
import type { HostScope } from '../parse/host-part'
import { ids } from '../testing/sample-topology'
import { redId, trunkTopology } from '../testing/sample-trunk'
import { drawPath, type PathDrawing, type PathInput } from './compute-path'
import { Cloud, networkId, ports, type PortName } from './testing/cloud'

function draw(input: PathInput, source: string, destination: string): PathDrawing {
  const drawn = drawPath(input, source, destination)
  if (!('path' in drawn)) throw new Error(drawn.code)
  return drawn
}

const told = ({ crossed }: PathDrawing) => Object.fromEntries([...crossed].map(([hostId, parts]) => [hostId, [...parts].sort()]))

describe('a path of a recorded cloud', () => {
  const NONCE = 'abcdef0123456789'
  const router = 'qrouter-36754a3d-b194-42f1-b8fc-cb2ed7e1ad78'
  /** The broadcasts before it are flooded into the provider bridges, which drop them: that they do is a part of what is said. */
  const flooded = ['bridge/br-ex', 'bridge/br-int', 'bridge/br-tun', 'bridge/br-tunnel-if', 'bridge/br-vlan', 'guests']
  const withNamespace = (netns: string, text: string) => `net/ipv4/ip_forward:1\n@@${NONCE} 0 sysctl ${netns}\n${text}`
  /** A namespace that no packet of these comes to, and a setting of the router that the recording is too old to have. */
  const edit: Edit = (text) => withNamespace('elsewhere', text.includes(router) ? withNamespace(router, text) : text)

  it.each<[CloudStage, string, string, readonly string[]]>([
    ['20-provider', 'f4513237', '7668b6f4', flooded],
    ['25-firewall', 'f4513237', '7668b6f4', flooded],
    ['30-trunk', 'f4513237', '7668b6f4', flooded],
    ['40-router', 'f4513237', '862840a0', [...flooded, `netns/${router}`]],
  ])('[READ-4] of stage %s', (stage, from, to, parts) => {
    const whole = loadNeutronCloud(stage, { h1: edit, h2: edit })
    const topology = topologyFromObservations([...whole.values()])
    const [source, destination] = [from, to].map((start) => topology.ports.find(({ id }) => id.startsWith(start))!.id)
    const input = { topology, observations: whole, found: new Set(topology.ports.map(({ id }) => id)) }
    const drawn = draw(input, source!, destination!)
    expect(told(drawn)['nref-h2']).toEqual(parts)

    const only =
      (hostId: string): Edit =>
      (text) =>
        withoutParts(edit(text), NONCE, drawn.crossed.get(hostId)!)
    const observations = loadNeutronCloud(stage, { h1: only('nref-h1'), h2: only('nref-h2') })
    expect([...observations.values()].map(({ state }) => state.sysctls.filter(({ netns }) => netns === 'elsewhere'))).toEqual([[], []])
    expect(draw({ ...input, observations }, source!, destination!)).toEqual(drawn)
  })
})

/** As if nothing else had been read. */
function within({ state, ...observation }: HostObservation, scope: HostScope): HostObservation {
  const has = (part: string) => (scope as ReadonlySet<string>).has(part)
  const inNetns = ({ netns }: { readonly netns: string }) => netns === '' || has(`netns/${netns}`)
  const kept: HostState = {
    ...state,
    namespaces: state.namespaces.filter(({ name }) => has(`netns/${name}`)),
    links: state.links.filter(inNetns),
    addresses: state.addresses.filter(inNetns),
    routes: state.routes.filter(inNetns),
    rules: state.rules.filter(inNetns),
    sysctls: state.sysctls.filter(inNetns),
    iptables: state.iptables.filter(inNetns),
    flows: state.flows.filter(({ bridge }) => has(`bridge/${bridge}`)),
    dnsmasq: has('dnsmasq') ? state.dnsmasq : emptyHostState.dnsmasq,
    domains: has('guests') ? state.domains : emptyHostState.domains,
    restoreUnits: [],
    services: [],
  }
  return { ...observation, state: kept }
}

function expectEnough(input: PathInput, source: string, destination: string): PathDrawing {
  const drawn = draw(input, source, destination)
  const observations = new Map(
    [...input.observations].map(([hostId, observation]) => [hostId, within(observation, drawn.crossed.get(hostId) ?? new Set())]),
  )
  expect(draw({ ...input, observations }, source, destination)).toEqual(drawn)
  return drawn
}

describe('a path of a design', () => {
  const sent = ['bridge/br-ens38', 'bridge/br-int', 'bridge/br-tun', 'guests']
  const dhcp = `netns/qdhcp-${networkId}`
  it.each<[string, PortName, PortName, Readonly<Record<string, readonly string[]>>]>([
    ['between VMs', 'web1', 'web2', { cmp1: [...sent, dhcp], cmp2: sent }],
    ['to a DHCP server', 'web2', 'dhcp', { cmp1: [...sent.slice(0, 3), 'dnsmasq', 'guests', dhcp], cmp2: sent }],
  ])('[READ-4] %s', (_, source, destination, parts) => {
    expect(told(expectEnough(new Cloud({ type: 'vxlan' }).input, ports[source], ports[destination]))).toEqual(parts)
  })

  const topology = trunkTopology({ linuxBridge: [2], datapathType: 'system' })
  const facts = {
    hostname: '',
    kernel: '',
    ovsVersion: null,
    ovsDatapathTypes: [],
    hasKernelDatapath: true,
    kvm: 'no-device' as const,
    libvirtVersion: null,
    tools: {},
    neutronAgents: [],
    sshLink: null,
  }
  const observations = new Map(
    [1, 2, 3].map((host) => [
      ids.host(host),
      { hostId: ids.host(host), observedAt: '', durationMs: 1, state: compileHost(topology, ids.host(host)), facts, unparsed: [] },
    ]),
  )
  it.each([1, 2, 3])('[READ-4] in network %i of hosts with either agent', (network) => {
    const drawn = expectEnough({ topology, observations }, ids.port(network, 2), ids.port(network, 3))
    // Of three networks, one is served here.
    const served = observations.get(ids.host(1))!.state.namespaces
    expect([served.length, [...(drawn.crossed.get(ids.host(1)) ?? [])].filter((part) => part.startsWith('netns/')).length]).toEqual([3, 1])
  })

  it('[READ-4] of a trunk', () => {
    expect(told(expectEnough({ topology, observations }, redId, ids.port(3, 3)))[ids.host(2)]).toEqual(['guests'])
  })
})
