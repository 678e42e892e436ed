// The kind `trunk`, as every list of kinds needs it (../kind.ts).

import { plural } from '../../../explain/words'
import { trunkBridgeName } from '../../../naming'
import { checkOptionalName } from '../../rules/names'
import { parts } from '../columns'
import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { bindSubPorts } from './bind-sub-ports'
import type { SubPort, Trunk } from './trunk'
import { labelTrunk } from './trunk-label'
import { printTrunk } from './trunk-print'
import { checkTrunk, checkTrunkUnlocked } from './trunk-rules'
import { trunkViolations } from './trunk-violations'

export const trunkKind = {
  kind: 'trunk',
  list: 'trunks',
  words: { one: 'trunk', many: 'trunks' },
  label: labelTrunk,
  detail: (_, { subPorts }) => plural(subPorts.length, 'subport'),
  keys: (_, { id }) => [trunkBridgeName(id)],
  print: printTrunk,
  compare: byName,
  inOrder: withSortedSubPorts,
  check: checkTrunk,
  fieldRules: { name: checkOptionalName },
  checkRemoval: checkTrunkUnlocked,
  settle: (topology) => ({ ok: true, value: bindSubPorts(topology) }),
  violations: trunkViolations,
  columns: {
    parts: parts<Trunk, SubPort>({
      table: 'subPort',
      owner: 'trunkId',
      orderBy: 'segmentationId',
      fields: ['subPorts'],
      of: ({ subPorts }) => subPorts,
      into: (subPorts) => ({ subPorts }),
    }),
  },
} satisfies DesignKind<'trunk'>

function withSortedSubPorts(trunk: Trunk): Trunk {
  const isSorted = trunk.subPorts.every(
    ({ segmentationId }, index) => index === 0 || trunk.subPorts[index - 1]!.segmentationId <= segmentationId,
  )
  return isSorted ? trunk : { ...trunk, subPorts: trunk.subPorts.toSorted((a, b) => a.segmentationId - b.segmentationId) }
}
