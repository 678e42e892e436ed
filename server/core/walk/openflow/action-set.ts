// The action set of OpenFlow 1.1, kept in the order it was written and executed in the order of the standard; of most actions only the
// last one written counts (ofpacts_execute_action_set of lib/ofp-actions.c). Group buckets are action sets too.

import type { Instruction } from './instruction'

const isSet = ({ kind }: Instruction): boolean => kind === 'set' || kind === 'move'
const lastOf = (actions: readonly Instruction[], kinds: readonly Instruction['kind'][]): Instruction[] => {
  const last = actions.findLast(({ kind }) => kinds.includes(kind))
  return last ? [last] : []
}

/** One of these sends the packet on, the first that there is; without any the set does nothing at all. */
const FINAL: readonly (readonly Instruction['kind'][])[] = [['group'], ['output', 'normal', 'output-field'], ['resubmit'], ['ct']]

export function inActionSetOrder(actions: readonly Instruction[]): readonly Instruction[] {
  const foreign = actions.filter(({ kind }) => kind === 'not-understood')
  const final = FINAL.map((kinds) => lastOf(actions, kinds)).find((found) => found.length > 0)
  if (foreign.length > 0 || !final) return foreign
  const first = (['pop-vlan', 'push-vlan', 'dec-ttl'] as const).flatMap((kind) => lastOf(actions, [kind]))
  return [...first, ...actions.filter(isSet), ...final]
}
