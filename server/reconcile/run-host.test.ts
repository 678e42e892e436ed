// What a host's run tells when more goes wrong than its step: runs on real hosts are in lab/tests/apply.lab.test.ts.

import { expect, it } from 'vitest'
import { explainFinding } from '@/server/core/explain/finding'
import { compileHost } from '@/server/core/compile/compile'
import { emptyHostState, type HostState } from '@/server/core/host/host-state'
import type { HostObservation } from '@/server/core/host/observation'
import { planHost } from '@/server/core/plan/plan-host'
import { CLAIMED } from '@/server/core/render/claim'
import { sampleTopology } from '@/server/core/testing/sample-topology'
import { systemClock } from '@/server/effects/clock'
import type { HostSession } from '@/server/effects/ssh/host-session'
import { openMoves } from './move-gate'
import { runHost, type HostRunDeps } from './run-host'

const topology = sampleTopology({ networks: [2] })
const host = topology.hosts[1]!
const desired = compileHost(topology, host.id)
const nic = (name: string) => ({ netns: '', name, type: 'physical', owner: null, isUp: true }) as HostState['links'][number]
const reading = (state: Partial<HostState>) =>
  ({
    hostId: host.id,
    observedAt: '2026-01-02T03:04:05.678Z',
    durationMs: 1,
    state: { ...emptyHostState, ...state },
    facts: { tools: {}, neutronAgents: [], sshLink: null, kvm: 'usable' },
    unparsed: [],
  }) as unknown as HostObservation
const bare = reading({ links: [nic('ens37'), nic('ens38')] })
const plan = planHost(host, desired, bare)

const nothingMade: HostRunDeps['made'] = { load: async () => [], save: async () => {} }

/** Takes two commands, then fails; `readings` are what it reads one after the other, and then nothing. */
async function runOn(
  readings: readonly HostObservation[],
  log: Partial<HostRunDeps['log']> = {},
  made: HostRunDeps['made'] = nothingMade,
  claimedBy: string | null = null,
) {
  const sent: (string | undefined)[] = []
  let isGivenBack = false
  const answer = (argv: readonly string[], exitCode: number, stdout = '') => ({
    host: host.name,
    argv,
    exitCode,
    stdout,
    stderr: '',
    durationMs: 1,
    isTruncated: false,
  })
  const left = [...readings]
  const session = {
    hostId: host.id,
    roundTrips: 0,
    runOrThrow: async ({ argv }) => answer(argv, claimedBy === null ? 0 : CLAIMED, `${claimedBy ?? ''}\n`),
    run: async (command) => {
      if (command.argv.includes('tapline-claim')) {
        isGivenBack = true
        return answer(command.argv, 0)
      }
      sent.push(command.argv[0])
      return answer(command.argv, sent.length === 3 ? 1 : 0)
    },
  } as HostSession
  const observe = async () => {
    const next = left.shift()
    if (!next) throw new Error('connect ECONNREFUSED')
    return next
  }
  const deps: HostRunDeps = {
    hosts: { session: () => session, observe },
    made,
    clock: systemClock,
    signal: new AbortController().signal,
    log: { phase: async () => {}, step: async () => {}, ...log },
    nameOf: (id) => topology.hosts.find((each) => each.id === id)?.name ?? null,
    onStepsDone: async () => {},
    assertHeld: async () => {},
    moves: openMoves([], [])(host.id),
  }
  const result = await runHost(deps, host, plan, desired)
  return { sent, result, isGivenBack }
}

const halfBuilt = reading({ ...desired, links: [...desired.links, nic('ens37'), nic('ens38')] })

it('undoes what was done', async () => {
  const { sent, result } = await runOn([bare, halfBuilt, bare])
  expect(sent.length).toBeGreaterThan(3)
  expect(result).toMatchObject({ failure: { undo: { code: 'undone' } }, leftovers: [] })
})

it('undoes it also when the journal cannot be written any more', async () => {
  const full = async () => {
    throw new Error('database or disk is full')
  }
  const { sent } = await runOn([bare, halfBuilt, bare])
  const hindered = await runOn([bare, halfBuilt, bare], { phase: full, step: (record) => (record.isUndo ? full() : Promise.resolve()) })
  expect(hindered.sent).toEqual(sent)
  expect(hindered.result).toMatchObject({ failure: { undo: { code: 'undone' } }, leftovers: [] })
})

