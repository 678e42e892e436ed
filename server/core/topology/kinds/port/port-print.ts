// The fields of a port as people read them.

import { list, nameOf, type PrintedFields, yesNo } from '../../print-values'
import type { Topology } from '../../topology'
import type { Port } from './port'

export function printPort(port: Port, names: Topology): PrintedFields {
  return {
    name: port.name === '' ? null : port.name,
    network: nameOf(names.networks, port.networkId),
    MAC: port.macAddress,
    addresses: list(port.fixedIps.map((fixedIp) => fixedIp.ipAddress)),
    host: nameOf(names.hosts, port.hostId),
    owner: port.deviceOwner === '' ? null : port.deviceOwner,
    device: port.deviceOwner === 'compute:nova' ? nameOf(names.vms, port.deviceId) : port.deviceId || null,
    'admin state': port.isAdminStateUp ? 'up' : 'down',
    'port security': yesNo(port.isPortSecurityEnabled),
  }
}
