// What a host's run tells when more goes wrong than its step: runs on real hosts are in lab/tests/apply.lab.test.ts.

import { expect, it } from 'vitest'
import { compileHost } from '@/server/core/compile/compile'
import { emptyHostState, type HostState } from '@/server/core/host/host-state'
import type { HostObservation } from '@/server/core/host/observation'
import { planHost } from '@/server/core/plan/plan-host'
import { sampleTopology } from '@/server/core/testing/sample-topology'
import { systemClock } from '@/server/effects/clock'
import type { HostSession } from '@/server/effects/ssh/host-session'
import { runHost, type HostRunDeps } from './run-host'

const topology = sampleTopology({ networks: [2] })
const host = topology.hosts[1]!
const desired = compileHost(topology, host.id)
const nic = (name: string) => ({ netns: '', name, type: 'physical', owner: null, isUp: true }) as HostState['links'][number]
const reading = (state: Partial<HostState>) =>
  ({ hostId: host.id, observedAt: '2026-01-02T03:04:05.678Z', durationMs: 1, state: { ...emptyHostState, ...state }, facts: { tools: {}, neutronAgents: [], sshLink: null, kvm: 'usable' }, unparsed: [], raw: {} }) as unknown as HostObservation
const bare = reading({ links: [nic('ens37'), nic('ens38')] })
const plan = planHost(host, desired, bare)

/** Takes two commands, then fails; `readings` are what it reads one after the other, and then nothing. */
async function runOn(readings: readonly HostObservation[], log: Partial<HostRunDeps['log']> = {}) {
  const sent: (string | undefined)[] = []
  const left = [...readings]
  const session = {
    hostId: host.id,
    roundTrips: 0,
    run: async (command) => {
      sent.push(command.argv[0])
      return { host: host.name, argv: command.argv, exitCode: sent.length === 3 ? 1 : 0, stdout: '', stderr: '', durationMs: 1, isTruncated: false }
    },
  } as HostSession
  const observe = async () => {
    const next = left.shift()
    if (!next) throw new Error('connect ECONNREFUSED')
    return next
  }
  const deps: HostRunDeps = {
    hosts: { session: () => session, observe },
    clock: systemClock,
    signal: new AbortController().signal,
    log: { phase: async () => {}, step: async () => {}, ...log },
    onStepsDone: async () => {},
  }
  return { sent, result: await runHost(deps, host, plan, desired) }
}

const halfBuilt = reading({ ...desired, links: [...desired.links, nic('ens37'), nic('ens38')] })

it('undoes what was done', async () => {
  const { sent, result } = await runOn([bare, halfBuilt, bare])
  expect(sent.length).toBeGreaterThan(3)
  expect(result).toMatchObject({ failure: { wasUndone: true }, leftovers: [] })
})

it('undoes it also when the journal cannot be written any more', async () => {
  const full = async () => {
    throw new Error('database or disk is full')
  }
  const { sent } = await runOn([bare, halfBuilt, bare])
  const hindered = await runOn([bare, halfBuilt, bare], { phase: full, step: (record) => (record.isUndo ? full() : Promise.resolve()) })
  expect(hindered.sent).toEqual(sent)
  expect(hindered.result).toMatchObject({ failure: { wasUndone: true }, leftovers: [] })
})

it('does not say that it was undone when the host could not be entered again', async () => {
  const { sent, result } = await runOn([bare])
  expect(sent).toHaveLength(3)
  expect(result).toMatchObject({ failure: { wasUndone: false }, leftovers: [expect.stringMatching(/^unknown: .*ECONNREFUSED/)] })
})
