// The kind `nestedUplink`, as every list of kinds needs it (../kind.ts).

import { dataBridgeName, tapName, uplinkDeviceNames } from '../../../naming'
import { compareText } from '../compare'
import type { DesignKind } from '../kind'
import { labelUplink } from './nested-uplink-label'
import { printUplink } from './nested-uplink-print'
import { checkUplink, checkUplinkRemoval } from './nested-uplink-rules'
import { nestedUplinkViolations } from './nested-uplink-violations'

export const nestedUplinkKind = {
  kind: 'nestedUplink',
  list: 'nestedUplinks',
  words: { one: 'nested uplink', many: 'nested uplinks' },
  about: 'A second NIC of a VM that leads straight onto a provider bridge of its host: the wire of a cloud inside the VM.',
  label: labelUplink,
  detail: (_, { number }) => dataBridgeName(number),
  keys: (_, { id, macAddress, number }) => [macAddress, tapName(id), ...uplinkDeviceNames(number)],
  print: printUplink,
  compare: (a, b) => compareText(a.vmId, b.vmId) || compareText(a.physicalNetworkId, b.physicalNetworkId),
  check: checkUplink,
  fieldRules: {},
  checkRemoval: checkUplinkRemoval,
  violations: nestedUplinkViolations,
  columns: {},
} satisfies DesignKind<'nestedUplink'>
