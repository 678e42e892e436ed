import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { removeHost, updateHost } from '@/server/core/topology/kinds/host/host-edits'
import { createNetwork, updateNetwork } from '@/server/core/topology/kinds/network/network-edits'
import { createPort } from '@/server/core/topology/kinds/port/port-edits'
import { createProject } from '@/server/core/topology/kinds/project/project-edits'
import { createTrunk, removeSubPorts } from '@/server/core/topology/kinds/trunk/trunk-edits'
import { createVm, removeVm } from '@/server/core/topology/kinds/vm/vm-edits'
import { type HostAuthInput, hostRegistrationInput } from '@/server/core/topology/kinds/host/host-input'
import { sortTopology } from '@/server/core/topology/order'
import { makeSample } from '@/server/core/topology/testing/sample'
import { emptyTopology } from '@/server/core/topology/complete-topology'
import type { Topology } from '@/server/core/topology/topology'
import { nestedTopology } from '@/server/core/testing/sample-nested'
import { systemIds } from '../ids'
import type { Store } from './store'
import { anObservation, aPlan, aRun, aVerification, firstPage, pairOf, phaseEvent } from './testing/records'
import { openTempStore, type TempStore } from './testing/temp-store'

let temp: TempStore
beforeEach(async () => {
  temp = await openTempStore()
})
afterEach(() => temp.remove())

const put = (topology: Topology) => temp.store.edit(() => ({ ok: true, topology, value: null }))
const registration = (changes: object = {}) =>
  hostRegistrationInput.parse({
    name: 'cmp1',
    address: '192.0.2.1',
    port: 22,
    user: 'root',
    auth: { kind: 'agent' },
    roles: ['compute'],
    ...changes,
  })

