// Two machines with one address, or another one than the port's: who asks for it hears two MACs, and whoever answers first has the traffic, today the right one, tomorrow
// the other. Told from ARP on the path, and from ports in a VM's own bridge that nobody designed.

import type { HostObservation } from '../host/observation'
import type { CapturedPacket } from '../packet/captured-packet'
import { headerShape } from '../packet/headers'
import type { Endpoint, Path, PathHop } from './path'
import type { Stranger, Verdict } from './verdict-params'

export interface AddressConflict {
  readonly endpoint: Endpoint
  /** Beside that of the port. */
  readonly macAddress: string
  /** That of the port was heard as well: there are two. */
  readonly isOwnHeard: boolean
  /** The first on the way from the source that saw it. */
  readonly hop: PathHop
}

/** A port of a bridge of the path. */
export interface BridgePlace {
  readonly hostId: string
  readonly hostName: string
  readonly bridge: string
  readonly port: string
}

/** One per address and stranger. */
export function findConflicts(
  { forth, source, destination }: Path,
  packetsAt: (hop: PathHop) => readonly CapturedPacket[],
): AddressConflict[] {
  const found = new Map<string, Omit<AddressConflict, 'isOwnHeard'>>()
  const heard = new Set<Endpoint>()
  // Which MAC is outside with an address is nobody's to say.
  const known = [source, destination].filter(({ kind }) => kind !== 'outside')
  for (const hop of forth.hops) {
    const claims = packetsAt(hop).flatMap((packet) => headerShape(packet)?.arp ?? [])
    for (const endpoint of known) {
      for (const { senderIp, senderMac } of claims) {
        if (senderIp !== endpoint.ipAddress) continue
        const key = `${endpoint.id} ${senderMac}`
        if (senderMac.toLowerCase() === endpoint.macAddress.toLowerCase()) heard.add(endpoint)
        else if (!found.has(key)) found.set(key, { endpoint, macAddress: senderMac, hop })
      }
    }
  }
  return [...found.values()].map((each) => ({ ...each, isOwnHeard: heard.has(each.endpoint) }))
}

/** What is plugged into the bridge of one VM beside its tap and its veth. Other bridges are shared, and hold what they hold. */
export function strangersIn({ forth: { hops } }: Path, observations: ReadonlyMap<string, HostObservation>): BridgePlace[] {
  return hops.flatMap(({ role, place: { hostId, device }, hostName, id }) => {
    const links = role === 'qbr' && hostId !== null ? (observations.get(hostId)?.state.links ?? []) : []
    const isOfPath = (name: string) => hops.some((hop) => hop.place.hostId === hostId && hop.place.device === name && hop.id !== id)
    const strangers = links.filter((link) => link.netns === '' && link.master === device && link.owner === null && !isOfPath(link.name))
    return strangers.map(({ name }) => ({ hostId: hostId!, hostName: hostName ?? '', bridge: device, port: name }))
  })
}

/** A qbr learns no MACs (its ageing is 0), so that a stranger in the bridge of that VM is a likely place and no certain one. */
export function nameConflict({ endpoint, macAddress, isOwnHeard }: AddressConflict, strangers: readonly BridgePlace[]): Verdict {
  const near = strangers.filter(({ hostId }) => hostId === endpoint.hostId).map(strangerOf)
  const { ipAddress: address, macAddress: mac, label } = endpoint
  return { code: isOwnHeard ? 'two-macs' : 'other-mac', params: { address, mac, label, other: macAddress, strangers: near } }
}

export const strangerOf = ({ port, bridge, hostName }: BridgePlace): Stranger => ({ port, bridge, host: hostName })
