// A database of every earlier version, with something in each of its tables: migrated, all of it is there, loads and can be edited.

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest'
import { migrate } from '@/scripts/migrate'
import { blockedPlan } from '@/server/core/explain/specimens/plans'
import { failedRun } from '@/server/core/explain/specimens/runs'
import { explainFinding } from '@/server/core/explain/finding'
import { explainedRun, explainedVerification } from '@/server/core/testing/explained'
import { createNetwork } from '@/server/core/topology/kinds/network/network-edits'
import type { Project } from '@/server/core/topology/kinds/project/project'
import { makeDefaultGroup } from '@/server/core/topology/kinds/security-group/make-rules'
import type { SecurityGroup } from '@/server/core/topology/kinds/security-group/security-group'
import { removeVm } from '@/server/core/topology/kinds/vm/vm-edits'
import type { Plan } from '@/server/core/plan/plan'
import type { Topology } from '@/server/core/topology/topology'
import { systemClock } from '../clock'
import { databaseUrlOf } from '../env'
import { createEventHub } from '../events'
import { systemIds } from '../ids'
import { recordLog } from '../log/testing/recorded-log'
import { createStore } from './create-store'
import { listMigrationNames } from './migration-files'
import type { Store } from './store'
import { earlierJson, goneColumns } from './testing/earlier-json'
import { applyFirst, dump, fill, listColumns, withClient, type Columns, type Dump, type Row } from './testing/earlier-database'
import { fillStore, fullObservation, fullVerification, type Features } from './testing/full-store'
import { pairOf } from './testing/records'
import { openTempStore, type TempStore } from './testing/temp-store'

interface Source {
  readonly temp: TempStore
  readonly dump: Dump
  readonly topology: Topology
  readonly spareId: string
}

const sources = new Map<string, Source>()
let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tapline-earlier-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))
afterAll(() => Promise.all([...sources.values()].map(({ temp }) => temp.remove())))

/** Everything that a version with these tables could have had in it. */
async function sourceFor(columns: Columns): Promise<Source> {
  const features: Features = {
    hasTrunks: columns.has('Trunk'),
    hasNestedUplinks: columns.has('NestedUplink'),
    hasSecurityGroups: columns.has('SecurityGroup'),
    hasRouters: columns.has('Router'),
    hasFloatingIps: columns.has('FloatingIp'),
    hasFloatingIpModes: (columns.get('Router') ?? []).includes('floatingIpMode'),
    hasPortForwardings: columns.has('PortForwarding'),
    hasHostAggregates: columns.has('HostAggregate'),
    hasGatewayClusters: columns.has('GatewayCluster'),
    hasBridgeNetfilter: (columns.get('Host') ?? []).includes('hasBridgeNetfilter'),
  }
  const key = JSON.stringify(features)
  const known = sources.get(key)
  if (known) return known
  const temp = await openTempStore()
  const spareId = await fillStore(temp.store, features)
  const rows = await withClient(databaseUrlOf(temp.dataDirectory), dump)
  const made = { temp, spareId, dump: rows, topology: await temp.store.loadTopology() }
  sources.set(key, made)
  return made
}

const names = listMigrationNames()

it.each(names.map((name, index) => [name, index + 1] as const))(
  'what a version with the schema of %s left is there after every later migration',
  async (_, count) => {
    const url = databaseUrlOf(directory)
    await applyFirst(url, count)
    const columns = await withClient(url, listColumns)
    const source = await sourceFor(columns)
    await withClient(url, (client) => fill(client, { from: source.dump, json: earlierJson(columns), gone: goneColumns }))
    const before = await withClient(url, dump)
    copyFileSync(join(source.temp.dataDirectory, 'secret.key'), join(directory, 'secret.key'))

    expect(await migrate(url)).toEqual(names.slice(count))
    await withClient(url, async (client) => expectKept(before, withoutNewGroups(columns, await dump(client))))
    const store = createStore({
      dataDirectory: directory,
      clock: systemClock,
      events: createEventHub(),
      ids: systemIds,
      logger: recordLog().logger,
    })
    try {
      const { securityGroups } = await store.loadTopology()
      const expected = columns.has('SecurityGroup') ? source : { ...source, topology: { ...source.topology, securityGroups } }
      if (!columns.has('SecurityGroup')) expectDefaultGroups(securityGroups, source.topology.projects)
      expect(await store.loadTopology()).toEqual(expected.topology)
      await expectRecords(store, expected)
      await expectEditable(store, expected)
    } finally {
      await store.close()
    }
  },
)

/** Of the last applied design, what it was given by the migration that gave each project a group. */
function withoutNewGroups(columns: Columns, dump: Dump): Dump {
  if (columns.has('SecurityGroup')) return dump
  const strip = (row: Row): Row => {
    const { securityGroups: _, ...others } = JSON.parse(String(row['topologyJson'])) as Topology
    return { ...row, topologyJson: JSON.stringify(others) }
  }
  return new Map([...dump].map(([table, rows]) => [table, table === 'Revision' ? rows.map(strip) : rows]))
}

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** As a new project gets one today, but for the ids. */
function expectDefaultGroups(groups: readonly SecurityGroup[], projects: readonly Project[]): void {
  expect(groups.map(({ projectId }) => projectId).toSorted()).toEqual(projects.map(({ id }) => id).toSorted())
  const ids = groups.flatMap((group) => [group.id, ...group.rules.map(({ id }) => id)])
  for (const id of ids) expect(id).toMatch(UUID_4)
  expect(new Set(ids).size).toBe(ids.length)
  for (const group of groups) {
    const made = makeDefaultGroup(group.projectId, systemIds)
    const named = (each: SecurityGroup) =>
      each.rules.map(({ id: _id, remoteGroupId, ...rule }) => ({ ...rule, isOwn: remoteGroupId === each.id }))
    expect({ ...group, id: made.id, rules: named(group) }).toEqual({ ...made, rules: named(made) })
  }
}

