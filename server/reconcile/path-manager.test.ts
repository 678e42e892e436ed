// Paths while hosts and design change, with a real store and real connections: to a port where nobody listens, and to one
// where somebody does but never says a word.

import { readFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Command } from '@/server/core/commands/command'
import type { HostObservation } from '@/server/core/host/observation'
import { loadNeutronCloud } from '@/server/core/parse/fixtures/load-neutron-cloud'
import { withoutParts } from '@/server/core/parse/fixtures/without-parts'
import type { HostScope } from '@/server/core/parse/host-part'
import type { NoPath, Path } from '@/server/core/path/path'
import { setHostPrepared } from '@/server/core/topology/kinds/host/host-edits'
import { createNetwork } from '@/server/core/topology/kinds/network/network-edits'
import { createPort } from '@/server/core/topology/kinds/port/port-edits'
import { createProject } from '@/server/core/topology/kinds/project/project-edits'
import { createVm, removeVm } from '@/server/core/topology/kinds/vm/vm-edits'
import { hostRegistrationInput } from '@/server/core/topology/kinds/host/host-input'
import { networkInput } from '@/server/core/topology/kinds/network/network-input'
import { vmInput } from '@/server/core/topology/kinds/vm/vm-input'
import { systemClock } from '@/server/effects/clock'
import { anObservation, aVerification } from '@/server/effects/db/testing/records'
import { openTempStore, type TempStore } from '@/server/effects/db/testing/temp-store'
import { systemIds } from '@/server/effects/ids'
import type { SshPool } from '@/server/effects/ssh/pool'
import { createHostManager, type HostManager } from './host-manager'
import { createPathManager, type PathManager } from './path-manager'

const READ_AT = '2026-01-01T00:00:00.000Z'
/** Long enough for an answer on a busy machine, and so short that no answer is waited for. */
const [PATIENT_MS, IMPATIENT_MS] = [20_000, 50]

let temp: TempStore
let hosts: HostManager
let silent: Server
const callers: Socket[] = []

beforeEach(async () => {
  temp = await openTempStore()
  hosts = createHostManager({ ...temp, clock: systemClock, ids: systemIds })
  silent = createServer((socket) => void callers.push(socket.on('error', () => undefined)))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  for (const socket of callers.splice(0)) socket.destroy()
  if (silent.listening) await new Promise((resolve) => silent.close(resolve))
  await hosts.pool.closeAll()
  await temp.remove()
})

const openManager = (patienceMs = IMPATIENT_MS): PathManager => createPathManager({ ...temp, hosts, clock: systemClock, patienceMs })

