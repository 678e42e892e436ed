// The hosts that a walk may come to, and which of their devices hear each other. Indexed once; walks ask it a thousand times.

import type { Link } from '../host/link'
import type { Frame } from './frame'
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

/** Who is behind a wire, and no host of the fleet: a network's segment leads there. */
export interface OutsideSegment {
  /** What people call it. */
  readonly name: string
  /** NICs that hear it. */
  readonly ends: readonly WireEnd[]
  /** Of its frames on the wire; null: untagged. */
  readonly vlanId: number | null
  /** Nobody outside answers for these. */
  readonly isOurs: (address: string) => boolean
  /** By address, as far as hosts have heard them. */
  readonly macs: ReadonlyMap<string, string>
}

export interface WalkFleet {
  readonly hosts: readonly WalkHost[]
  /** Each a segment: every end hears any other. A frame to a MAC that the fleet knows goes to its owner only, as behind a switch. */
  readonly wires: readonly (readonly WireEnd[])[]
  readonly guests?: readonly KnownGuest[]
  /** Absent: nobody is outside, as far as anybody asks. */
  readonly outside?: readonly OutsideSegment[]
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
  readonly #outside: readonly OutsideSegment[]

  /** `memory`: what walks through earlier states of the same hosts left. */
  constructor({ hosts, wires, guests = [], outside = [] }: WalkFleet, memory = new WalkMemory()) {
    this.hosts = new Map(hosts.map((host) => [host.hostId, new Host(host, memory.of(host.hostId))]))
    this.#wires = new Map(
      wires.flatMap((ends) => ends.map((end) => [endKey(end), ends.filter((other) => endKey(other) !== endKey(end))] as const)),
    )
    for (const [hostId, host] of this.hosts)
      for (const mac of macsOf(host)) this.#hostsByMac.set(mac, (this.#hostsByMac.get(mac) ?? new Set()).add(hostId))
    this.#guests = guests
    this.#outside = outside
  }

  /** undefined: nobody said what this device is wired to. */
  hearersOf(host: Host, { netns, name }: Link): readonly WireEnd[] | undefined {
    return this.#wires.get(endKey({ hostId: host.hostId, netns, device: name }))
  }

  /** What a frame comes to behind the wire of that NIC. */
  outsideOf(host: Host, { netns, name }: Link, { vlans }: Frame): OutsideSegment | undefined {
    const own = endKey({ hostId: host.hostId, netns, device: name })
    return this.#outside.find(
      ({ ends, vlanId }) =>
        vlans.length === (vlanId === null ? 0 : 1) && vlans[0]?.vlanId === (vlanId ?? undefined) && ends.some((end) => endKey(end) === own),
    )
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
