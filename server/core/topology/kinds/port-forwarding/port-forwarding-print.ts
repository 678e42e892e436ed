// The fields of a port forwarding as people read them.

import { findById } from '../../find'
import type { PrintedFields } from '../../print-values'
import type { Topology } from '../../topology'
import { labelFloatingIp } from '../floating-ip/floating-ip-label'
import { labelPort } from '../port/port-label'
import type { PortForwarding } from './port-forwarding'

export function printForwarding(forwarding: PortForwarding, names: Topology): PrintedFields {
  const floatingIp = findById(names.floatingIps, forwarding.floatingIpId)
  const port = findById(names.ports, forwarding.internalPortId)
  return {
    'floating IP': floatingIp ? labelFloatingIp(names, floatingIp) : forwarding.floatingIpId,
    protocol: forwarding.protocol,
    'external port': String(forwarding.externalPort),
    'port of': port ? labelPort(names, port) : forwarding.internalPortId,
    'internal address': forwarding.internalIpAddress,
    'internal port': String(forwarding.internalPort),
  }
}
