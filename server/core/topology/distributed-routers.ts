// Where a distributed router stands: on every host with a port that it serves, in any of its networks, and where its central part is, as Neutron has it.
// Ports of routers are not served, so that no router stands anywhere because another does.

import { oncePer } from '../once-per'
import type { DeviceOwner, Port } from './kinds/port/port'
import { isCentralPort } from './router-ports'

const SERVED: ReadonlySet<DeviceOwner> = new Set<DeviceOwner>(['compute:nova', 'trunk:subport', 'network:dhcp'])
/** Ports that a router routes for (neutron-lib's utils.is_dvr_serviced), of the owners that there are. */
export const isServed = ({ deviceOwner }: Pick<Port, 'deviceOwner'>): boolean => SERVED.has(deviceOwner)

/** Ids of hosts, in the order of their first port. */
export const hostIdsServed = (ports: readonly Port[], routerId: string): readonly string[] => servedBy(ports).get(routerId) ?? []

/** By router; linear in the ports, however many networks a router has. */
const servedBy = oncePer((ports: readonly Port[]): ReadonlyMap<string, readonly string[]> => {
  const hosts = new Map<string, Set<string>>()
  const byNetwork = new Map<string, Set<string>[]>()
  for (const { deviceOwner, deviceId, distributedOn, networkId } of ports) {
    if (deviceOwner !== 'network:router_interface_distributed' || distributedOn) continue
    const own = hosts.get(deviceId) ?? new Set<string>()
    hosts.set(deviceId, own)
    byNetwork.set(networkId, [...(byNetwork.get(networkId) ?? []), own])
  }
  if (hosts.size === 0) return new Map()
  for (const port of ports) {
    const { deviceId, hostId, networkId } = port
    if (hostId === null) continue
    if (isServed(port)) byNetwork.get(networkId)?.forEach((own) => own.add(hostId))
    else if (isCentralPort(port)) hosts.get(deviceId)?.add(hostId)
  }
  return new Map([...hosts].map(([id, own]) => [id, [...own]]))
})
