// Lookups and small list operations that every rule and edit needs.

import type { Host, Network, PhysicalNetwork, Port, Project, Subnet, Topology, Vm } from './topology'

interface Identified {
  readonly id: string
}

export const findById = <Item extends Identified>(items: readonly Item[], id: string | null | undefined): Item | null =>
  items.find((item) => item.id === id) ?? null

/** Everything but the object itself, so that a changed object is not compared with its former self. */
export const othersThan = <Item extends Identified>(items: readonly Item[], item: Identified): Item[] =>
  items.filter((each) => each.id !== item.id)

/** In place of the one with the same id, or at the end. */
export function put<Item extends Identified>(items: readonly Item[], item: Item): Item[] {
  const index = items.findIndex((each) => each.id === item.id)
  return index < 0 ? [...items, item] : items.with(index, item)
}

export const quoted = (name: string): string => `"${name}"`
export const listNames = (items: readonly { readonly name: string }[]): string => joinWords(items.map((item) => quoted(item.name)))

/** "a", "a and b", "a, b and 5 more": a sentence stays readable, `objects` holds all. */
export function joinWords(words: readonly string[], max = 5): string {
  if (words.length > max) return `${words.slice(0, max).join(', ')} and ${words.length - max} more`
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** What people call a port: its VM and NIC, its name, or its address. */
export function labelPort({ vms, networks }: Topology, port: Port): string {
  const vm = vms.find((each) => each.portIds.includes(port.id))
  if (vm) return `${vm.name} eth${vm.portIds.indexOf(port.id)}`
  if (port.deviceOwner === 'network:dhcp') return `DHCP of ${findById(networks, port.networkId)?.name ?? port.networkId}`
  return port.name || port.fixedIps[0]?.ipAddress || port.macAddress
}

export type AnyObject = Project | Host | PhysicalNetwork | Network | Subnet | Port | Vm
