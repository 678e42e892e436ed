// What people call a floating IP: its address.

import { findById } from '../../find'
import type { Topology } from '../../topology'
import type { FloatingIp } from './floating-ip'

export const floatingAddress = ({ ports }: Pick<Topology, 'ports'>, { portId }: FloatingIp): string | null =>
  findById(ports, portId)?.fixedIps[0]?.ipAddress ?? null

/** Among floating IPs, where the address says enough. */
export const labelFloatingIp = (topology: Pick<Topology, 'ports'>, floatingIp: FloatingIp): string =>
  floatingAddress(topology, floatingIp) ?? floatingIp.id
