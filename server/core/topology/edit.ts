// An edit is a pure function from one topology to the next, or to the rules it would break. The store runs it inside a
// transaction on the topology it has just read, so two operators never overwrite each other.

import type { Topology } from './topology'
import type { Violation } from './violation'

export type EditOutcome<Value> =
  | { readonly ok: true; readonly topology: Topology; readonly value: Value }
  | { readonly ok: false; readonly violations: readonly [Violation, ...Violation[]] }

/** `applied` is the last applied design, for the few rules about what runs already; empty where nothing was applied. */
export type TopologyEdit<Value> = (topology: Topology, applied?: Topology) => EditOutcome<Value>

export const accepted = <Value>(topology: Topology, value: Value): EditOutcome<Value> => ({ ok: true, topology, value })

export const refused = (first: Violation, ...rest: Violation[]): EditOutcome<never> => ({
  ok: false,
  violations: [first, ...rest],
})

/** Accepts the candidate unless rules speak against it. */
export function acceptedUnless<Value>(violations: readonly Violation[], topology: Topology, value: Value): EditOutcome<Value> {
  const [first, ...rest] = violations
  return first ? refused(first, ...rest) : accepted(topology, value)
}

/**
 * A list of edits as one: each on what the one before made, all or none. What is refused names the item of the list that is to blame,
 * `items.3.name`, and the ones before it were fine.
 */
export function inTurn<Value>(edits: readonly TopologyEdit<Value>[]): TopologyEdit<readonly Value[]> {
  return (topology, applied) => {
    const values: Value[] = []
    let current = topology
    for (const [index, edit] of edits.entries()) {
      const outcome = edit(current, applied)
      if (!outcome.ok) {
        const [first, ...rest] = outcome.violations
        return refused(ofItem(first, index), ...rest.map((violation) => ofItem(violation, index)))
      }
      values.push(outcome.value)
      current = outcome.topology
    }
    return accepted(current, values)
  }
}

const ofItem = (violation: Violation, index: number): Violation => ({
  ...violation,
  field: [`items.${index}`, ...(violation.field === null ? [] : [violation.field])].join('.'),
})
