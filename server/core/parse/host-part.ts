// What a reading can be asked for apart: a network namespace, a bridge of Open vSwitch with its flows and what it learned, the guests, and
// each kind that is read by itself (DHCP servers, the restore unit). Every reading has the rest: the root namespace, the tables of Open
// vSwitch, the names of namespaces. That is cheap, and without it no packet can be followed.
//
// Whatever stands in a section with a subject belongs to a bridge or to a namespace, so that a new section is a part of its place.

import { kindNames } from '../host/host-state'
import { kindOf } from '../kinds/kinds'
import { splitName } from './sections'

export type HostPart = `netns/${string}` | `bridge/${string}` | (typeof GUESTS | typeof DHCP_SERVERS)

export type HostScope = ReadonlySet<HostPart>

/** VMs, and the facts of the host, which tell whether libvirt can be asked. */
export const GUESTS = 'guests'
export const DHCP_SERVERS = 'dnsmasq'
export const namespacePart = (netns: string): HostPart => `netns/${netns}`
export const bridgePart = (bridge: string): HostPart => `bridge/${bridge}`

const OF_GUESTS = new Set(['facts', 'virsh', 'domains'])
const OF_BRIDGES = new Set(['flows', 'port-flags', 'ovs-macs', 'groups'])
const OF_KINDS = new Set(kindNames.flatMap((kind) => kindOf(kind).reading?.section ?? []))

/** null: every reading has it. */
export function partOf(section: string): string | null {
  const [kind, subject] = splitName(section)
  if (kind === 'errors') return partOf(subject)
  if (OF_GUESTS.has(kind)) return GUESTS
  if (OF_KINDS.has(kind)) return kind
  if (subject === '') return null
  return OF_BRIDGES.has(kind) ? bridgePart(subject) : namespacePart(subject)
}

/** Whether a reading of these parts has the section. */
export function isAsked(section: string, scope: HostScope): boolean {
  const part = partOf(section)
  return part === null || (scope as ReadonlySet<string>).has(part)
}

/** As the read script passes names on (`plain`). Others it reads in no reading. */
const WORD = /^(?:(?:netns|bridge)\/[A-Za-z0-9_.:@][A-Za-z0-9_.:@-]*|[a-z]+)$/

/** Arguments of the read script. The first one is no part: without any, everything would be asked for. */
export const wordsOf = (scope: HostScope): string[] => ['root', ...[...scope].filter((part) => WORD.test(part)).sort()]

export const isWithin = (part: HostScope, scope: HostScope): boolean => [...part].every((each) => scope.has(each))
