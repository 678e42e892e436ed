// One hook of netfilter: its tables in the kernel's order (nf_ip_hook_priorities), connection tracking between raw and the rest, NAT
// where its table stands. What comes back is the packet as it goes on, or why it does not.

import { isFallback } from '../../../host/group-chain'
import { isOfNft, type IptablesChain } from '../../../host/iptables'
import { dropped, unknown } from '../../ends'
import type { Cause, WalkEnd } from '../../walk-result'
import type { Packet } from '../arrival'
import type { Host } from '../host'
import { invert, natOf, track, translate, type Connections, type Tracked } from './conntrack'
import { isInIpset } from './ipset'
import type { Subject } from './subject'
import type { ChainAtHook } from './ruleset'
import { runChain, type ChainResult, type NatVerdict, type Notes } from './run-chain'

export interface HookInput {
  readonly family: IptablesChain['family']
  readonly hook: string
  /** Of ebtables; iptables' are known by the hook. */
  readonly tables?: readonly string[]
  readonly inDevice: string | null
  readonly outDevice: string | null
  readonly physIn: string | null
  readonly physOut: string | null
  readonly isBridged: boolean
  /** Where a route leads, for MASQUERADE. */
  readonly nextHop?: string
  readonly host: Host
  readonly netns: string
  readonly connections: Connections
  readonly packet: Packet
  readonly tracked: Tracked
}

export interface HookResult {
  readonly packet: Packet
  readonly tracked: Tracked
  readonly causes: readonly Cause[]
  readonly end: WalkEnd | null
}

const TRACK = 'conntrack'
const TABLES: Readonly<Record<string, readonly string[]>> = {
  PREROUTING: ['raw', TRACK, 'mangle', 'nat'],
  INPUT: ['mangle', 'filter', 'security', 'nat'],
  FORWARD: ['mangle', 'filter', 'security'],
  OUTPUT: ['raw', TRACK, 'mangle', 'nat', 'filter', 'security'],
  POSTROUTING: ['mangle', 'nat'],
}
/** As the hook's tables stand above (nf_ip_hook_priorities); nat of a destination is before filter, of a source after. */
const PRIORITIES: Readonly<Record<string, number>> = { raw: -300, [TRACK]: -200, mangle: -150, filter: 0, security: 50 }
/** Where the destination is translated; elsewhere it is the source. */
const DESTINATION_HOOKS = new Set(['PREROUTING', 'OUTPUT'])
/** After these a new connection is confirmed. */
const LAST_HOOKS = new Set(['INPUT', 'POSTROUTING'])

export function runHook(input: HookInput): HookResult {
  const start: HookResult = { packet: input.packet, tracked: input.tracked, causes: [], end: unreadEnd(input) }
  const result = chainsOf(input).reduce((now, chain) => (now.end ? now : runTable(input, chain, now)), start)
  if (!result.end && LAST_HOOKS.has(input.hook) && input.family !== 'bridge') confirm(input, result.tracked)
  return result
}

/** Where priorities are the same, the tables of iptables come first. */
function chainsOf({ family, hook, tables = TABLES[hook] ?? [], host, netns }: HookInput): readonly ChainAtHook[] {
  const isDestination = DESTINATION_HOOKS.has(hook)
  const builtIn = tables.map((table) => ({
    table,
    chain: hook,
    isNat: table === 'nat' && family !== 'bridge',
    priority: PRIORITIES[table] ?? (isDestination ? -100 : 100),
  }))
  return [...builtIn, ...host.ruleset(netns, family).atHook(hook)].sort((left, right) => left.priority - right.priority)
}

function runTable(input: HookInput, { table, chain, isNat }: ChainAtHook, now: HookResult): HookResult {
  const { payload } = now.packet.frame
  const ip = payload.kind === 'ipv4' || payload.kind === 'ipv6' ? payload : null
  if (table === TRACK) return ip ? { ...now, tracked: track(now.tracked, ip, input.connections, input.host.hostId, input.netns) } : now
  const { state, isBound } = now.tracked
  if (isNat && (isBound || (state !== 'NEW' && state !== 'unknown'))) return translated(input, now)
  const result = runChain(input.host.ruleset(input.netns, input.family), table, chain, subjectOf(input, now), notesOf(now))
  // No such chain: nothing was ever put there.
  if (!result) return now
  const { mark, ...rest } = result.notes
  const noted: HookResult = {
    packet: mark === now.packet.mark ? now.packet : { ...now.packet, mark },
    tracked: { ...now.tracked, ...rest },
    causes: [...now.causes, ...result.causes],
    end: null,
  }
  return concluded(input, { table, chain, isNat }, noted, result)
}

/** A rule that nobody read may stand before any that was read, or in a chain of which nothing was. */
function unreadEnd({ host, netns, family, hook }: HookInput): WalkEnd | null {
  const why = host.unread('iptables', { netns, family })
  return why && unknown('unread', { netns, about: `${family}/${hook}` })
}

