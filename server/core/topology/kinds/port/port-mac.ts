// The MAC address of a port that names none.

import { drawMac } from '../../allocate/mac-address'
import { findById } from '../../find'
import type { IdSource } from '../../id-source'
import { portsOfNetwork } from '../../lookup'
import { PORT_MAC_BASE } from '../../mac'
import type { Topology } from '../../topology'
import { macBaseOf } from '../../wire'

export function allocatePortMac({ ports, networks, physicalNetworks }: Topology, networkId: string, ids: IdSource): string {
  const physicalNetwork = findById(physicalNetworks, findById(networks, networkId)?.physicalNetworkId)
  return drawMac(
    physicalNetwork ? macBaseOf(physicalNetwork) : PORT_MAC_BASE,
    new Set(portsOfNetwork(ports, networkId).map((port) => port.macAddress)),
    ids,
  )
}