it('does not say that it was undone when the host could not be entered again', async () => {
  const { sent, result } = await runOn([bare])
  expect(sent).toHaveLength(3)
  expect(result).toMatchObject({
    failure: { undo: { code: 'unreadable', params: { said: expect.stringContaining('ECONNREFUSED') } } },
    leftovers: [{ code: 'way-back-unread', params: { said: expect.stringContaining('ECONNREFUSED') } }],
  })
})

it('[PLAN-31] does not say that it was undone when a part that would tell could not be read', async () => {
  const reason = { code: 'exit-code', params: { who: 'libvirt', exitCode: 1, said: '' } } as const
  const unread: HostObservation = { ...bare, unparsed: [{ section: 'virsh', text: '', reason }] }
  const { result } = await runOn([bare, halfBuilt, unread])
  expect(result.failure?.undo).toMatchObject({ code: 'unread', params: { parts: [{ why: { code: 'unread', params: { reason } } }] } })
  expect(result.leftovers.map(explainFinding)).toEqual(['VM vlan-1 (not known)'])
})

it('[PLAN-31] names what is left', async () => {
  const left = reading({ links: [...bare.state.links, desired.links.find(({ name }) => name.startsWith('qbr'))!] })
  const { result } = await runOn([bare, halfBuilt, left, left])
  expect(result).toMatchObject({
    failure: { undo: { code: 'left' } },
    leftovers: [{ code: 'left', subject: { name: 'bridge qbrff000022-00' } }],
  })
})

it('goes back a second time for what the first one uncovered', async () => {
  const tap = { netns: '', name: 'br-int', type: 'tap', owner: null } as HostState['links'][number]
  const { result, sent } = await runOn([bare, halfBuilt, reading({ links: [...bare.state.links, tap] }), bare])
  expect(result).toMatchObject({ failure: { undo: { code: 'undone' } }, leftovers: [] })
  expect(sent.at(-1)).toBe('ip')
})

it('[PLAN-33] notes what it sets out to make before its first step, and what no reading has settled after the last', async () => {
  const noted: string[][] = []
  const made: HostRunDeps['made'] = { load: async () => [], save: async (_, things) => void noted.push(things.map(({ key }) => key)) }
  const unmarked = { ...desired.links.find(({ name }) => name.startsWith('qbr'))!, owner: null }
  const left = reading({ links: [...bare.state.links, unmarked] })
  const { sent } = await runOn([bare, halfBuilt, left, left], {}, made)
  expect(noted).toEqual([expect.arrayContaining(['/qbrff000022-00', '/qvoff000022-00', 'br-int']), ['/qbrff000022-00']])
  const refused: HostRunDeps['made'] = { ...made, save: () => Promise.reject(new Error('database or disk is full')) }
  await expect(runOn([bare], {}, refused)).rejects.toThrow('full')
  expect(sent.length).toBeGreaterThan(3)
})

it('undoes it without waiting for a journal that does not answer', async () => {
  const { result } = await runOn([bare, halfBuilt, bare], {
    phase: () => new Promise(() => {}),
    step: (record) => (record.isUndo ? new Promise(() => {}) : Promise.resolve()),
  })
  expect(result).toMatchObject({ failure: { undo: { code: 'undone' } }, leftovers: [] })
})

it('[PLAN-34] does nothing on a host that another console or registration has claimed, and gives its own claim back', async () => {
  await expect(runOn([bare], {}, nothingMade, topology.hosts[2]!.id)).rejects.toThrow(
    'cmp1 is the same machine as cmp2, which is being changed just now. Nothing was done there.',
  )
  await expect(runOn([bare], {}, nothingMade, 'f0f0f0f0-0000-4000-8000-000000000001')).rejects.toThrow(
    'cmp1 is being changed by another console just now, as host f0f0f0f0-',
  )
  expect(await runOn([bare, halfBuilt, bare])).toMatchObject({ isGivenBack: true })
})