it('each project is given a default group, also one that only the last applied design has', async () => {
  const url = databaseUrlOf(directory)
  await applyFirst(
    url,
    names.findIndex((name) => name.endsWith('_security_groups')),
  )
  const [stays, comes, goes] = ['stays', 'comes', 'goes'].map((name) => ({ id: systemIds.uuid(), name }))
  await withClient(url, async (client) => {
    for (const { id, name } of [stays!, comes!])
      await client.execute({ sql: 'INSERT INTO "Project" ("id", "name") VALUES (?, ?)', args: [id, name] })
    for (const [number, projects] of [
      [1, [stays]],
      [2, [stays, goes]],
    ] as const)
      await client.execute({
        sql: `INSERT INTO "Revision" ("number", "createdAt", "planId", "summaryJson", "topologyJson", "changesJson") VALUES (?, '', '', '{}', ?, '[]')`,
        args: [number, JSON.stringify({ projects, hosts: [] })],
      })
  })
  await migrate(url)
  const revisions = await withClient(url, async (client) => (await dump(client)).get('Revision')!)
  const [first, last] = revisions.map(({ topologyJson }) => JSON.parse(String(topologyJson)) as Topology)
  expect(first).toEqual({ projects: [stays], hosts: [] })
  expect(last).toMatchObject({ projects: [stays, goes], hosts: [] })
  expectDefaultGroups(last!.securityGroups, [stays!, goes!])
  const store = createStore({
    dataDirectory: directory,
    clock: systemClock,
    events: createEventHub(),
    ids: systemIds,
    logger: recordLog().logger,
  })
  try {
    const { securityGroups } = await store.loadTopology()
    expectDefaultGroups(securityGroups, [stays!, comes!])
    const groupOf = (groups: readonly SecurityGroup[]) => groups.find(({ projectId }) => projectId === stays!.id)
    expect(groupOf(securityGroups)).toEqual(groupOf(last!.securityGroups))
  } finally {
    await store.close()
  }
})

/** Each table has its rows, and these what stood in the columns that are left. */
function expectKept(before: Dump, after: Dump): void {
  for (const [table, rows] of before) {
    const kept = after.get(table) ?? []
    expect(rows.length, table).toBeGreaterThan(0)
    const isLeft = (name: string): boolean => kept.some((row) => name in row)
    const shared = (row: Row) =>
      Object.entries(row)
        .filter(([name]) => rows.some((each) => name in each) && isLeft(name))
        .sort()
    expect(kept.map(shared), table).toEqual(rows.map(shared))
  }
}

const sentencesOf = ({ hosts, warnings = [] }: Plan) =>
  [...hosts.flatMap((host) => [...host.blocked, ...host.kept, ...(host.warnings ?? [])]), ...warnings].map(explainFinding)

async function expectRecords(store: Store, { spareId, topology }: Source): Promise<void> {
  const run = await store.runs.get(failedRun.id)
  expect([run.steps, explainedRun(run).verdict, run.leftovers.map(({ finding }) => explainFinding(finding))]).toEqual([
    failedRun.steps,
    explainedRun(failedRun).verdict,
    failedRun.leftovers.map(({ finding }) => explainFinding(finding)),
  ])
  expect(sentencesOf(run.plan)).toEqual(sentencesOf(blockedPlan))
  expect(await store.runs.latest()).toMatchObject({ id: failedRun.id, status: 'failed' })
  expect((await store.runs.listEvents(failedRun.id, -1)).map(({ type }) => type)).toEqual(['phase', 'step', 'finished'])
  const evidence = await store.verifications.lastEvidence(pairOf(fullVerification))
  expect(evidence && explainedVerification(evidence)).toEqual(explainedVerification(fullVerification))
  expect((await store.verifications.listEvents(fullVerification.id, -1)).map(({ type }) => type)).toEqual(['progress', 'hop', 'finished'])
  expect(await store.verifications.latest()).toMatchObject({ id: fullVerification.id })
  expect(await store.revisions.get(1)).toMatchObject({ planId: failedRun.planId, topology })
  expect(await store.revisions.latest()).toMatchObject({ number: 1 })
  expect(await store.observations.load(spareId)).toEqual(fullObservation(spareId))
  expect(await store.hosts.loadAccess(spareId)).toMatchObject({ address: '192.0.2.9', auth: { kind: 'password', password: 'hunter2' } })
}

/** The rules are asked of the whole design with each edit. */
async function expectEditable(store: Store, { topology }: Source): Promise<void> {
  const { id } = await store.edit(createNetwork({ projectId: topology.projects[0]!.id, name: 'later', type: 'vxlan' }, systemIds))
  expect((await store.loadTopology()).networks.map((network) => network.id)).toContain(id)
  await store.edit(removeVm(topology.vms.find((vm) => !topology.hosts.some(({ vmId }) => vmId === vm.id))!.id, systemIds))
  await store.discardChanges()
  expect(await store.loadTopology()).toEqual(topology)
  expect((await store.revisions.record(topology, failedRun.planId)).number).toBe(2)
}