describe('the design', () => {
  it('starts empty, at version and revision 0', async () => {
    expect(await temp.store.loadDesign()).toEqual({ topology: emptyTopology, version: 0, base: { number: 0, topology: emptyTopology } })
  })

  it('comes back as it went in, also to another process', async () => {
    const { topology } = makeSample().draft
    await put(topology)
    expect(await temp.store.loadTopology()).toEqual(topology)
    expect(await temp.reopen().loadTopology()).toEqual(topology)
  })

  it('keeps trunks with their subports, and which NICs were there before their VM', async () => {
    const trunks = makeSample()
    const { draft, demo, blue, cmp1 } = trunks
    const deps = { ids: draft.ids, now: '2026-01-01T00:00:00.000Z' }
    const [parent, first, second] = ['parent', 'first', 'second'].map(
      (name) => draft.make(createPort({ networkId: blue, name }, draft.ids)).id,
    ) as [string, string, string]
    const subPorts = [second, first].map((portId, index) => ({ portId, segmentationType: 'vlan', segmentationId: 20 - index }))
    const { id } = draft.make(createTrunk({ projectId: demo, name: '', portId: parent, subPorts, isAdminStateUp: true }, deps))
    draft.make(
      createVm(
        {
          projectId: demo,
          name: 'vm',
          hostId: cmp1,
          networkIds: [blue],
          nics: [{ portId: parent }],
          memoryMib: 128,
          vcpus: 1,
          boot: { kind: 'disk', path: '/a', format: 'raw' },
        },
        draft.ids,
      ),
    )
    await put(draft.topology)
    expect(await temp.store.loadTopology()).toEqual(draft.topology)
    expect((await temp.store.loadTopology()).vms.find(({ name }) => name === 'vm')?.keptPortIds).toEqual([parent])
    draft.make(removeSubPorts(id, { portIds: [second] }, deps))
    await put(draft.topology)
    expect(await temp.store.loadTopology()).toEqual(draft.topology)
  })

  it('keeps nested uplinks, wires and hosts that are VMs, and gives them up in one edit', async () => {
    const topology = sortTopology(nestedTopology())
    await put(topology)
    expect(await temp.store.loadTopology()).toEqual(topology)
    await put(emptyTopology)
    expect(await temp.store.loadTopology()).toEqual(emptyTopology)
  })

  it('counts versions and tells listeners', async () => {
    const heard: number[] = []
    const listening = (async () => {
      for await (const event of temp.events.subscribe(['design'], new AbortController().signal)) if (heard.push(event.version) === 2) return
    })()
    await temp.store.edit(createProject({ name: 'a' }, systemIds))
    await temp.store.edit(createProject({ name: 'b' }, systemIds))
    await listening
    expect(heard).toEqual([1, 2])
  })

  it('is untouched by an edit that is refused, and nobody is told', async () => {
    await temp.store.edit(createProject({ name: 'a' }, systemIds))
    await expect(temp.store.edit(createProject({ name: 'a' }, systemIds))).rejects.toMatchObject({
      code: 'conflict',
      context: { field: 'name', rule: 'name-unique', objects: ['a'] },
    })
    expect((await temp.store.loadDesign()).version).toBe(1)
  })

  it('is untouched by an edit that fails half-way in the database', async () => {
    const { topology } = makeSample().draft
    await put(topology)
    const orphan = { ...topology.ports[0]!, id: 'orphan', networkId: 'nowhere', macAddress: 'fa:16:3e:ff:ff:ff', fixedIps: [] }
    await expect(
      put({ ...topology, projects: [...topology.projects, { id: 'p2', name: 'p2' }], ports: [...topology.ports, orphan] }),
    ).rejects.toThrow()
    expect(await temp.store.loadTopology()).toEqual(topology)
  })

  it('lets many operators edit at once without losing or doubling anything', async () => {
    const { draft, demo, physnet1 } = makeSample()
    await put(draft.topology)
    const edits = Array.from({ length: 12 }, (_, index) =>
      temp.store.edit(createNetwork({ projectId: demo, name: `n${index}`, type: 'vlan', physicalNetworkId: physnet1 }, systemIds)),
    )
    await Promise.all(edits)
    const vlanIds = (await temp.store.loadTopology()).networks.flatMap((network) =>
      network.type === 'vlan' ? [network.segmentationId] : [],
    )
    expect(vlanIds.sort()).toEqual(Array.from({ length: 13 }, (_, index) => 100 + index))
  })

  it('may be larger than one statement can carry', async () => {
    const { draft, blue } = makeSample()
    const subnetId = draft.subnet({ networkId: blue, name: 'big', cidr: '10.64.0.0/16' })
    const first = draft.topology.ports[0]!
    const ports = Array.from({ length: 1200 }, (_, index) => {
      const [high, low] = [Math.floor(index / 200) + 1, (index % 200) + 1]
      const mac = [high, low].map((byte) => byte.toString(16).padStart(2, '0')).join(':')
      return {
        ...first,
        id: `p${index}`,
        name: `p${index}`,
        macAddress: `fa:16:3e:ff:${mac}`,
        networkId: blue,
        fixedIps: [{ subnetId, ipAddress: `10.64.${high}.${low}` }],
      }
    })
    const large = sortTopology({ ...draft.topology, ports: [...draft.topology.ports, ...ports] })
    await put(large)
    expect(await temp.store.loadTopology()).toEqual(large)
    await put(draft.topology)
    expect(await temp.store.loadTopology()).toEqual(draft.topology)
  }, 60_000)

  it('lets objects swap what must be unique', async () => {
    const { draft, cmp1, cmp2, green } = makeSample()
    const red = draft.network({
      projectId: draft.topology.projects[0]!.id,
      name: 'red',
      type: 'vlan',
      physicalNetworkId: draft.topology.physicalNetworks[0]!.id,
    })
    await put(draft.topology)
    const swapIds = (id: number | null) => (id === 100 ? 101 : id === 101 ? 100 : id)
    const names = new Map([
      [cmp1, 'cmp2'],
      [cmp2, 'cmp1'],
    ])
    const swapped: Topology = {
      ...draft.topology,
      networks: draft.topology.networks.map((network) =>
        [green, red].includes(network.id) ? { ...network, segmentationId: swapIds(network.segmentationId) } : network,
      ),
      hosts: draft.topology.hosts.map((host) => ({ ...host, name: names.get(host.id) ?? host.name })),
    }
    await put(swapped)
    const after = await temp.store.loadTopology()
    expect(after.networks.find(({ id }) => id === red)?.segmentationId).toBe(100)
    expect(after.hosts.find(({ id }) => id === cmp1)?.name).toBe('cmp2')
  })
})

