// The kind `port`, as every list of kinds needs it (../kind.ts).

import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { labelPort } from './port-label'
import { printPort } from './port-print'
import { checkPort, checkPortRemoval } from './port-rules'

export const portKind = {
  kind: 'port',
  list: 'ports',
  words: { one: 'port', many: 'ports' },
  label: labelPort,
  print: printPort,
  compare: byName,
  check: checkPort,
  checkRemoval: checkPortRemoval,
} satisfies DesignKind<'port'>
