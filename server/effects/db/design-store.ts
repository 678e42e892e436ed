// The design: loading it, editing it in one transaction, going back to the last applied revision.

import { AppError } from '@/server/core/app-error'
import { explainViolation } from '@/server/core/explain/violation'
import { accepted, type TopologyEdit } from '@/server/core/topology/edit'
import { completeTopology, emptyTopology } from '@/server/core/topology/complete-topology'
import type { Topology } from '@/server/core/topology/topology'
import type { Violation } from '@/server/core/topology/violation'
import type { EventHub } from '../events'
import { pruneAccess } from './access-rows'
import type { Database, Tx } from './database'
import { readJson } from './json'
import type { Design } from './store'
import { loadTopologyRows, saveTopologyRows } from './topology-rows'

/** DesignState has one row. */
const DESIGN = 'design'

export interface DesignStore {
  loadTopology(): Promise<Topology>
  loadDesign(): Promise<Design>
  /** `alongside` writes what belongs to the edit but not to the design, in the same transaction. */
  edit<Value>(edit: TopologyEdit<Value>, alongside?: (tx: Tx, value: Value) => Promise<void>): Promise<Value>
  discardChanges(): Promise<void>
}

export function createDesignStore(database: Database, events: EventHub): DesignStore {
  const edit: DesignStore['edit'] = async (change, alongside) => {
    const { value, version } = await database.write(async (tx) => {
      const outcome = await runEdit(tx, change)
      await alongside?.(tx, outcome.value)
      return outcome
    })
    events.publish({ type: 'design', version })
    return value
  }
  return {
    loadTopology: () => database.read(loadTopologyRows),
    // In a transaction, so that design, version and base are of one moment.
    loadDesign: () => database.write(loadDesign),
    edit,
    discardChanges: async () => {
      const version = await database.write(async (tx) => {
        const base = await loadBase(tx)
        return (await runEdit(tx, () => accepted(base.topology, null))).version
      })
      events.publish({ type: 'design', version })
    },
  }
}

async function runEdit<Value>(tx: Tx, edit: TopologyEdit<Value>): Promise<{ value: Value; version: number }> {
  const before = await loadTopologyRows(tx)
  const base = await loadBase(tx)
  const outcome = edit(before, base.topology)
  if (!outcome.ok) throw toAppError(outcome.violations)
  await saveTopologyRows(tx, before, outcome.topology)
  if (isHostGone(before, outcome.topology)) await pruneAccess(tx, [outcome.topology, base.topology])
  return { value: outcome.value, version: await bumpVersion(tx) }
}

const isHostGone = (before: Topology, after: Topology): boolean =>
  before.hosts.some((host) => !after.hosts.some((each) => each.id === host.id))

async function bumpVersion(tx: Tx): Promise<number> {
  const { version } = await tx.designState.upsert({
    where: { id: DESIGN },
    create: { id: DESIGN, version: 1 },
    update: { version: { increment: 1 } },
  })
  return version
}

async function loadDesign(tx: Tx): Promise<Design> {
  const state = await tx.designState.findUnique({ where: { id: DESIGN } })
  return { topology: await loadTopologyRows(tx), version: state?.version ?? 0, base: await loadBase(tx) }
}

export async function loadBase(tx: Tx): Promise<Design['base']> {
  const latest = await tx.revision.findFirst({ orderBy: { number: 'desc' } })
  return latest ? { number: latest.number, topology: completeTopology(readJson(latest.topologyJson)) } : { number: 0, topology: emptyTopology }
}

/** The first broken rule is the error, all of them are its issues. */
function toAppError(violations: readonly [Violation, ...Violation[]]): AppError {
  const [first] = violations
  const { code, field, rule, objects } = first
  const issues = violations.map((each) => ({ field: each.field, rule: each.rule, message: explainViolation(each) }))
  return new AppError(code, explainViolation(first), { ...(field !== null && { field }), rule, objects, issues })
}
