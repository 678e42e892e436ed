// Lookups that do not scan: an index per list, made when it is first asked for. Lists of a topology are never changed; an edit makes new
// ones of what it changes, so the indexes of all others outlive it.

import { oncePer } from '../once-per'
import type { Port } from './kinds/port/port'
import type { Subnet } from './kinds/subnet/subnet'
import type { SubPort, Trunk } from './kinds/trunk/trunk'
import type { Vm } from './kinds/vm/vm'

/** Those of the list with that key, in the order of the list. */
export type Lookup<Item> = (items: readonly Item[], key: string) => readonly Item[]

/** An item may have many keys, or none. */
export function lookupBy<Item>(keysOf: (item: Item) => Iterable<string>): Lookup<Item> {
  const indexOf = oncePer((items: readonly Item[]) => groupBy(items, keysOf))
  return (items, key) => indexOf(items).get(key) ?? []
}

function groupBy<Item>(items: readonly Item[], keysOf: (item: Item) => Iterable<string>): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key)
      if (group) group.push(item)
      else groups.set(key, [item])
    }
  }
  return groups
}

const inNetwork = ({ networkId }: { readonly networkId: string }): [string] => [networkId]

export const subnetsOfNetwork = lookupBy<Subnet>(inNetwork)
export const portsOfNetwork = lookupBy<Port>(inNetwork)
/** Of the network with that id. */
export const dhcpPortsOf = lookupBy<Port>((port) => (port.deviceOwner === 'network:dhcp' ? inNetwork(port) : []))
export const portsOfSubnet = lookupBy<Port>(({ fixedIps }) => new Set(fixedIps.map(({ subnetId }) => subnetId)))

const portsByMac = lookupBy<Port>(({ networkId, macAddress }) => [macKey(networkId, macAddress)])
const macKey = (networkId: string, macAddress: string): string => `${networkId} ${macAddress}`
export const portsWithMac = (ports: readonly Port[], networkId: string, macAddress: string): readonly Port[] => portsByMac(ports, macKey(networkId, macAddress))

type FixedIp = Port['fixedIps'][number]
const portsByAddress = lookupBy<Port>(({ fixedIps }) => new Set(fixedIps.map(addressKey)))
const addressKey = ({ subnetId, ipAddress }: FixedIp): string => `${subnetId} ${ipAddress}`
export const portsWithAddress = (ports: readonly Port[], fixedIp: FixedIp): readonly Port[] => portsByAddress(ports, addressKey(fixedIp))

const vmsByPort = lookupBy<Vm>(({ portIds }) => new Set(portIds))
export const vmOfPort = (vms: readonly Vm[], portId: string): Vm | null => vmsByPort(vms, portId)[0] ?? null
export const vmsOnHost = lookupBy<Vm>(({ hostId }) => [hostId])

const trunksByParent = lookupBy<Trunk>(({ portId }) => [portId])
export const trunkOfParent = (trunks: readonly Trunk[], portId: string): Trunk | null => trunksByParent(trunks, portId)[0] ?? null

const portOf = ({ portId }: SubPort): [string] => [portId]
const trunksBySubPort = lookupBy<Trunk>(({ subPorts }) => new Set(subPorts.flatMap(portOf)))
const subPortsByPort = lookupBy<SubPort>(portOf)
/** The trunk that a port is in as a subport, with its guest VLAN. */
export function subPortOf({ trunks }: { readonly trunks: readonly Trunk[] }, portId: string): { readonly trunk: Trunk; readonly subPort: SubPort } | null {
  const trunk = trunksBySubPort(trunks, portId)[0]
  const subPort = trunk && subPortsByPort(trunk.subPorts, portId)[0]
  return trunk && subPort ? { trunk, subPort } : null
}

