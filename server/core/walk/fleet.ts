// The hosts that a walk may come to, and which of their devices hear each other. Indexed once; walks ask it a thousand times.

import type { Link } from '../host/link'
import { Host, type WalkHost } from './linux/host'
import { WalkMemory } from './walk-memory'
import type { Place } from './walk-result'

/** One end of a wire: a NIC, or the tap of a VM whose inside is another host's NIC. */
export interface WireEnd {
  readonly hostId: string
  /** The root namespace when absent. */
  readonly netns?: string
  readonly device: string
}

export interface WalkFleet {
  readonly hosts: readonly WalkHost[]
  /** Each a segment: every end hears any other. A frame to a MAC that the fleet knows goes to its owner only, as behind a switch. */
  readonly wires: readonly (readonly WireEnd[])[]
  readonly guests?: readonly KnownGuest[]
}

/** What a design or Neutron knows of a guest's port, and its host does not. */
export interface KnownGuest {
  readonly macAddress: string
  /** For which it answers ARP; null: not known. */
  readonly ipAddresses: readonly string[] | null
  /** By which it is plugged; where libvirt tells of the tap, it must have this NIC there. */
  readonly tap?: { readonly hostId: string; readonly device: string }
  /** Of a trunk's subport: the tag that its frames have on the tap. */
  readonly vlanId?: number
}

export class Fleet {
  readonly hosts: ReadonlyMap<string, Host>
  /** Where walks came by, those for a neighbour included: what their ends rest on. */
  readonly visited = new Map<string, Place>()
  readonly #wires: ReadonlyMap<string, readonly WireEnd[]>
  readonly #hostsByMac = new Map<string, Set<string>>()
  readonly #guests: readonly KnownGuest[]

  /** `memory`: what walks through earlier states of the same hosts left. */
  constructor({ hosts, wires, guests = [] }: WalkFleet, memory = new WalkMemory()) {
    this.hosts = new Map(hosts.map((host) => [host.hostId, new Host(host, memory.of(host.hostId))]))
    this.#wires = new Map(
      wires.flatMap((ends) => ends.map((end) => [endKey(end), ends.filter((other) => endKey(other) !== endKey(end))] as const)),
    )
    for (const [hostId, host] of this.hosts)
      for (const mac of macsOf(host)) this.#hostsByMac.set(mac, (this.#hostsByMac.get(mac) ?? new Set()).add(hostId))
    this.#guests = guests
  }

  /** undefined: nobody said what this device is wired to. */
  hearersOf(host: Host, { netns, name }: Link): readonly WireEnd[] | undefined {
    return this.#wires.get(endKey({ hostId: host.hostId, netns, device: name }))
  }

  hasMac(hostId: string, mac: string): boolean {
    return this.#hostsByMac.get(mac)?.has(hostId) ?? false
  }

  /** Whose frames pass a tap, tagged ones apart. Empty: not known. */
  guestsAt(host: Host, tap: Link, vlanId: number | undefined): readonly KnownGuest[] {
    const mac = host.guestOf(tap)?.nic.macAddress
    const known = this.#guests.filter((guest) => guest.vlanId === vlanId && isAt(guest, host, tap, mac))
    return known.length > 0 || mac === undefined ? known : [{ macAddress: mac, ipAddresses: null }]
  }
}

/** A subport's VLAN interface may have another MAC than the NIC under it. */
function isAt({ tap: at, macAddress, vlanId }: KnownGuest, host: Host, tap: Link, mac: string | undefined): boolean {
  if (!at) return macAddress === mac
  return at.hostId === host.hostId && at.device === tap.name && (mac === undefined || vlanId !== undefined || macAddress === mac)
}

const endKey = ({ hostId, netns = '', device }: WireEnd): string => `${hostId}/${netns}/${device}`

function macsOf({ links, state }: Host): string[] {
  return [
    ...links.flatMap(({ macAddress }) => macAddress ?? []),
    ...state.domains.flatMap(({ interfaces }) => interfaces.map(({ macAddress }) => macAddress)),
  ]
}
