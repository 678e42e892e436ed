// Paths while hosts and design change, with a real store and real connections: to a port where nobody listens, and to one
// where somebody does but never says a word.

import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadNeutronCloud } from '@/server/core/parse/fixtures/load-neutron-cloud'
import type { NoPath, Path } from '@/server/core/path/path'
import { setHostPrepared } from '@/server/core/topology/edits/host-edits'
import { createNetwork } from '@/server/core/topology/edits/network-edits'
import { createPort } from '@/server/core/topology/edits/port-edits'
import { createProject } from '@/server/core/topology/edits/project-edits'
import { createVm, removeVm } from '@/server/core/topology/edits/vm-edits'
import { hostRegistrationInput } from '@/server/core/topology/inputs/host-input'
import { networkInput } from '@/server/core/topology/inputs/network-input'
import { vmInput } from '@/server/core/topology/inputs/port-input'
import { systemClock } from '@/server/effects/clock'
import { anObservation, aVerification } from '@/server/effects/db/testing/records'
import { openTempStore, type TempStore } from '@/server/effects/db/testing/temp-store'
import { systemIds } from '@/server/effects/ids'
import { createHostRoom, type HostRoom } from './host-room'
import { createPathRoom, type PathRoom } from './path-room'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

const READ_AT = '2026-01-01T00:00:00.000Z'
/** Long enough for an answer on a busy machine, and so short that no answer is waited for. */
const [PATIENT_MS, IMPATIENT_MS] = [20_000, 50]

let temp: TempStore
let hosts: HostRoom
let silent: Server
const callers: Socket[] = []

beforeEach(async () => {
  temp = await openTempStore()
  hosts = createHostRoom({ ...temp, clock: systemClock, ids: systemIds })
  silent = createServer((socket) => void callers.push(socket.on('error', () => undefined)))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  for (const socket of callers.splice(0)) socket.destroy()
  if (silent.listening) await new Promise((resolve) => silent.close(resolve))
  await hosts.pool.closeAll()
  await temp.remove()
})

const openRoom = (patienceMs = IMPATIENT_MS): PathRoom => createPathRoom({ ...temp, hosts, clock: systemClock, patienceMs })

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
    const login = { address: name === 'cmp1' ? '127.0.0.1' : 'localhost', port, user: 'root', auth: { kind: 'password', password: 'x' }, fingerprint: `SHA256:${'A'.repeat(43)}` }
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
    (await store.edit(createVm(vmInput.parse({ projectId, name, hostId, networkIds: [], nics: [{ portId }], memoryMib: 128, vcpus: 1, boot }), systemIds))).id
  await plug('web-1', cmp1, sourcePortId)
  return { cmp1, query: { sourcePortId, destinationPortId }, plugFarEnd: () => plug('web-2', cmp2, destinationPortId) }
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
    const room = openRoom(PATIENT_MS)
    const path = drawn(await room.compute(query, { fresh: true }))
    expect(path.hosts).toMatchObject([
      { name: 'cmp1', observedAt: READ_AT, trouble: refused },
      { name: 'cmp2', observedAt: READ_AT, trouble: refused },
    ])
    expect(drawn(await room.compute(query, { fresh: false })).hosts).toEqual(path.hosts)
  })

  it('do not hold up the path while they hang', async () => {
    const { cmp1, query, plugFarEnd } = await design(silentPort())
    await plugFarEnd()
    const path = drawn(await openRoom().compute(query, { fresh: true }))
    // The readings go on: how they end is not known yet.
    expect(await hosts.health(cmp1)).toMatchObject({ status: 'unknown' })
    expect(path.hosts).toMatchObject([{ id: cmp1, observedAt: READ_AT, trouble: null }, { observedAt: READ_AT, trouble: null }])
  })
})

