// The kind `port`, as every list of kinds needs it (../kind.ts).

import { findById } from '../../find'
import { forwardingsTo } from '../../port-forwardings'
import { checkOptionalName } from '../../rules/names'
import { parts } from '../columns'
import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { settleDhcpPorts } from './dhcp-ports'
import type { Port } from './port'
import { portDevices } from './port-devices'
import { labelPort } from './port-label'
import { printPort } from './port-print'
import { withSortedFilter } from './port-filter'
import { checkPairInputs } from './port-filter-rules'
import { checkMacAddress } from './port-mac-rules'
import { checkPort, checkPortRemoval } from './port-rules'
import { portViolations } from './port-violations'

export const portKind = {
  kind: 'port',
  list: 'ports',
  words: { one: 'port', many: 'ports' },
  label: labelPort,
  detail: ({ networks }, { fixedIps, networkId }) =>
    fixedIps.map(({ ipAddress }) => ipAddress).join(', ') || (findById(networks, networkId)?.name ?? ''),
  keys: (topology, port) => [port.macAddress, ...Object.values(portDevices(topology, port))],
  print: printPort,
  compare: byName,
  inOrder: withSortedFilter,
  check: checkPort,
  fieldRules: { name: checkOptionalName, macAddress: (mac) => checkMacAddress(mac), allowedAddressPairs: checkPairInputs },
  checkRemoval: checkPortRemoval,
  takesAlong: ({ portForwardings }, { id }) =>
    forwardingsTo(portForwardings, id).map((item) => ({ kind: 'portForwarding' as const, item })),
  settle: settleDhcpPorts,
  violations: portViolations,
  columns: {
    json: ['securityGroupIds', 'allowedAddressPairs'],
    optional: ['securityGroupIds', 'allowedAddressPairs', 'conntrackZone', 'snatBlock'],
    unique: ['macAddress', 'conntrackZone', 'snatBlock'],
    parts: parts<Port, Port['fixedIps'][number]>({
      table: 'fixedIp',
      owner: 'portId',
      orderBy: 'position',
      fields: ['fixedIps'],
      of: ({ fixedIps }) => fixedIps,
      into: (fixedIps) => ({ fixedIps }),
    }),
  },
} satisfies DesignKind<'port'>