describe('revisions', () => {
  it('are numbered, list what changed, and never change', async () => {
    const { draft, web1, blue } = makeSample()
    await put(draft.topology)
    await temp.store.revisions.record(draft.topology, 'plan-1')
    await temp.store.edit(updateNetwork(blue, { name: 'navy' }, systemIds))
    await temp.store.edit(removeVm(web1, systemIds))
    const second = await temp.store.revisions.record(await temp.store.loadTopology(), 'plan-2')
    expect(second.changes.map(({ action, name }) => `${action} ${name}`)).toEqual(['change navy', 'remove web-1', 'remove web-1 eth0'])
    expect((await temp.store.revisions.list(firstPage)).items).toMatchObject([
      { number: 2, planId: 'plan-2', changeCounts: { create: 0, change: 1, remove: 2 }, counts: { vm: 1 } },
      { number: 1, planId: 'plan-1', counts: { vm: 2, host: 3 } },
    ])
    expect(await temp.store.revisions.latest()).toMatchObject({ number: 2, planId: 'plan-2' })
    expect(await temp.store.revisions.list({ limit: 1, cursor: null })).toMatchObject({ items: [{ number: 2 }], nextCursor: 2, total: 2 })
    expect(await temp.store.revisions.list({ limit: 1, cursor: 2 })).toMatchObject({ items: [{ number: 1 }], nextCursor: null, total: 2 })
    expect((await temp.store.revisions.get(1)).topology).toEqual(draft.topology)
    expect(await temp.store.revisions.latestNumber()).toBe(2)
    await expect(temp.store.revisions.get(3)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('discarding goes back to the last one exactly', async () => {
    const { draft, web1, blue, green, demo, physnet1, net1 } = makeSample()
    await put(draft.topology)
    await temp.store.revisions.record(draft.topology, 'plan-1')
    await temp.store.edit(removeVm(web1, systemIds))
    await temp.store.edit(updateNetwork(green, { segmentationId: 150 }, systemIds))
    await temp.store.edit(
      createNetwork({ projectId: demo, name: 'thief', type: 'vlan', physicalNetworkId: physnet1, segmentationId: 100 }, systemIds),
    )
    await temp.store.edit(updateHost(net1, { roles: ['compute'] }, systemIds))
    await temp.store.edit(updateNetwork(blue, { name: 'navy', mtu: 1400 }, systemIds))
    await temp.store.discardChanges()
    expect(await temp.store.loadTopology()).toEqual(draft.topology)
  })
})

describe('how hosts are entered', () => {
  const privateKey = ssh2.utils.generateKeyPairSync('ed25519', { passphrase: 'open', cipher: 'aes256-ctr', rounds: 1 }).private
  const auths: [string, HostAuthInput, object][] = [
    ['password', { kind: 'password', password: 'hunter2 ünïcode' }, { kind: 'password', password: 'hunter2 ünïcode' }],
    ['key', { kind: 'key', privateKey, passphrase: 'open' }, { kind: 'key', privateKey, passphrase: 'open' }],
    ['agent', { kind: 'agent', socketPath: '/run/agent' }, { kind: 'agent', socketPath: '/run/agent' }],
  ]
  it('says of a host that it is read-only, from the next command on', async () => {
    const { id } = await temp.store.hosts.register(registration({}))
    expect(await temp.store.hosts.loadAccess(id)).not.toHaveProperty('isReadOnly')
    await temp.store.hosts.update(id, { isReadOnly: true })
    expect(await temp.store.hosts.loadAccess(id)).toMatchObject({ isReadOnly: true })
    await temp.store.hosts.update(id, { isReadOnly: false })
    expect(await temp.store.hosts.loadAccess(id)).not.toHaveProperty('isReadOnly')
  })

  it.each(auths)('a %s comes back for the connection only', async (kind, auth, expected) => {
    const { id } = await temp.store.hosts.register(registration({ auth }))
    expect(await temp.store.hosts.loadAccess(id)).toMatchObject({
      hostId: id,
      name: 'cmp1',
      address: '192.0.2.1',
      auth: expected,
      pinnedFingerprint: null,
    })
    const shown = await temp.store.hosts.describeAccess([id])
    expect(shown.get(id)).toEqual({ address: '192.0.2.1', port: 22, user: 'root', authKind: kind, privateKeyPath: null, fingerprint: null })
  })

  it('no secret is readable in the data directory, and the key is its owner’s alone', async () => {
    await temp.store.hosts.register(registration({ auth: { kind: 'password', password: 'correct-horse-battery' } }))
    for (const name of readdirSync(temp.dataDirectory)) {
      expect(readFileSync(join(temp.dataDirectory, name)).includes('correct-horse-battery'), name).toBe(false)
    }
    expect(statSync(join(temp.dataDirectory, 'secret.key')).mode & 0o777).toBe(0o600)
  })

  it('a key file is read when it is needed, and its absence is said', async () => {
    const privateKeyPath = join(temp.dataDirectory, 'secret.key')
    const { id } = await temp.store.hosts.register(registration({ auth: { kind: 'password', password: 'x' } }))
    await temp.store.hosts.update(id, { auth: { kind: 'key-file', privateKeyPath } })
    expect(await temp.store.hosts.loadAccess(id)).toMatchObject({ auth: { kind: 'key', privateKey: readFileSync(privateKeyPath, 'utf8') } })
    await temp.store.hosts.update(id, { auth: { kind: 'key-file', privateKeyPath: '/nowhere' } })
    await expect(temp.store.hosts.loadAccess(id)).rejects.toMatchObject({
      code: 'authentication_failed',
      context: { field: 'auth.privateKeyPath' },
    })
  })

  it('[PLAN-34] no two hosts of the design have one address, but one that left it does not count', async () => {
    const { id } = await temp.store.hosts.register(registration())
    const other = await temp.store.hosts.register(registration({ name: 'cmp2', port: 2222 }))
    const conflict = {
      code: 'conflict',
      message: expect.stringContaining('"cmp1" is entered at 192.0.2.1:22 already'),
      context: { field: 'address', rule: 'host-address-unique' },
    }
    await expect(temp.store.hosts.register(registration({ name: 'cmp3' }))).rejects.toMatchObject(conflict)
    await expect(temp.store.hosts.update(other.id, { port: 22 })).rejects.toMatchObject(conflict)
    await temp.store.hosts.update(id, { address: '192.0.2.1', port: 22, availabilityZone: 'az2' })
    await temp.store.edit(removeHost(id, systemIds))
    await temp.store.hosts.update(other.id, { port: 22 })
  })

  it('an update changes design and access together, or neither', async () => {
    const { id } = await temp.store.hosts.register(registration())
    await temp.store.hosts.acceptKey(id, 'SHA256:abc')
    await temp.store.hosts.update(id, { name: 'renamed', port: 2222 })
    expect(await temp.store.hosts.loadAccess(id)).toMatchObject({
      name: 'renamed',
      port: 2222,
      address: '192.0.2.1',
      pinnedFingerprint: 'SHA256:abc',
    })
    await expect(temp.store.hosts.update(id, { name: 'again', address: 'no good' })).rejects.toMatchObject({
      code: 'invalid_input',
      context: { field: 'address' },
    })
    expect((await temp.store.loadTopology()).hosts[0]!.name).toBe('renamed')
  })

  it('outlives the host in the design for as long as the last revision knows it', async () => {
    const { id } = await temp.store.hosts.register(registration())
    await temp.store.revisions.record(await temp.store.loadTopology(), 'plan-1')
    await temp.store.edit(removeHost(id, systemIds))
    expect((await temp.store.loadTopology()).hosts).toEqual([])
    expect(await temp.store.hosts.loadAccess(id)).toMatchObject({ address: '192.0.2.1' })
    const end = await startRun('run-2')
    await temp.store.revisions.record(emptyTopology, 'plan-2')
    await end()
    await expect(temp.store.hosts.loadAccess(id)).rejects.toMatchObject({ code: 'authentication_failed' })
  })

  it('is forgotten at once for a host that was never applied', async () => {
    const { id } = await temp.store.hosts.register(registration())
    await temp.store.edit(removeHost(id, systemIds))
    expect(await temp.store.hosts.describeAccess([id])).toEqual(new Map())
  })

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['removed', (id) => temp.store.edit(removeHost(id, systemIds))],
    ['discarded', () => temp.store.discardChanges()],
  ])('is kept for a host that is %s during a run, until the run ends', async (_, takeOut) => {
    const { id } = await temp.store.hosts.register(registration())
    const end = await startRun('run-1')
    await takeOut(id)
    expect((await temp.store.loadTopology()).hosts).toEqual([])
    expect(await temp.store.hosts.loadAccess(id)).toMatchObject({ address: '192.0.2.1' })
    await end()
    expect(await temp.store.hosts.describeAccess([id])).toEqual(new Map())
  })

  it('is kept for a host that is removed during the run that makes its first revision, and can be brought back', async () => {
    const { id } = await temp.store.hosts.register(registration())
    const atStart = await temp.store.loadTopology()
    const end = await startRun('run-1')
    await temp.store.edit(removeHost(id, systemIds))
    await temp.store.revisions.record(atStart, 'plan-1')
    await end()
    await temp.store.discardChanges()
    expect((await temp.store.loadTopology()).hosts).toMatchObject([{ id }])
    expect(await temp.store.hosts.loadAccess(id)).toMatchObject({ address: '192.0.2.1' })
  })

  it('can be entered anew when it is lost, as a whole', async () => {
    const { id } = await temp.store.hosts.register(registration())
    await temp.sql('DELETE FROM HostAccess')
    await temp.store.hosts.update(id, { name: 'renamed' })
    await expect(temp.store.hosts.update(id, { address: '192.0.2.7' })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('authentication together'),
    })
    await temp.store.hosts.update(id, { address: '192.0.2.7', port: 22, user: 'ops', auth: { kind: 'password', password: 'again' } })
    expect(await temp.store.hosts.loadAccess(id)).toMatchObject({
      name: 'renamed',
      address: '192.0.2.7',
      user: 'ops',
      auth: { kind: 'password', password: 'again' },
      pinnedFingerprint: null,
    })
  })
})

