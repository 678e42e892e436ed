// The kind `physicalNetwork`, as every list of kinds needs it (../kind.ts).

import { checkMtuRange } from '../../rules/mtu-range'
import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { printPhysicalNetwork } from './physical-network-print'
import { checkPhysicalNetwork, checkPhysicalNetworkName, checkPhysicalNetworkRemoval, checkVlanRanges } from './physical-network-rules'
import { physicalNetworkViolations } from './physical-network-violations'

export const physicalNetworkKind = {
  kind: 'physicalNetwork',
  list: 'physicalNetworks',
  words: { one: 'physical network', many: 'physical networks' },
  label: (_, { name }) => name,
  detail: (_, { mtu }) => `MTU ${mtu}`,
  print: printPhysicalNetwork,
  compare: byName,
  check: checkPhysicalNetwork,
  fieldRules: { name: checkPhysicalNetworkName, mtu: checkMtuRange, vlanRanges: checkVlanRanges },
  checkRemoval: checkPhysicalNetworkRemoval,
  violations: physicalNetworkViolations,
  columns: { json: ['vlanRanges'], optional: ['carrierId', 'macBase'], unique: ['name'] },
} satisfies DesignKind<'physicalNetwork'>
