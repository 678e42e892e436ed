// The fields of a port as people read them.

import { list, nameOf, type PrintedFields, yesNo } from '../../print-values'
import { isAgentGateway, isFloatingIpPort } from '../../floating-ips'
import { isMemberPort } from '../../gateway-clusters'
import { isRouterPort } from '../../router-ports'
import type { Topology } from '../../topology'
import { nameGroup } from '../security-group/security-group-label'
import { labelPort } from './port-label'
import type { Port } from './port'

export function printPort(port: Port, names: Topology): PrintedFields {
  return {
    name: port.name === '' ? null : port.name,
    network: nameOf(names.networks, port.networkId),
    MAC: port.macAddress,
    addresses: list(port.fixedIps.map((fixedIp) => fixedIp.ipAddress)),
    host: nameOf(names.hosts, port.hostId),
    owner: port.deviceOwner === '' ? null : port.deviceOwner,
    device: printDevice(port, names),
    'admin state': port.isAdminStateUp ? 'up' : 'down',
    'port security': yesNo(port.isPortSecurityEnabled),
    'security groups': printGroups(port, names),
    'allowed address pairs': list((port.allowedAddressPairs ?? []).map((pair) => `${pair.ipAddress} with ${pair.macAddress}`)),
  }
}

function printDevice(port: Port, names: Topology): string | null {
  if (port.deviceOwner === 'compute:nova') return nameOf(names.vms, port.deviceId)
  if (isFloatingIpPort(port)) return labelPort(names, port)
  if (isAgentGateway(port)) return nameOf(names.hosts, port.deviceId)
  if (isMemberPort(port)) return nameOf(names.gatewayClusters, port.deviceId)
  return isRouterPort(port) ? nameOf(names.routers, port.deviceId) : port.deviceId || null
}

/** None that filters, and no filter, are not the same. */
function printGroups({ securityGroupIds }: Port, { securityGroups }: Topology): string | null {
  if (!securityGroupIds) return null
  return list(securityGroupIds.map((id) => nameGroup(securityGroups, id))) ?? 'none: only DHCP passes'
}
