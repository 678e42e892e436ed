// A part of a reading that is missing, and what a plan makes of it.

import { describe, expect, it } from 'vitest'
import { said as quote } from '../quoted'
import { compileHost } from '../compile/compile'
import { emptyHostState, type HostState } from '../host/host-state'
import type { HostFacts, HostObservation, Unparsed } from '../host/observation'
import type { Link } from '../host/link'
import { said } from '../testing/said'
import { sampleTopology } from '../testing/sample-topology'
import { listDeviations, planHost } from './plan-host'
import { listUnseen, rememberUnseen } from './unseen'

const topology = sampleTopology({ networks: [2] })
const host = topology.hosts[1]!
const desired = compileHost(topology, host.id)
const nic = (name: string): Link => ({ netns: '', name, type: 'physical', owner: null, isUp: true })
const facts = { kvm: 'no-device', tools: {}, neutronAgents: [], sshLink: null } as unknown as HostFacts

const observe = (state: Partial<HostState>, ...unparsed: Unparsed[]): HostObservation => ({
  hostId: host.id,
  observedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  state: { ...emptyHostState, links: [nic('ens37'), nic('ens38')], ...state },
  facts,
  unparsed,
})
const piece = (section: string, more: Partial<Unparsed> = {}): Unparsed => ({ section, text: '', reason: quote('exit code 1'), ...more })
const whole: HostState = { ...desired, links: [...desired.links.filter((link) => link.type !== 'physical'), nic('ens37'), nic('ens38')] }
const blocked = (wanted: HostState, observation: HostObservation) =>
  planHost(host, wanted, observation).blocked.flatMap((each) =>
    each.code === 'not-observed' ? [{ label: each.params.part.section, message: said(each).sentence }] : [],
  )
const labels = (wanted: HostState, observation: HostObservation) => blocked(wanted, observation).map(({ label }) => label)

describe('[PLAN-25] a part that is not known', () => {
  it('blocks although its command succeeded: a line that was not understood may be what is looked for', () => {
    const refused = piece('ip', { text: '[{"ifindex":1,"ingress"}]', reason: quote('Not a JSON list') })
    const [block] = blocked(emptyHostState, observe({ ...whole, links: [], addresses: [] }, refused))
    expect(block).toMatchObject({
      label: 'ip',
      message: expect.stringMatching(/^cmp1: not all devices, addresses and routes are known: Not a JSON list\./),
    })
  })

  it('blocks also when nothing seems to be left to do', () => {
    expect(planHost(host, desired, observe(whole)).blocked).toEqual([])
    expect(labels(desired, observe(whole, piece('virsh')))).toEqual(['virsh'])
  })

  it('is told once, however many lines of it were refused', () => {
    const flow = (text: string) => piece('flows br-int', { text, reason: quote('Unknown action "teleport"') })
    const [block, ...more] = blocked(desired, observe(whole, flow('a'), flow('b'), flow('c')))
    expect(more).toEqual([])
    expect(block?.message).toContain('not all flows of br-int are known: Unknown action "teleport" (and 2 more like it)')
  })

  it.each([
    ['a bridge of somebody else', piece('flows br-agg')],
    ['a namespace of somebody else', piece('namespace qrouter-0a1b2c3d')],
    ['a VM of somebody else', piece('domains', { text: '<domain/>', foreign: ['5c1f0e1a-7a43-4d0e-9c55-2f61b1a7c001', 'theirs'] })],
    ['a name that is passed on to nobody', piece('name', { text: 'br-{odd}' })],
    ['filters where nothing is filtered', piece('ebtables')],
  ])('does not block when it is of %s', (_, unparsed) => {
    expect(planHost(host, desired, observe({}, unparsed)).blocked).toEqual([])
  })

  it('blocks when a foreign thing has a name that the design wants', () => {
    expect(labels(desired, observe({}, piece('flows br-int')))).toEqual(['flows br-int'])
    const [domain] = desired.domains
    expect(labels(desired, observe({}, piece('domains', { foreign: [domain!.uuid] })))).toEqual(['domains'])
  })

  it('blocks where only a mark tells that it is ours', () => {
    expect(labels(emptyHostState, observe({ ovsBridges: whole.ovsBridges }, piece('flows br-int')))).toEqual(['flows br-int'])
    expect(labels(emptyHostState, observe({}, piece('flows br-int'), piece('ip'), piece('virsh')))).toEqual([])
  })
})