function concluded(
  input: HookInput,
  { table, chain, isNat }: Omit<ChainAtHook, 'priority'>,
  now: HookResult,
  { verdict, causes }: ChainResult,
): HookResult {
  const last = decisive(causes)
  const rule = last
    ? { chain: chainOf(last), position: isOfNft({ table }) ? null : last.position, text: last.text }
    : { chain, position: null, text: null }
  const where = { netns: input.netns, family: input.family, table, ...rule }
  if (verdict.kind === 'not-understood') return { ...now, end: unknown('not-understood', { ...where, about: verdict.name }) }
  if (verdict.kind === 'drop' || verdict.kind === 'reject') return { ...now, end: dropped('iptables-drops', where) }
  if (!isNat || verdict.kind === 'accept') return now
  if (now.tracked.state === 'unknown') return { ...now, end: unknown('connection-state', where) }
  if (verdict.isPortOpen && now.tracked.wanted?.sourcePort != null)
    return { ...now, end: unknown('not-understood', { ...where, about: rule.text }) }
  const wanted = natTarget(input, now, verdict)
  return wanted
    ? translated(input, { ...now, tracked: { ...now.tracked, wanted } })
    : { ...now, end: unknown('unread', { ...where, about: 'address' }) }
}

type RuleCause = Extract<Cause, { readonly kind: 'iptables' }>
const chainOf = ({ ref }: RuleCause): string => ref.split('/').at(-1) ?? ''

/** The last rule; where that is in the chain in which all ports' packets are dropped, the one that sent them there. */
function decisive(causes: readonly Cause[]): RuleCause | undefined {
  const rules = causes.flatMap((cause) => (cause.kind === 'iptables' ? [cause] : []))
  const last = rules.at(-1)
  return last && isFallback(chainOf(last)) ? (rules.at(-2) ?? last) : last
}

function natTarget(input: HookInput, { tracked: { wanted } }: HookResult, verdict: NatVerdict): Tracked['wanted'] {
  if (!wanted) return null
  if (verdict.kind === 'dnat')
    return { ...wanted, destination: verdict.address ?? wanted.destination, destinationPort: verdict.port ?? wanted.destinationPort }
  if (verdict.kind === 'snat') return { ...wanted, source: verdict.address ?? wanted.source, sourcePort: verdict.port ?? wanted.sourcePort }
  if (verdict.kind === 'redirect') {
    const own = ownAddress(input)
    return own === null ? null : { ...wanted, destination: own, destinationPort: verdict.port ?? wanted.destinationPort }
  }
  const source = input.host.routing(input.netns).sourceOn(input.outDevice ?? '', input.nextHop ?? null)
  return source === null ? null : { ...wanted, source }
}

/** REDIRECT leads to the machine itself: what it sends to loopback, what comes in to the device's address. */
const ownAddress = ({ hook, host, netns, inDevice }: HookInput): string | null =>
  hook === 'OUTPUT' ? '127.0.0.1' : host.routing(netns).sourceOn(inDevice ?? '', null)

function translated(input: HookInput, now: HookResult): HookResult {
  if (now.tracked.state === 'UNTRACKED' || now.tracked.state === 'INVALID' || now.tracked.state === null) return now
  const frame = translate(now.packet.frame, now.tracked, DESTINATION_HOOKS.has(input.hook) ? 'destination' : 'source')
  return frame === now.packet.frame ? now : { ...now, packet: { ...now.packet, frame } }
}

function confirm({ host, netns, connections }: HookInput, { state, original, wanted, zone, connectionMark, isBound }: Tracked): void {
  if (state === 'NEW' && !isBound && original && wanted && zone !== null)
    connections.record({ hostId: host.hostId, netns, zone, original, reply: invert(wanted), mark: connectionMark })
}

const notesOf = ({ packet, tracked: { connectionMark, zone, isUntracked } }: HookResult): Notes => ({
  mark: packet.mark,
  connectionMark,
  zone,
  isUntracked,
})

function subjectOf(
  { host, netns, inDevice, outDevice, physIn, physOut, isBridged }: HookInput,
  { packet: { frame }, tracked }: HookResult,
): Omit<Subject, 'mark' | 'connectionMark'> {
  const { payload } = frame
  const ip = payload.kind === 'ipv4' || payload.kind === 'ipv6' ? payload : null
  return {
    frame,
    ip,
    arp: payload.kind === 'arp' ? payload : null,
    inDevice,
    outDevice,
    physIn,
    physOut,
    isBridged: isBridged && physIn !== null,
    state: tracked.state === 'unknown' ? null : tracked.state,
    isReply: tracked.state === 'unknown' ? null : tracked.isReply,
    nat: natOf(tracked),
    addressType: (address) => (ip?.kind === 'ipv4' ? host.routing(netns).addressType(address) : null),
    isInSet: (name, fields) =>
      isInIpset(host.ipset(netns, name), fields, ip, { inDevice: physIn ?? inDevice, outDevice: physOut ?? outDevice }),
  }
}
