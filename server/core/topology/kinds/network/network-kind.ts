// The kind `network`, as every list of kinds needs it (../kind.ts).

import { dhcpNamespace } from '../../../naming'
import { findById } from '../../find'
import { checkMtuRange } from '../../rules/mtu-range'
import { checkName } from '../../rules/names'
import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { printNetwork } from './network-print'
import { checkNetwork, checkNetworkRemoval, takenByNetwork } from './network-rules'
import { segmentKey } from './segment-rules'
import { networkViolations } from './network-violations'

export const networkKind = {
  kind: 'network',
  list: 'networks',
  words: { one: 'network', many: 'networks' },
  label: (_, { name }) => name,
  detail: ({ projects }, { type, projectId }) => `${type} in ${findById(projects, projectId)?.name ?? projectId}`,
  keys: (_, { id, segmentationId }) => [dhcpNamespace(id), ...(segmentationId === null ? [] : [String(segmentationId)])],
  print: printNetwork,
  compare: byName,
  check: checkNetwork,
  fieldRules: { name: (name) => checkName(name), mtu: checkMtuRange },
  checkRemoval: checkNetworkRemoval,
  violations: networkViolations,
  takesAlong: takenByNetwork,
  // The database refuses a second network on a segment, flat ones included.
  columns: { derived: { segmentKey }, optional: ['isExternal', 'conntrackZone'], unique: ['segmentKey', 'conntrackZone'] },
} satisfies DesignKind<'network'>
