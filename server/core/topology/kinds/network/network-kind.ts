// The kind `network`, as every list of kinds needs it (../kind.ts).

import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { printNetwork } from './network-print'
import { checkNetwork, checkNetworkRemoval } from './network-rules'

export const networkKind = {
  kind: 'network',
  list: 'networks',
  words: { one: 'network', many: 'networks' },
  label: (_, { name }) => name,
  print: printNetwork,
  compare: byName,
  check: checkNetwork,
  checkRemoval: checkNetworkRemoval,
} satisfies DesignKind<'network'>
