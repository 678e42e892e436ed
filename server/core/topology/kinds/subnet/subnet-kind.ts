// The kind `subnet`, as every list of kinds needs it (../kind.ts).

import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { printSubnet } from './subnet-print'
import { checkSubnet, checkSubnetRemoval } from './subnet-rules'

export const subnetKind = {
  kind: 'subnet',
  list: 'subnets',
  words: { one: 'subnet', many: 'subnets' },
  label: (_, { name }) => name,
  print: printSubnet,
  compare: byName,
  check: checkSubnet,
  checkRemoval: checkSubnetRemoval,
} satisfies DesignKind<'subnet'>
