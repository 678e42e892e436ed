// MAC addresses with Neutron's prefixes; the last three octets are random bytes handed in, so that tests can foresee them.

import type { IdSource } from '../id-source'
import { DVR_MAC_BASE, PORT_MAC_BASE } from '../mac'
import type { Topology } from '../topology'

/** 2^24 addresses per prefix: with half of them taken, fifty draws fail once in 10^15. */
const MAX_DRAWS = 50

export function allocatePortMac({ ports }: Topology, networkId: string, ids: IdSource): string {
  return drawMac(PORT_MAC_BASE, new Set(ports.filter((port) => port.networkId === networkId).map((port) => port.macAddress)), ids)
}

/** One per host, in no other use (reference §3, DVR). */
export function allocateDvrMac({ hosts }: Topology, ids: IdSource): string {
  return drawMac(DVR_MAC_BASE, new Set(hosts.map((host) => host.dvrMac)), ids)
}

function drawMac(base: string, taken: ReadonlySet<string>, ids: IdSource): string {
  for (let draw = 0; draw < MAX_DRAWS; draw += 1) {
    const suffix = Array.from(ids.bytes(3), (byte) => byte.toString(16).padStart(2, '0'))
    const mac = [base, ...suffix].join(':')
    if (!taken.has(mac)) return mac
  }
  throw new Error(`invariant: no free MAC address under ${base} in ${MAX_DRAWS} draws of random bytes`)
}
