// What carries the tunnel on a host: the NIC, and with the userspace datapath the bridge that holds it, whose internal
// port has the VTEP address (docs/reference/open-vswitch.md).

import { traitsOf } from '../agents/agent-traits'
import { underlayBridgeName } from '../naming'
import type { PathSide } from './path-side'

export interface Underlay {
  /** null with the kernel datapath: the address is on the NIC. */
  readonly bridge: string | null
  readonly nic: string
}

export function underlayOf({ host, view }: Pick<PathSide, 'host' | 'view'>): Underlay {
  const nic = host.tunnel?.nic ?? '?'
  const holder = host.tunnel ? view?.linkWithAddress(host.tunnel.address) : undefined
  if (holder !== undefined && view?.bridge(holder)) return { bridge: holder, nic }
  return { bridge: traitsOf(host).hasUnderlayBridge(host) ? underlayBridgeName(nic) : null, nic }
}
