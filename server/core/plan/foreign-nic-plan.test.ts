// A NIC that somebody else plugged into a VM of ours, as `virsh attach-interface` does it.

import { describe, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import { diffHost, isEmptyDiff } from '../diff/host-diff'
import { isOwnNic, type Domain, type DomainInterface } from '../host/domain'
import { emptyHostState, type HostState } from '../host/host-state'
import type { Link } from '../host/link'
import type { HostObservation } from '../host/observation'
import { said } from '../testing/said'
import { ids } from '../testing/sample-topology'
import { nestedTopology } from '../testing/sample-nested'
import { trunkTopology } from '../testing/sample-trunk'
import type { Topology } from '../topology/topology'
import { findImpacts } from './impacts'
import { planHost } from './plan-host'
import { wayBack } from './testing/way-back'

const vmId = ids.vm(2, 2)
const nested = nestedTopology()
const bridged = trunkTopology({ linuxBridge: [2] })
const host = nested.hosts.find(({ id }) => id === ids.host(2))!
const stateOf = (topology: Topology) => compileHost(topology, host.id)
const foreign: DomainInterface = {
  type: 'network',
  source: 'default',
  target: 'vnet7',
  macAddress: '52:54:00:12:34:56',
  mtu: null,
  model: 'virtio',
}
const onOurBridge: DomainInterface = { ...foreign, type: 'bridge', source: 'qbrff000022-00' }

const vmHaving = (state: HostState, change: (vm: Domain) => Partial<Domain>): HostState => ({
  ...state,
  domains: state.domains.map((domain) => (domain.uuid === vmId ? { ...domain, ...change(domain) } : domain)),
})
const plugged = (state: HostState, ...nics: DomainInterface[]) =>
  vmHaving(state, ({ interfaces }) => ({ interfaces: [...interfaces, ...nics] }))
const observe = (state: HostState): HostObservation => ({
  hostId: host.id,
  observedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  state,
  facts: {
    hostname: 'cmp1',
    kernel: '6.1.0',
    ovsVersion: '3.1.0',
    ovsDatapathTypes: ['netdev'],
    hasKernelDatapath: false,
    libvirtVersion: '9.0.0',
    kvm: 'no-device',
    tools: {},
    neutronAgents: [],
    sshLink: null,
  },
  unparsed: [],
})
const planTo = (desired: HostState, observed: HostState) => planHost(host, desired, observe(observed))
const stdin = ({ steps }: ReturnType<typeof planHost>) => steps.map(({ command }) => command.stdin ?? '').join('\n')

it.each([
  ['Open vSwitch and a nested uplink', nested],
  ['a Linux bridge', bridged],
])('[DIFF-11] every NIC that we make is one of ours: %s', (_, topology) => {
  const nics = topology.hosts.flatMap(({ id }) => compileHost(topology, id).domains.flatMap(({ interfaces }) => interfaces))
  expect(nics.length).toBeGreaterThan(5)
  expect(nics.filter((nic) => !isOwnNic(nic))).toEqual([])
})

describe.each([
  ['in a network of libvirt', foreign],
  ['in a bridge of ours', onOurBridge],
  ['without a source', { ...foreign, type: 'user', source: null, target: null }],
  ['on a bridge of the host', { ...foreign, type: 'bridge', source: 'br0', target: 'tap0' }],
] as const)('[DIFF-11] a foreign NIC %s', (_, nic) => {
  it.each([
    ['Open vSwitch', nested],
    ['a Linux bridge', bridged],
  ])('is left alone and in nobody’s way: %s', (_name, topology) => {
    expect(planTo(stateOf(topology), plugged(stateOf(topology), nic))).toMatchObject({
      changes: [],
      steps: [],
      undo: [],
      blocked: [],
      kept: [],
      warnings: [],
    })
  })

  it('is left alone when a NIC of ours comes, and when one goes', () => {
    const plain = stateOf({ ...nested, nestedUplinks: [] })
    for (const [to, from] of [
      [stateOf(nested), plain],
      [plain, stateOf(nested)],
    ] as const) {
      const plan = planTo(to, plugged(from, nic))
      expect(plan.steps.filter(({ title }) => /lug NIC/.test(title)).map(({ title }) => title)).toEqual([
        expect.stringMatching(/fa:16:3d:00:00:01/),
      ])
      expect(JSON.stringify(plan.undo)).not.toContain(nic.macAddress)
      expect(plan.warnings).toEqual([])
    }
  })

  it('is left alone by a way back', () => {
    const state = plugged(stateOf(nested), nic)
    expect(wayBack(host, emptyHostState, observe(state), observe(stateOf(nested))).steps).toEqual([])
    expect(wayBack(host, emptyHostState, observe(stateOf(nested)), observe(state)).steps).toEqual([])
  })
})

it('[DIFF-11] a NIC of the design that was plugged in elsewhere is mended', () => {
  const moved = vmHaving(stateOf(nested), ({ interfaces: [first, ...rest] }) => ({
    interfaces: [{ ...first!, type: 'network', source: 'default', target: 'vnet7' }, ...rest],
  }))
  expect(planTo(stateOf(nested), moved).steps.map(({ title }) => title.split(' ')[0])).toEqual(
    expect.arrayContaining(['Undefine', 'Define']),
  )
  expect(isEmptyDiff(diffHost(stateOf(nested), stateOf(nested)))).toBe(true)
})

describe('[PLAN-24] the plan warns that a foreign NIC is lost', () => {
  const lost =
    /^cmp1: VM vlan-1 (goes|is defined anew), and what somebody else plugged into it is lost: 1 NIC 52:54:00:12:34:56 \(default\)\.$/
  it.each([
    ['with a VM that goes', emptyHostState, plugged(stateOf(nested), foreign)],
    ['with a VM that is defined anew', stateOf(nested), vmHaving(plugged(stateOf(nested), foreign), () => ({ memoryMib: 64 }))],
  ])('%s', (_, desired, observed) => {
    const plan = planTo(desired, observed)
    expect(plan.warnings!.map(said)).toEqual([
      { severity: 'warning', code: 'foreign-nics-lost', about: 'vlan-1', sentence: expect.stringMatching(lost) },
    ])
    expect(stdin(plan)).not.toContain(foreign.macAddress)
  })
  it('which a VM that keeps it does not', () =>
    expect(
      planTo(
        stateOf(nested),
        vmHaving(plugged(stateOf(nested), foreign), () => ({ isRunning: false })),
      ).warnings,
    ).toEqual([]))
})

describe('[PLAN-7] the tap of a foreign NIC in a bridge of ours', () => {
  const tap: Link = { netns: '', name: 'vnet7', type: 'tap', owner: null, master: 'br-data' }
  const having = plugged(stateOf(nested), { ...onOurBridge, source: 'br-data' })
  const observed = { ...having, links: [...having.links, tap] }
  it('keeps the bridge while the VM stays', () =>
    expect(planTo(stateOf({ ...nested, nestedUplinks: [] }), observed).kept.map((each) => said(each).sentence)).toEqual([
      'link br-data stays: device vnet7 is plugged into it, which is not ours.',
    ]))
  it('goes with the VM', () => expect(planTo(emptyHostState, observed).kept).toEqual([]))
})

describe('[DIFF-8] VLAN interfaces on a tap', () => {
  const desired = stateOf(bridged)
  it('are not made again when another NIC of the VM comes or goes while it runs', () => {
    const stale: DomainInterface = { ...foreign, type: 'bridge', source: 'brqdd000001-00', target: 'tapff000099-00' }
    const plan = planTo(desired, plugged(desired, stale))
    expect(plan.steps.map(({ title }) => title)).toEqual(['Unplug NIC 52:54:00:12:34:56 from VM vlan-1'])
    expect(findImpacts([plan], bridged, bridged)).toEqual([])
  })
  it('are made again when the NIC of that tap is plugged in anew', () => {
    const other = vmHaving(desired, ({ interfaces: [first, ...rest] }) => ({
      interfaces: [{ ...first!, macAddress: 'fa:16:3e:ff:ff:ff' }, ...rest],
    }))
    expect(diffHost(desired, other).links.added.map(({ name }) => name)).toEqual(['tapff000038-00', 'tapff000018-00'])
  })
})
