// What deleting an object takes with it, and why it cannot be deleted now: the core's own rules, asked before the server is.

import type { ShownObject, TopologyIndex } from '@/components/lib/topology-index'
import { explainViolation } from '@/server/core/explain/violation'
import type { DesignObject } from '@/server/core/topology/kinds/kind'
import { checkRemovalOf, detailOf, kindOf, labelOf, takenAlongWith } from '@/server/core/topology/kinds/kinds'
import type { Topology } from '@/server/core/topology/topology'

export interface Removal {
  /** "network blue" */
  readonly what: string
  /** "Delete network" */
  readonly verb: string
  /** Names of everything that goes along. */
  readonly destroyed: readonly string[]
  /** null: may be deleted. */
  readonly refusal: string | null
}

export const kindWord = ({ kind }: ShownObject): string => kindOf(kind).words.one

export function describeRemoval({ topology }: TopologyIndex, object: ShownObject): Removal {
  const word = kindWord(object)
  return {
    what: `${word} ${labelOf(topology, object)}`,
    verb: `Delete ${word}`,
    destroyed: takenAlongWith(topology, object).map((taken) =>
      [kindOf(taken.kind).words.one, labelOf(topology, taken), detailOf(topology, taken)].filter(Boolean).join(' '),
    ),
    refusal: refusalOf(topology, object),
  }
}

/** Why it stays, in the words that the server would use; null when it may go. */
export function refusalOf(topology: Topology, object: DesignObject): string | null {
  const violations = checkRemovalOf(topology, object)
  return violations.length === 0 ? null : violations.map(explainViolation).join(' ')
}