describe('[PLAN-25] libvirt that has no socket', () => {
  const stopped = (wanted: HostState, state: Partial<HostState>, more: Partial<HostFacts> = {}, before: HostObservation | null = null) => {
    const now = { ...observe(state), facts: { ...facts, isLibvirtStopped: true, ...more } }
    return labels(wanted, rememberUnseen(before, now))
  }

  it('is no obstacle where it never had a VM of ours', () => {
    expect(stopped({ ...desired, domains: [] }, { ...whole, domains: [] })).toEqual([])
  })

  it.each([
    ['the design wants a VM', () => stopped(desired, { ...whole, domains: [] }), ['libvirt']],
    ['the last reading had one', () => stopped(emptyHostState, {}, {}, observe(whole)), ['libvirt']],
    [
      'one runs as a process',
      () => stopped(emptyHostState, { ovsBridges: whole.ovsBridges }, { runningGuests: ['5c1f0e1a-7a43-4d0e-9c55-2f61b1a7c001'] }),
      ['virsh'],
    ],
  ])('blocks where %s', (_, blocks, expected) => expect(blocks()).toEqual(expected))
})

describe('a host without IPv6', () => {
  const bare = { ...observe({}), facts: { ...facts, hasIpv6: false } }
  const settings = (observation: HostObservation) =>
    planHost(host, desired, observation)
      .changes.filter(({ kind }) => kind === 'sysctls')
      .map(({ key }) => key)

  it('[PLAN-27] has no setting against it to make, and all others', () => {
    const all = settings(observe({}))
    expect(all.some((key) => key.includes('/disable_ipv6'))).toBe(true)
    expect(settings(bare)).toEqual(all.filter((key) => !key.includes('/disable_ipv6')))
  })

  it('[PLAN-27] is as the design wants it without them', () => {
    const applied = { ...observe({ ...whole, sysctls: whole.sysctls.filter(({ key }) => !key.includes('/ipv6/')) }), facts: bare.facts }
    expect([planHost(host, desired, applied).steps, listDeviations(host, desired, applied)]).toEqual([[], []])
  })
})

describe('[PLAN-26] what was ours in a part that is not known now', () => {
  const before = observe(whole)
  const stopped = rememberUnseen(before, observe({ ...whole, domains: [] }, piece('virsh')))

  it('is remembered, and keeps a removal from being called done', () => {
    expect(listUnseen(stopped)).toEqual([expect.stringMatching(/^VM /)])
    const gone = rememberUnseen(stopped, observe({}, piece('virsh')))
    const [block] = blocked(emptyHostState, gone)
    expect(block).toMatchObject({
      label: 'virsh',
      message: expect.stringMatching(/VMs are known: exit code 1\. When it was last known there was VM .* of ours\./),
    })
  })

  it('survives readings that do not know it either, and ends with one that does', () => {
    const again = rememberUnseen(rememberUnseen(stopped, observe({}, piece('virsh'))), observe({}, piece('virsh')))
    expect(listUnseen(again)).toEqual(listUnseen(stopped))
    expect(rememberUnseen(again, observe({})).unseen).toBeUndefined()
  })

  it('is no foreign thing, and nothing that is seen elsewhere', () => {
    const foreign = observe({ domains: whole.domains.map((domain) => ({ ...domain, owner: null })) })
    expect(rememberUnseen(foreign, observe({}, piece('virsh'))).unseen).toBeUndefined()
    expect(rememberUnseen(before, observe(whole, piece('virsh'))).unseen).toBeUndefined()
    expect(rememberUnseen(null, observe({}, piece('virsh'))).unseen).toBeUndefined()
  })
})
