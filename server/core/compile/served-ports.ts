// Ports that a router routes for (neutron-lib's utils.is_dvr_serviced and the owners behind it): those of VMs, subports, and DHCP servers.

import type { DeviceOwner, Port } from '../topology/kinds/port/port'

const SERVED: ReadonlySet<DeviceOwner> = new Set(['compute:nova', 'trunk:subport', 'network:dhcp'])
export const isServed = ({ deviceOwner }: Pick<Port, 'deviceOwner'>): boolean => SERVED.has(deviceOwner)
