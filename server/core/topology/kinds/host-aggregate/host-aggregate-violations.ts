// The rules of a host aggregate, each with the values that its sentence needs, and the sentence (../../violation.ts).

import type { Messages } from '../../../explain/message'
import { joinQuoted, quoted } from '../../../explain/words'
import type { Names } from '../../rule-values'

export interface HostAggregateRules {
  'aggregate-unique': { what: 'host' | 'project'; name: string }
  /** VMs that ask for it. */
  'aggregate-wanted': { aggregate: string; users: Names }
}

export const hostAggregateViolations: Messages<HostAggregateRules> = {
  'aggregate-unique': ({ what, name }) => `The ${what} ${quoted(name)} is listed twice.`,
  'aggregate-wanted': ({ aggregate, users }) => `VMs ask for host aggregate ${quoted(aggregate)}: ${joinQuoted(users)}.`,
}
