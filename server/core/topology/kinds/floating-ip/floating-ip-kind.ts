// The kind `floatingIp`, as every list of kinds needs it (../kind.ts).

import { findById } from '../../find'
import { compareText } from '../compare'
import type { DesignKind } from '../kind'
import { labelPort } from '../port/port-label'
import { labelFloatingIp } from './floating-ip-label'
import { printFloatingIp } from './floating-ip-print'
import { checkFloatingIp, checkFloatingIpRemoval, takenByFloatingIp } from './floating-ip-rules'
import { floatingIpViolations } from './floating-ip-violations'
import { settleFloatingIps } from './settle-floating-ips'

export const floatingIpKind = {
  kind: 'floatingIp',
  list: 'floatingIps',
  words: { one: 'floating IP', many: 'floating IPs' },
  about: 'An address of an external network that a router translates to that of a port, both ways.',
  label: labelFloatingIp,
  detail: (topology, { fixedPortId }) => {
    const port = findById(topology.ports, fixedPortId)
    return port ? labelPort(topology, port) : ''
  },
  keys: (_, { fixedIpAddress }) => (fixedIpAddress === null ? [] : [fixedIpAddress]),
  print: printFloatingIp,
  compare: (a, b) => compareText(a.networkId, b.networkId) || compareText(a.id, b.id),
  check: checkFloatingIp,
  fieldRules: {},
  checkRemoval: checkFloatingIpRemoval,
  takesAlong: takenByFloatingIp,
  settle: settleFloatingIps,
  violations: floatingIpViolations,
  columns: {},
} satisfies DesignKind<'floatingIp'>
