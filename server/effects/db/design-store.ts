// The design: reading it, editing it in one transaction, going back to the last applied revision. Reads are answered from memory
// (design-memory.ts); an edit changes rows and memory, or neither.

import { AppError } from '@/server/core/app-error'
import { explainViolation, ruleIssue } from '@/server/core/explain/violation'
import { accepted, type TopologyEdit } from '@/server/core/topology/edit'
import { emptyTopology } from '@/server/core/topology/complete-topology'
import { findById } from '@/server/core/topology/find'
import { sortTopology } from '@/server/core/topology/order'
import type { Topology } from '@/server/core/topology/topology'
import { listTouched, type Touched } from '@/server/core/topology/touched'
import type { Violation } from '@/server/core/topology/violation'
import type { EventHub } from '../events'
import { pruneAccess } from './access-rows'
import type { Database, Tx } from './database'
import { createDesignMemory } from './design-memory'
import { bumpVersion } from './design-rows'
import type { Design } from './store'
import { saveTopologyRows } from './topology-rows'

export interface DesignStore {
  loadTopology(): Promise<Topology>
  loadDesign(): Promise<Design>
  /** `alongside` writes what belongs to the edit but not to the design, in the same transaction. */
  edit<Value>(edit: TopologyEdit<Value>, alongside?: (tx: Tx, value: Value) => Promise<void>): Promise<Value>
  discardChanges(): Promise<void>
}

export function createDesignStore(database: Database, events: EventHub): DesignStore {
  const memory = createDesignMemory(database)

  const edit: DesignStore['edit'] = async (change, alongside) => {
    const { value, design, touched } = await database.write(
      async (tx) => {
        const outcome = await runEdit(tx, await memory.currentIn(tx), change)
        await alongside?.(tx, outcome.value)
        return outcome
      },
      (outcome) => memory.hold(outcome.design),
    )
    events.publish({ type: 'design', version: design.version, touched })
    return value
  }

  return {
    loadTopology: async () => (await memory.current()).topology,
    loadDesign: memory.current,
    edit,
    discardChanges: () => edit((_, applied = emptyTopology) => accepted(applied, null)).then(() => undefined),
  }
}

interface Edited<Value> {
  readonly value: Value
  readonly design: Design
  readonly touched: Touched
}

async function runEdit<Value>(tx: Tx, before: Design, edit: TopologyEdit<Value>): Promise<Edited<Value>> {
  const { base } = before
  const outcome = edit(before.topology, base.topology)
  if (!outcome.ok) throw toAppError(outcome.violations)
  const topology = sortTopology(outcome.topology)
  await saveTopologyRows(tx, before.topology, topology)
  if (isHostGone(before.topology, topology)) await pruneAccess(tx, [topology, base.topology])
  const touched = listTouched(before.topology, topology)
  return { value: outcome.value, touched, design: { topology, version: await bumpVersion(tx), base } }
}

const isHostGone = (before: Topology, after: Topology): boolean =>
  before.hosts !== after.hosts && before.hosts.some(({ id }) => findById(after.hosts, id) === null)

/** The first broken rule is the error, all of them are its issues. */
function toAppError(violations: readonly [Violation, ...Violation[]]): AppError {
  const [first] = violations
  const { code, field, rule, objects } = first
  const issues = violations.map(ruleIssue)
  return new AppError(code, explainViolation(first), { ...(field !== null && { field }), rule, objects, issues })
}
