// MAC addresses with Neutron's prefixes; the last three octets are random bytes handed in, so that tests can foresee them.

import type { IdSource } from '../id-source'
import { findById } from '../find'
import { DVR_MAC_BASE, INNER_MAC_BASES, PORT_MAC_BASE, UPLINK_MAC_BASE } from '../mac'
import type { PhysicalNetwork, Topology } from '../topology'
import { isCarried, macBaseOf, wireOf } from '../wire'

/** 2^24 addresses per prefix: with half of them taken, fifty draws fail once in 10^15. */
const MAX_DRAWS = 50

export function allocatePortMac({ ports, networks, physicalNetworks }: Topology, networkId: string, ids: IdSource): string {
  const physicalNetwork = findById(physicalNetworks, findById(networks, networkId)?.physicalNetworkId)
  return drawMac(physicalNetwork ? macBaseOf(physicalNetwork) : PORT_MAC_BASE, new Set(ports.filter((port) => port.networkId === networkId).map((port) => port.macAddress)), ids)
}

/** One per host, in no other use (reference §3, DVR). */
export function allocateDvrMac({ hosts }: Topology, ids: IdSource): string {
  return drawMac(DVR_MAC_BASE, new Set(hosts.map((host) => host.dvrMac)), ids)
}

export function allocateUplinkMac({ nestedUplinks }: Topology, ids: IdSource): string {
  return drawMac(UPLINK_MAC_BASE, new Set(nestedUplinks.map((uplink) => uplink.macAddress)), ids)
}

/** For a physical network that travels on another one's wire and names no base: the first one free there. */
export function chooseMacBase(topology: Pick<Topology, 'physicalNetworks'>, physicalNetwork: PhysicalNetwork): PhysicalNetwork {
  if (!isCarried(physicalNetwork) || physicalNetwork.macBase !== undefined) return physicalNetwork
  const wire = wireOf(topology, physicalNetwork).id
  const taken = new Set(topology.physicalNetworks.filter((other) => other.id !== physicalNetwork.id && wireOf(topology, other).id === wire).map(macBaseOf))
  const macBase = INNER_MAC_BASES.find((base) => !taken.has(base))
  return macBase === undefined ? physicalNetwork : { ...physicalNetwork, macBase }
}

function drawMac(base: string, taken: ReadonlySet<string>, ids: IdSource): string {
  for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
    const suffix = Array.from(ids.bytes(3), (byte) => byte.toString(16).padStart(2, '0'))
    const mac = [base, ...suffix].join(':')
    if (!taken.has(mac)) return mac
  }
  throw new Error(`invariant: no free MAC address under ${base} in ${MAX_DRAWS} draws of random bytes`)
}