describe('hosts that somebody else wires', () => {
  const [vm1, vm2] = ['f4513237-f571-4e9e-a454-cd5927cdb9df', '7668b6f4-2da6-497e-945d-25b6e6f97ba4']

  /** A Neutron cloud, registered read-only: no tunnel, no mapping, no port is known but what was read. */
  async function register(isReadOnly: boolean) {
    const cloud = [...loadNeutronCloud('20-provider').values()]
    for (const [index, observation] of cloud.entries()) {
      const login = { address: '127.0.0.1', port: silentPort() - index, user: 'root', auth: { kind: 'password', password: 'x' }, fingerprint: `SHA256:${'A'.repeat(43)}` }
      const { id } = await temp.store.hosts.register(hostRegistrationInput.parse({ name: `cloud-${index}`, ...login, roles: ['compute'], isReadOnly }))
      await temp.store.observations.save({ ...observation, hostId: id })
    }
  }

  it('offer what was found on them, and its path is drawn with no intent to differ from', async () => {
    await register(true)
    const room = openRoom()
    const endpoints = await room.endpoints()
    expect(endpoints.map(({ label, hostName, ipAddress, isFound }) => [label, hostName, ipAddress, isFound])).toContainEqual(['77a7cfd9', 'cloud-0', '10.0.1.11', true])
    const path = drawn(await room.compute({ sourcePortId: vm1, destinationPortId: vm2 }, { fresh: false }))
    expect([path.networkType, path.segmentationId, path.verdict]).toEqual(['vxlan', 0x5e3, null])
    expect(path.forth.hops.map(({ place: { device } }) => device)).toContain('br-tunnel-if')
    expect(new Set(path.forth.hops.map(({ intent }) => intent))).toEqual(new Set(['unchecked']))
  })

  it('are not looked at while a design may change them', async () => {
    await register(false)
    expect(await openRoom().endpoints()).toEqual([])
  })
})

describe('evidence', () => {
  it('comes with its time, and with what was applied last', async () => {
    const { query, plugFarEnd } = await design(silentPort())
    await plugFarEnd()
    const room = openRoom()
    expect(drawn(await room.compute(query, { fresh: false }))).toMatchObject({ evidence: null, revision: null })
    const kept = aVerification('v1')
    const ends = { source: { ...kept.source, portId: query.sourcePortId }, destination: { ...kept.destination, portId: query.destinationPortId } }
    await temp.store.verifications.save({ ...kept, ...ends })
    const revision = await temp.store.revisions.record(await temp.store.loadTopology(), 'p1')
    expect(drawn(await room.compute(query, { fresh: false }))).toMatchObject({
      evidence: { verificationId: 'v1', startedAt: kept.startedAt },
      revision: { number: 1, appliedAt: revision.createdAt },
    })
  })
})

describe('a watch without a path', () => {
  it('waits until the design has one, and again when it is lost', async () => {
    const { query, plugFarEnd } = await design(silentPort())
    const leaving = new AbortController()
    const answers = openRoom().watch({ ...query, intervalS: 0.01 }, leaving.signal)[Symbol.asyncIterator]()
    const next = async () => (await answers.next()).value as Path | NoPath | undefined

    expect(await next()).toMatchObject({ code: 'not_bound' })
    const vmId = await plugFarEnd()
    expect(drawn(await next()).destination.portId).toBe(query.destinationPortId)
    await temp.store.edit(removeVm(vmId, systemIds))
    expect(await next()).toMatchObject({ code: 'not_bound' })
    await plugFarEnd()
    expect(drawn(await next()).destination.portId).toBe(query.destinationPortId)
    leaving.abort()
    expect(await answers.next()).toMatchObject({ done: true })
  })

  it('ends when nobody looks any more', async () => {
    const { query } = await design(silentPort())
    const leaving = new AbortController()
    const answers = openRoom().watch({ ...query, intervalS: 1 }, leaving.signal)[Symbol.asyncIterator]()
    await answers.next()
    const ended = answers.next()
    leaving.abort()
    expect(await ended).toMatchObject({ done: true })
  })
})
