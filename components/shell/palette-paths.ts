// Paths that the palette offers: from or to what was found, where a path can end, and to an address that nobody in the cloud has. Pure.

import { routes } from '@/components/lib/routes'
import { mayBeOutside } from '@/server/core/path/end'
import { findEndpoint } from '@/server/core/path/list-endpoints'
import type { Endpoint } from '@/server/core/path/path'
import type { Topology } from '@/server/core/topology/topology'

import type { PaletteAction } from './palette-actions'
import type { PaletteHit } from './palette-entries'

/** More would push the objects out of sight. */
const MOST = 3

export function findPaths(topology: Topology, hits: readonly PaletteHit[], query: string): readonly PaletteAction[] {
  const ends = hits.flatMap(({ entry }) => findEndpoint(topology, entry.id) ?? []).slice(0, MOST)
  const address = query.trim()
  const isOurs = topology.ports.some(({ fixedIps }) => fixedIps.some(({ ipAddress }) => ipAddress === address))
  return [
    ...ends.map(pathAt),
    ...(mayBeOutside(address) && !isOurs ? [{ label: `Path to ${address}`, hint: 'outside', href: routes.path({ to: address }) }] : []),
  ]
}

/** A floating IP is asked for, a port sends. */
const pathAt = ({ id, label, ipAddress, macAddress, floatingIp }: Endpoint): PaletteAction =>
  floatingIp
    ? { label: `Path to ${label}`, hint: floatingIp.address, href: routes.path({ to: id }) }
    : { label: `Path from ${label}`, hint: ipAddress ?? macAddress, href: routes.path({ from: id }) }
