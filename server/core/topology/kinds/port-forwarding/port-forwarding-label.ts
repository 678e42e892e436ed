// What people call a port forwarding: where it begins and where it ends.

import { findById } from '../../find'
import { vmOfPort } from '../../lookup'
import type { Topology } from '../../topology'
import { labelFloatingIp } from '../floating-ip/floating-ip-label'
import { labelPort } from '../port/port-label'
import type { PortForwarding } from './port-forwarding'

/** `203.0.113.5:8080 → web-1 10.0.0.5:80/tcp` */
export const labelForwarding = (topology: Topology, forwarding: PortForwarding): string =>
  `${labelOutside(topology, forwarding)} → ${labelInside(topology, forwarding)}/${forwarding.protocol}`

/** `203.0.113.5:8080` */
export function labelOutside(topology: Topology, { floatingIpId, externalPort }: PortForwarding): string {
  const floatingIp = findById(topology.floatingIps, floatingIpId)
  return `${floatingIp ? labelFloatingIp(topology, floatingIp) : floatingIpId}:${externalPort}`
}

/** `web-1 10.0.0.5:80`: the address says which of its NICs. */
function labelInside(topology: Topology, { internalPortId, internalIpAddress, internalPort }: PortForwarding): string {
  const port = findById(topology.ports, internalPortId)
  const name = vmOfPort(topology.vms, internalPortId)?.name ?? (port ? labelPort(topology, port) : internalPortId)
  return `${name === internalIpAddress ? '' : `${name} `}${internalIpAddress}:${internalPort}`
}