const silentPort = (): number => {
  const address = silent.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Two hosts, a port for each, and a VM on the first of them. */
async function design(port: number) {
  const { store } = temp
  const host = async (name: string, number: number) => {
    const tunnel = { address: `192.168.150.${number}`, prefixLength: 24, nic: 'ens37' }
    const login = {
      address: name === 'cmp1' ? '127.0.0.1' : 'localhost',
      port,
      user: 'root',
      auth: { kind: 'password', password: 'x' },
      fingerprint: `SHA256:${'A'.repeat(43)}`,
    }
    const { id } = await store.hosts.register(hostRegistrationInput.parse({ name, ...login, roles: ['compute'], tunnel }))
    await store.edit(setHostPrepared(id, true, systemIds))
    await store.observations.save(anObservation(id, READ_AT))
    return id
  }
  const [cmp1, cmp2] = [await host('cmp1', 12), await host('cmp2', 13)]
  const { id: projectId } = await store.edit(createProject({ name: 'demo' }, systemIds))
  const { id: networkId } = await store.edit(createNetwork(networkInput.parse({ projectId, name: 'blue', type: 'vxlan' }), systemIds))
  const { id: sourcePortId } = await store.edit(createPort({ networkId, name: 'a' }, systemIds))
  const { id: destinationPortId } = await store.edit(createPort({ networkId, name: 'b' }, systemIds))
  const boot = { kind: 'disk', path: '/img/a.qcow2', format: 'qcow2' }
  const plug = async (name: string, hostId: string, portId: string) =>
    (
      await store.edit(
        createVm(vmInput.parse({ projectId, name, hostId, networkIds: [], nics: [{ portId }], memoryMib: 128, vcpus: 1, boot }), systemIds),
      )
    ).id
  await plug('web-1', cmp1, sourcePortId)
  return { cmp1, query: { from: sourcePortId, to: destinationPortId }, plugFarEnd: () => plug('web-2', cmp2, destinationPortId) }
}

function drawn(answer: Path | NoPath | undefined): Path {
  if (answer === undefined || !('forth' in answer)) throw new Error(answer?.code ?? 'no answer')
  return answer
}

describe('hosts that are not read', () => {
  it('are named with the reason and the age of what is drawn', async () => {
    const port = silentPort()
    await new Promise((resolve) => silent.close(resolve))
    const { query, plugFarEnd } = await design(port)
    await plugFarEnd()
    const refused = { status: 'unreachable', said: expect.stringContaining('refused the connection') }
    const manager = openManager(PATIENT_MS)
    const path = drawn(await manager.compute(query, { fresh: true }))
    expect(path.hosts).toMatchObject([
      { name: 'cmp1', observedAt: READ_AT, trouble: refused },
      { name: 'cmp2', observedAt: READ_AT, trouble: refused },
    ])
    expect(drawn(await manager.compute(query, { fresh: false })).hosts).toEqual(path.hosts)
  })

  it('do not hold up the path while they hang', async () => {
    const { cmp1, query, plugFarEnd } = await design(silentPort())
    await plugFarEnd()
    const path = drawn(await openManager().compute(query, { fresh: true }))
    // The readings go on: how they end is not known yet.
    expect((await hosts.health([cmp1])).get(cmp1)).toMatchObject({ status: 'unknown' })
    expect(path.hosts).toMatchObject([
      { id: cmp1, observedAt: READ_AT, trouble: null },
      { observedAt: READ_AT, trouble: null },
    ])
  })
})

describe('hosts that somebody else wires', () => {
  const [vm1, vm2] = ['f4513237-f571-4e9e-a454-cd5927cdb9df', '7668b6f4-2da6-497e-945d-25b6e6f97ba4']

  /** A Neutron cloud, registered read-only: no tunnel, no mapping, no port is known but what was read. */
  async function register(isReadOnly: boolean) {
    const cloud = [...loadNeutronCloud('20-provider').values()]
    for (const [index, observation] of cloud.entries()) {
      const login = {
        address: '127.0.0.1',
        port: silentPort() - index,
        user: 'root',
        auth: { kind: 'password', password: 'x' },
        fingerprint: `SHA256:${'A'.repeat(43)}`,
      }
      const { id } = await temp.store.hosts.register(
        hostRegistrationInput.parse({ name: `cloud-${index}`, ...login, roles: ['compute'], isReadOnly }),
      )
      await temp.store.observations.save({ ...observation, hostId: id })
    }
  }

  it('offer what was found on them, and its path is drawn with no intent to differ from', async () => {
    await register(true)
    const manager = openManager()
    const endpoints = await manager.endpoints()
    expect(endpoints.map(({ label, hostName, ipAddress, isFound }) => [label, hostName, ipAddress, isFound])).toContainEqual([
      '77a7cfd9',
      'cloud-0',
      '10.0.1.11',
      true,
    ])
    const path = drawn(await manager.compute({ from: vm1, to: vm2 }, { fresh: false }))
    expect([path.networkType, path.segmentationId, path.verdict]).toEqual(['vxlan', 0x5e3, null])
    expect(path.forth.hops.map(({ place: { device } }) => device)).toContain('br-tunnel-if')
    expect(new Set(path.forth.hops.map(({ intent }) => intent))).toEqual(new Set(['unchecked']))
  })

  it('are not looked at while a design may change them', async () => {
    await register(false)
    expect(await openManager().endpoints()).toEqual([])
  })
})

describe('evidence', () => {
  it('comes with its time, and with what was applied last', async () => {
    const { query, plugFarEnd } = await design(silentPort())
    await plugFarEnd()
    const manager = openManager()
    expect(drawn(await manager.compute(query, { fresh: false }))).toMatchObject({ evidence: null, revision: null })
    const kept = aVerification('v1')
    const ends = {
      source: { ...kept.source, id: query.from },
      destination: { ...kept.destination, id: query.to },
    }
    await temp.store.verifications.save({ ...kept, ...ends })
    const revision = await temp.store.revisions.record(await temp.store.loadTopology(), 'p1')
    expect(drawn(await manager.compute(query, { fresh: false }))).toMatchObject({
      evidence: { verificationId: 'v1', startedAt: kept.startedAt },
      revision: { number: 1, appliedAt: revision.createdAt },
    })
  })
})

describe('a watch without a path', () => {
  it('waits until the design has one, and again when it is lost', async () => {
    const { query, plugFarEnd } = await design(silentPort())
    const leaving = new AbortController()
    const answers = openManager()
      .watch({ ...query, intervalS: 0.01 }, leaving.signal)
      [Symbol.asyncIterator]()
    const next = async () => (await answers.next()).value as Path | NoPath | undefined

    expect(await next()).toMatchObject({ code: 'not_bound' })
    const vmId = await plugFarEnd()
    expect(drawn(await next()).destination.id).toBe(query.to)
    await temp.store.edit(removeVm(vmId, systemIds))
    expect(await next()).toMatchObject({ code: 'not_bound' })
    await plugFarEnd()
    expect(drawn(await next()).destination.id).toBe(query.to)
    leaving.abort()
    expect(await answers.next()).toMatchObject({ done: true })
  })

  it('ends when nobody looks any more', async () => {
    const { query } = await design(silentPort())
    const leaving = new AbortController()
    const answers = openManager()
      .watch({ ...query, intervalS: 1 }, leaving.signal)
      [Symbol.asyncIterator]()
    await answers.next()
    const ended = answers.next()
    leaving.abort()
    expect(await ended).toMatchObject({ done: true })
  })
})

describe('a watched path', () => {
  const NONCE = 'abcdef0123456789'
  const [vm1, vm2] = ['f4513237-f571-4e9e-a454-cd5927cdb9df', '7668b6f4-2da6-497e-945d-25b6e6f97ba4']
  const recorded = (host: 'h1' | 'h2') =>
    `\n@@${NONCE} 0 namespaces\n${readFileSync(new URL(`../core/parse/fixtures/neutron-cloud/20-provider/${host}.txt`, import.meta.url), 'utf8')}`
  /** Without a flood nothing comes to the provider bridges: what br-int would flood goes into the tunnel alone. */
  const withoutFlood = (text: string) => text.replaceAll('priority=3 actions=NORMAL', 'priority=3 actions=output:3')
  const tunnelled = ['root', 'bridge/br-int', 'bridge/br-tun', 'bridge/br-tunnel-if', 'guests']
  const flooded = ['root', 'bridge/br-ex', ...tunnelled.slice(1, 4), 'bridge/br-vlan', 'guests']

  /** Two hosts that answer what they are asked for, and the words of each question. */
  async function cloud() {
    const texts = new Map<string, string>()
    const asked: [host: string, words: readonly string[]][] = []
    const session = (hostId: string) => ({
      runOrThrow: async ({ argv }: Command) => {
        const [words, text] = [argv.slice(argv.indexOf(NONCE) + 1), texts.get(hostId)!]
        asked.push([hostId, words])
        const stdout = words.length === 0 ? text : withoutParts(text, NONCE, new Set(words) as ReadonlySet<string> as HostScope)
        return { host: hostId, argv, exitCode: 0, stdout, stderr: '', durationMs: 1, isTruncated: false }
      },
    })
    const pool = { forHost: session, closeAll: async () => undefined } as unknown as SshPool
    const manager = createHostManager({ ...temp, clock: systemClock, ids: { ...systemIds, uuid: () => NONCE } }, pool)
    const ids = await Promise.all(
      (['h1', 'h2'] as const).map(async (name, index) => {
        const login = {
          address: '192.0.2.1',
          port: 22 + index,
          user: 'root',
          auth: { kind: 'password', password: 'x' },
          fingerprint: `SHA256:${'A'.repeat(43)}`,
        }
        const { id } = await temp.store.hosts.register(
          hostRegistrationInput.parse({ name, ...login, roles: ['compute'], isReadOnly: true }),
        )
        texts.set(id, withoutFlood(recorded(name)))
        await manager.observe(id)
        return id
      }),
    )
    asked.length = 0
    const leaving = new AbortController()
    const answers = createPathManager({ ...temp, hosts: manager, clock: systemClock, patienceMs: PATIENT_MS })
      .watch({ from: vm1, to: vm2, intervalS: 0.01 }, leaving.signal)
      [Symbol.asyncIterator]()
    const next = async () => {
      const before = systemClock.now()
      const path = drawn((await answers.next()).value as Path | NoPath | undefined)
      // Never more current than what it was drawn from, and each of these was read for it.
      for (const { observedAt } of path.hosts) expect(Date.parse(observedAt!)).toBeGreaterThanOrEqual(before.getTime())
      return {
        path,
        asked: asked
          .splice(0)
          .map(([hostId, words]) => `${hostId === ids[0] ? 'h1' : 'h2'}: ${words.join(' ')}`)
          .sort(),
      }
    }
    return { manager, ids, texts, next, leave: () => leaving.abort() }
  }

  it('asks its hosts for all of them once, and then for what it rests on', async () => {
    const { manager, ids, texts, next, leave } = await cloud()
    const first = await next()
    expect(first.asked).toEqual(['h1: ', 'h2: '])
    texts.set(ids[0]!, texts.get(ids[0]!)!.replaceAll(/n_packets=\d+/g, 'n_packets=77'))
    const second = await next()
    expect(second.asked).toEqual([`h1: ${tunnelled.join(' ')}`, `h2: ${tunnelled.join(' ')}`])
    expect(second.path.forth.hops.map(({ id }) => id)).toEqual(first.path.forth.hops.map(({ id }) => id))
    const counted = async (last: Promise<HostObservation | null>) => new Set((await last)!.state.flows.map(({ packets }) => packets))
    expect((await counted(manager.last(ids[0]!))).size).toBeGreaterThan(1)
    leave()
  })

  it('[READ-5] reads a host whole at once when it comes to rest on more of it, and asks for that from then on', async () => {
    const { ids, texts, next, leave } = await cloud()
    await next()
    texts.set(ids[0]!, recorded('h1'))
    expect((await next()).asked).toEqual(['h1: ', `h1: ${tunnelled.join(' ')}`, `h2: ${tunnelled.join(' ')}`])
    expect((await next()).asked).toEqual([`h1: ${flooded.join(' ')}`, `h2: ${tunnelled.join(' ')}`])
    leave()
  })

  it('[READ-5] reads all of them whole after the design has changed, or while a run changes hosts', async () => {
    const { next, leave } = await cloud()
    const asksForAll = async () => expect((await next()).asked).toEqual(['h1: ', 'h2: '])
    await asksForAll()
    await temp.store.edit(createProject({ name: 'demo' }, systemIds))
    await asksForAll()
    temp.events.publish({ type: 'run', event: { runId: 'r', seq: 1, at: READ_AT, type: 'phase', phase: 'executing' } })
    await asksForAll()
    leave()
  })
})
