// The fields of a floating IP as people read them.

import { findById } from '../../find'
import { nameOf, type PrintedFields } from '../../print-values'
import type { Topology } from '../../topology'
import { labelPort } from '../port/port-label'
import type { FloatingIp } from './floating-ip'
import { floatingAddress } from './floating-ip-label'

export function printFloatingIp(floatingIp: FloatingIp, names: Topology): PrintedFields {
  const port = findById(names.ports, floatingIp.fixedPortId)
  return {
    address: floatingAddress(names, floatingIp),
    network: nameOf(names.networks, floatingIp.networkId),
    project: nameOf(names.projects, floatingIp.projectId),
    'fixed port': port ? labelPort(names, port) : floatingIp.fixedPortId,
    'fixed address': floatingIp.fixedIpAddress,
    router: nameOf(names.routers, floatingIp.routerId),
  }
}
