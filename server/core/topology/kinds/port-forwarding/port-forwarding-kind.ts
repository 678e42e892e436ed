// The kind `portForwarding`, as every list of kinds needs it (../kind.ts).

import { findById } from '../../find'
import { compareText } from '../compare'
import type { DesignKind } from '../kind'
import { labelForwarding, labelOutside } from './port-forwarding-label'
import { printForwarding } from './port-forwarding-print'
import { checkForwarding, checkPortNumber } from './port-forwarding-rules'
import { portForwardingViolations } from './port-forwarding-violations'
import { settleForwardings } from './settle-port-forwardings'

export const portForwardingKind = {
  kind: 'portForwarding',
  list: 'portForwardings',
  words: { one: 'port forwarding', many: 'port forwardings' },
  about: 'One port of a floating IP that a router leads to a port of a VM.',
  label: labelForwarding,
  detail: ({ floatingIps, routers }, { floatingIpId }) => findById(routers, findById(floatingIps, floatingIpId)?.routerId)?.name ?? '',
  keys: (topology, forwarding) => [labelOutside(topology, forwarding), forwarding.internalIpAddress],
  print: printForwarding,
  compare: (a, b) =>
    compareText(a.floatingIpId, b.floatingIpId) ||
    compareText(a.protocol, b.protocol) ||
    a.externalPort - b.externalPort ||
    compareText(a.id, b.id),
  check: checkForwarding,
  fieldRules: {
    externalPort: (port) => checkPortNumber(port, 'externalPort'),
    internalPort: (port) => checkPortNumber(port, 'internalPort'),
  },
  checkRemoval: () => [],
  settle: settleForwardings,
  violations: portForwardingViolations,
  columns: {},
} satisfies DesignKind<'portForwarding'>