const at = (hour: number): string => new Date(Date.UTC(2026, 0, 1, hour)).toISOString()

/** Recorded as running; the end is recorded by what is returned. */
async function startRun(id: string): Promise<() => Promise<boolean>> {
  const plan = aPlan(`plan of ${id}`)
  await temp.store.plans.save(plan)
  await temp.store.runs.save(aRun(id, plan))
  const ended = aRun(id, plan, { status: 'failed', phase: 'done' })
  return () => temp.store.runs.finish(ended, { runId: id, seq: 1, at: ended.startedAt, type: 'finished', run: ended })
}

describe('records', () => {
  it('keep runs with their plan, the latest first', async () => {
    const plan = aPlan('plan-1')
    await temp.store.plans.save(plan)
    await temp.store.runs.save(aRun('run-1', plan, { status: 'failed', startedAt: '2026-01-01T00:00:00.000Z' }))
    await temp.store.runs.save(aRun('run-2', plan))
    expect(await temp.store.runs.get('run-2')).toEqual(aRun('run-2', plan))
    expect((await temp.store.runs.list(firstPage)).items.map(({ id, status }) => [id, status])).toEqual([
      ['run-2', 'running'],
      ['run-1', 'failed'],
    ])
    expect((await temp.store.runs.listUnfinished()).map(({ id }) => id)).toEqual(['run-2'])
    expect((await temp.store.runs.listGoing()).map(({ id }) => id)).toEqual(['run-2'])
    expect(await temp.store.runs.latest()).toMatchObject({ id: 'run-2' })
    await expect(temp.store.runs.get('run-3')).rejects.toMatchObject({ code: 'not_found' })
    await expect(temp.store.plans.get('plan-2')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('journal events in order, and refuse a number that is taken', async () => {
    for (const seq of [1, 2, 3]) await temp.store.runs.appendEvent(phaseEvent('run-1', seq))
    await temp.store.runs.appendEvent(phaseEvent('run-2', 1))
    expect((await temp.store.runs.listEvents('run-1', 1)).map(({ seq }) => seq)).toEqual([2, 3])
    await expect(temp.store.runs.appendEvent(phaseEvent('run-1', 3))).rejects.toThrow()
    await temp.store.runs.appendEvent(phaseEvent('run-1', 4))
    expect(await temp.store.runs.listEvents('run-1', 3)).toHaveLength(1)
  })

  it('tell what was left running also where its plan is lost, so that it can be ended', async () => {
    const run = aRun('r', aPlan('lost'))
    await temp.store.runs.save(run)
    await temp.sql('DELETE FROM PlanRecord')
    const [left] = await temp.store.runs.listUnfinished()
    expect(left).toEqual({ ...run, plan: expect.objectContaining({ id: 'lost', hosts: [] }) })
    await expect(temp.store.runs.get('r')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('keep no more of what a step printed than people read', async () => {
    const plan = aPlan('p')
    await temp.store.plans.save(plan)
    const result = {
      host: 'cmp1',
      argv: ['x'],
      exitCode: 0,
      stdout: '\u001b'.repeat(2_000_000),
      stderr: '',
      durationMs: 1,
      isTruncated: false,
    }
    const step = { hostId: 'h', stepId: 's', title: 'loud', isUndo: false, status: 'done' as const, startedAt: null, result }
    await temp.store.runs.save(aRun('r', plan, { steps: [step] }))
    await temp.store.runs.appendEvent({ runId: 'r', seq: 1, at: 'now', type: 'step', step })
    const ended = aRun('r', plan, { status: 'succeeded', steps: [step] })
    await temp.store.runs.finish(ended, { runId: 'r', seq: 2, at: 'now', type: 'finished', run: ended })
    for (const answer of [await temp.store.runs.get('r'), await temp.store.runs.listEvents('r', -1)])
      expect(JSON.stringify(answer).length).toBeLessThan(100_000)
    await temp.store.close()
    expect(statSync(join(temp.dataDirectory, 'tapline.db')).size).toBeLessThan(2_000_000)
    temp.reopen()
  })

  it('keep verifications', async () => {
    await temp.store.verifications.save({ ...aVerification('v1'), status: 'running' })
    await temp.store.verifications.save(aVerification('v1'))
    expect(await temp.store.verifications.get('v1')).toEqual(aVerification('v1'))
    expect((await temp.store.verifications.list(firstPage)).items).toMatchObject([
      { id: 'v1', status: 'passed', sourceLabel: 'web-1', destinationLabel: 'web-2' },
    ])
  })

  it('page by page miss and repeat nothing where several began in one millisecond, nor when one begins meanwhile', async () => {
    const [early, late] = [at(1), at(2)]
    const begin = (id: string, startedAt: string) => temp.store.verifications.save({ ...aVerification(id), startedAt })
    for (const id of ['a', 'b', 'c', 'd']) await begin(id, early)
    await begin('e', late)
    const first = await temp.store.verifications.list({ limit: 2, cursor: null })
    await begin('f', late)
    const second = await temp.store.verifications.list({ limit: 2, cursor: first.nextCursor })
    const third = await temp.store.verifications.list({ limit: 2, cursor: second.nextCursor })
    expect([first, second, third].map(({ items, total }) => [items.map(({ id }) => id), total])).toEqual([
      [['e', 'd'], 5],
      [['c', 'b'], 6],
      [['a'], 6],
    ])
    expect(third.nextCursor).toBeNull()
    expect(await temp.store.verifications.latest()).toMatchObject({ id: 'f' })
  })

  it('have the last evidence of each path, however many verifications of others came after it', async () => {
    const { verifications } = temp.store
    const proof = { ...aVerification('proof'), startedAt: at(1) }
    const back = { ...proof, id: 'back', source: proof.destination, destination: proof.source, startedAt: at(2) }
    await verifications.save({ ...proof, id: 'older', startedAt: at(0) })
    await verifications.save(proof)
    await verifications.save(back)
    for (const [index, status] of (['cancelled', 'running'] as const).entries())
      await verifications.save({ ...proof, id: status, status, startedAt: at(3 + index) })
    for (let index = 0; index < 25; index += 1)
      await verifications.save({
        ...proof,
        id: `other-${index}`,
        destination: { ...proof.destination, id: 'elsewhere' },
        startedAt: at(5 + index),
      })
    expect(await verifications.lastEvidence(pairOf(proof))).toEqual(proof)
    expect(await verifications.lastEvidence(pairOf(back))).toEqual(back)
    expect(await verifications.lastEvidence({ ...pairOf(proof), to: 'nowhere' })).toBeNull()
  })

  it('keep the last observation of a host', async () => {
    expect(await temp.store.observations.load('h')).toBeNull()
    await temp.store.observations.save(anObservation('h', '2026-01-01T00:00:00.000Z'))
    await temp.store.observations.save(anObservation('h', '2026-01-02T00:00:00.000Z'))
    expect(await temp.reopen().observations.load('h')).toEqual(anObservation('h', '2026-01-02T00:00:00.000Z'))
  })

  it('can be written by two stores at once, as by a seed beside the console', async () => {
    const other = temp.reopen()
    const write = (store: Store, run: string) => async () => {
      for (let seq = 0; seq < 15; seq += 1) await store.runs.appendEvent(phaseEvent(run, seq))
    }
    await Promise.all([write(temp.store, 'run-1')(), write(other, 'run-2')()])
    expect(await other.runs.listEvents('run-1', -1)).toHaveLength(15)
    expect(await temp.store.runs.listEvents('run-2', -1)).toHaveLength(15)
  })

  it('cost no file handles', async () => {
    const count = () => readdirSync('/proc/self/fd').length
    const before = count()
    for (let seq = 0; seq < 50; seq += 1) await temp.store.runs.appendEvent(phaseEvent('run-1', seq))
    expect(count() - before).toBeLessThan(5)
  })
})
