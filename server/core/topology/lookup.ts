// Lookups that do not scan: an index per list, made when it is first asked for. Lists of a topology are never changed; an edit makes new
// ones of what it changes, so the indexes of all others outlive it.

import { oncePer } from '../once-per'
import type { Port } from './kinds/port/port'
import type { SecurityGroup } from './kinds/security-group/security-group'
import type { Subnet } from './kinds/subnet/subnet'
import type { SubPort, Trunk } from './kinds/trunk/trunk'
import type { Vm } from './kinds/vm/vm'
import type { LocalVlan } from './topology'

/** Those of the list with that key, in the order of the list. */
export type Lookup<Item> = (items: readonly Item[], key: string) => readonly Item[]

/** Adds the keys of an item: many, or none. A list that an edit changed is indexed again, so this makes nothing but the keys. */
type AddKeys<Item> = (item: Item, add: (key: string) => void) => void

export function lookupBy<Item>(addKeys: AddKeys<Item>): Lookup<Item> {
  const indexOf = oncePer((items: readonly Item[]) => groupBy(items, addKeys))
  return (items, key) => indexOf(items).get(key) ?? []
}

function groupBy<Item>(items: readonly Item[], addKeys: AddKeys<Item>): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>()
  let current: Item
  const add = (key: string): void => {
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [current])
    // Added twice for one item.
    else if (group.at(-1) !== current) group.push(current)
  }
  for (current of items) addKeys(current, add)
  return groups
}

export const subnetsOfNetwork = lookupBy<Subnet>(({ networkId }, add) => add(networkId))
export const portsOfNetwork = lookupBy<Port>(({ networkId }, add) => add(networkId))
/** Of the network with that id. */
export const dhcpPortsOf = lookupBy<Port>(({ deviceOwner, networkId }, add) => {
  if (deviceOwner === 'network:dhcp') add(networkId)
})
export const portsOfSubnet = lookupBy<Port>(({ fixedIps }, add) => {
  for (const { subnetId } of fixedIps) add(subnetId)
})

/** Bound there by the operator; where a port stands is told by presence.ts. */
export const portsOnHost = lookupBy<Port>(({ hostId }, add) => {
  if (hostId !== null) add(hostId)
})

export const portsInGroup = lookupBy<Port>(({ securityGroupIds }, add) => securityGroupIds?.forEach(add))
/** Of the project with that id. */
export const groupsOfProject = lookupBy<SecurityGroup>(({ projectId }, add) => add(projectId))
/** Those with a rule about ports of that group. */
export const groupsNaming = lookupBy<SecurityGroup>(({ rules }, add) => {
  for (const { remoteGroupId } of rules) if (remoteGroupId !== null) add(remoteGroupId)
})

export const localVlansOn = lookupBy<LocalVlan>(({ hostId }, add) => add(hostId))
/** Of the network with that id. */
export const localVlansOf = lookupBy<LocalVlan>(({ networkId }, add) => add(networkId))

// By MAC or address alone, which other networks may have too: a key made of both would have to be made for every port.
const portsByMac = lookupBy<Port>(({ macAddress }, add) => add(macAddress))
export const portsWithMac = (ports: readonly Port[], networkId: string, macAddress: string): readonly Port[] =>
  portsByMac(ports, macAddress).filter((port) => port.networkId === networkId)

type FixedIp = Port['fixedIps'][number]
const portsByAddress = lookupBy<Port>(({ fixedIps }, add) => {
  for (const { ipAddress } of fixedIps) add(ipAddress)
})
export const portsWithAddress = (ports: readonly Port[], { subnetId, ipAddress }: FixedIp): readonly Port[] =>
  portsByAddress(ports, ipAddress).filter(({ fixedIps }) =>
    fixedIps.some((fixedIp) => fixedIp.ipAddress === ipAddress && fixedIp.subnetId === subnetId),
  )

const vmsByPort = lookupBy<Vm>(({ portIds }, add) => portIds.forEach(add))
export const vmOfPort = (vms: readonly Vm[], portId: string): Vm | null => vmsByPort(vms, portId)[0] ?? null
export const vmsOnHost = lookupBy<Vm>(({ hostId }, add) => add(hostId))

const trunksByParent = lookupBy<Trunk>(({ portId }, add) => add(portId))
export const trunkOfParent = (trunks: readonly Trunk[], portId: string): Trunk | null => trunksByParent(trunks, portId)[0] ?? null

const trunksBySubPort = lookupBy<Trunk>(({ subPorts }, add) => subPorts.forEach(({ portId }) => add(portId)))
const subPortsByPort = lookupBy<SubPort>(({ portId }, add) => add(portId))
/** The trunk that a port is in as a subport, with its guest VLAN. */
export function subPortOf(
  { trunks }: { readonly trunks: readonly Trunk[] },
  portId: string,
): { readonly trunk: Trunk; readonly subPort: SubPort } | null {
  const trunk = trunksBySubPort(trunks, portId)[0]
  const subPort = trunk && subPortsByPort(trunk.subPorts, portId)[0]
  return trunk && subPort ? { trunk, subPort } : null
}
