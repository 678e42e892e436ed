// One `ip -j -d -s -batch` run in one namespace: addr, route, rule, neigh, neigh proxy, netconf and netns list-id, each a JSON array on its own line.
// A line is told by what its rows hold, not by its place: a command that fails leaves its line out.
//
//   [{"ifindex":1,"ifname":"lo",…}]
//   [{"dst":"10.97.0.0/24","dev":"eth0",…}]
//   [{"priority":0,"src":"all","table":"local"}]
//   [{"dst":"10.97.0.4","dev":"eth0","lladdr":"02:00:00:00:00:04","probes":1,"state":["STALE"]}]
//   [{"dst":"10.97.0.9","dev":"eth0","proxy":null}]
//   [{"family":"inet","interface":"lo","forwarding":false,…}]
//   [{"nsid":0,"name":"qdhcp-0b5e…"}]

import type { IpAddress, IpRule, Route } from '../../host/ip'
import type { Neighbour, ProxiedAddress } from '../../host/learned'
import type { Sysctl } from '../../host/sysctl'
import type { Unparsed } from '../../host/observation'
import type { UnparsedReason } from '../../host/unparsed-params'
import { mapParsed, parseJson, readRows, rowSteps } from '../json'
import { notA, unparsed, type Parsed } from '../parse-result'
import type { Steps } from '../steps'
import { addressRowSchema, toAddresses } from './address'
import { linkRowSchema, type LinkRow } from './link'
import { namespaceIdRowSchema, type NamespaceId } from './namespace-id'
import { readNeighbours, readProxied } from './neighbour'
import { netconfSteps } from './netconf'
import { routeRowSchema, toRoutes } from './route'
import { readRules } from './rule'

export interface NamespaceIp {
  readonly netns: string
  readonly links: readonly LinkRow[]
  readonly addresses: readonly IpAddress[]
  readonly routes: readonly Route[]
  readonly rules: readonly IpRule[]
  readonly namespaceIds: readonly NamespaceId[]
  readonly neighbours: readonly Neighbour[]
  readonly proxied: readonly ProxiedAddress[]
  readonly settings: readonly Sysctl[]
}

const empty = { links: [], addresses: [], routes: [], rules: [], namespaceIds: [], neighbours: [], proxied: [], settings: [] } as const

export function* ipBatchSteps(text: string, netns: string, section: string): Steps<Parsed<NamespaceIp>> {
  const parts: Part[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    parts.push(yield* readLine(line, netns, section))
    yield
  }
  const value = parts.reduce<NamespaceIp>((merged, part) => ({ ...merged, ...part.value }), { netns, ...empty })
  return { value, unparsed: parts.flatMap((part) => part.unparsed) }
}

type Part = Parsed<Partial<NamespaceIp>>

function* readLine(line: string, netns: string, section: string): Steps<Part> {
  const json = parseJson(line)
  if (!json.ok || !Array.isArray(json.value)) return rest(section, line, notA('json-list'))
  const first: unknown = json.value[0]
  if (first === undefined) return { value: {}, unparsed: [] }
  const kind = kindOfRow(first)
  return (yield* rowsOf(kind, json.value, netns, section)) ?? rest(section, line, { code: 'unknown-list', params: {} })
}

type RowKind = Exclude<keyof NamespaceIp, 'netns' | 'addresses'>

const kindKeys: readonly (readonly [key: string, kind: RowKind])[] = [
  ['ifindex', 'links'],
  // With -s the kernel's count of questions is there, whatever else is known of a neighbour.
  ['probes', 'neighbours'],
  ['proxy', 'proxied'],
  ['interface', 'settings'],
  // A rule may be for a destination.
  ['priority', 'rules'],
  ['dst', 'routes'],
  ['nsid', 'namespaceIds'],
]

function kindOfRow(row: unknown): RowKind | null {
  if (typeof row !== 'object' || row === null) return null
  return kindKeys.find(([key]) => Object.hasOwn(row, key))?.[1] ?? null
}

/** Devices and their settings come by the thousand. */
function* rowsOf(kind: RowKind | null, rows: readonly unknown[], netns: string, section: string): Steps<Part | null> {
  if (kind === 'links') return yield* linkSteps(rows, netns, section)
  if (kind === 'rules') {
    const rules = readRules(rows, netns, section)
    return { value: { rules: rules.value }, unparsed: rules.unparsed }
  }
  if (kind === 'routes') {
    const routes = readRows(rows, section, routeRowSchema)
    return { value: { routes: routes.value.flatMap((row) => toRoutes(row, netns)) }, unparsed: routes.unparsed }
  }
  // What is not understood of these hides nothing that a plan asks for, and must not hold one up: it goes by names of its own.
  if (kind === 'neighbours') return mapParsed(readNeighbours(rows, netns, `neigh ${netns}`), (neighbours) => ({ neighbours }))
  if (kind === 'proxied') return mapParsed(readProxied(rows, netns, `neigh ${netns}`), (proxied) => ({ proxied }))
  if (kind === 'settings') return mapParsed(yield* netconfSteps(rows, netns, `netconf ${netns}`), (settings) => ({ settings }))
  if (kind === null) return null
  const ids = readRows(rows, section, namespaceIdRowSchema)
  return { value: { namespaceIds: ids.value }, unparsed: ids.unparsed }
}

/** `ip addr` holds both: the device and its addresses. */
function* linkSteps(rows: readonly unknown[], netns: string, section: string): Steps<Part> {
  const links = yield* rowSteps(rows, section, linkRowSchema)
  const addresses = yield* rowSteps(rows, section, addressRowSchema)
  return {
    value: { links: links.value, addresses: addresses.value.flatMap((row) => toAddresses(row, netns)) },
    unparsed: [...links.unparsed, ...addresses.unparsed],
  }
}

const rest = (section: string, text: string, reason: UnparsedReason): { value: Partial<NamespaceIp>; unparsed: Unparsed[] } => ({
  value: {},
  unparsed: [unparsed(section, text, reason)],
})
