// The kind `host`, as every list of kinds needs it (../kind.ts).

import { checkName } from '../../rules/names'
import { parts } from '../columns'
import { byName } from '../compare'
import type { DesignKind } from '../kind'
import type { BridgeMapping, Host } from './host'
import { printHost } from './host-print'
import { checkHost, checkRoles, checkZone } from './host-rules'
import { checkHostRemoval, checkHostUse } from './host-use-rules'
import { hostViolations } from './host-violations'

export const hostKind = {
  kind: 'host',
  list: 'hosts',
  words: { one: 'host', many: 'hosts' },
  label: (_, { name }) => name,
  detail: (_, { tunnel }) => tunnel?.address ?? '',
  keys: (_, { bridgeMappings }) => bridgeMappings.map(({ bridge }) => bridge),
  print: printHost,
  compare: byName,
  check: (topology, host) => [...checkHost(topology, host), ...checkHostUse(topology, host)],
  fieldRules: { name: (name) => checkName(name), availabilityZone: checkZone, roles: checkRoles },
  checkRemoval: checkHostRemoval,
  violations: hostViolations,
  earlier: {
    virtType: 'auto',
    hasKvm: false,
    isAgentAccepted: false,
    adoptedHostIds: [],
    hasRestoreUnit: false,
    hasBridgeNetfilter: false,
    isSchedulable: true,
  },
  columns: {
    json: ['roles', 'adoptedHostIds'],
    optional: ['vmId'],
    spread: { tunnel: ['address', 'prefixLength', 'nic', 'gatewayIp'] },
    spreadOptional: ['gatewayIp'],
    unique: ['name', 'dvrMac', 'tunnelAddress', 'vmId'],
    parts: parts<Host, BridgeMapping>({
      table: 'bridgeMapping',
      owner: 'hostId',
      orderBy: 'position',
      fields: ['bridgeMappings'],
      of: (host) => host.bridgeMappings,
      into: (bridgeMappings) => ({ bridgeMappings }),
    }),
  },
} satisfies DesignKind<'host'>
