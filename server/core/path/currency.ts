// What of a path still holds at a given moment. What was read of a host ages within seconds; evidence of packets is overtaken
// by the next applied revision. Whatever has lapsed is no agreement any more; a host's disagreement stays until it is read again.

import type { Path, PathHop, PathHost } from './path'

/** What was read longer ago than this is no longer live. */
export const STALE_AFTER_S = 10

export const isStale = (at: string, now: number): boolean => now - Date.parse(at) > STALE_AFTER_S * 1_000

/** When the facts of a host were read; null for the wire, and for a host that never was. */
export const readAt = ({ hosts }: Pick<Path, 'hosts'>, hostId: string | null): string | null =>
  hosts.find(({ id }) => id === hostId)?.observedAt ?? null

/** Hosts that could not be read, or not lately: of these only the past is known. */
export const staleHosts = ({ hosts }: Pick<Path, 'hosts'>, now: number): readonly PathHost[] =>
  hosts.filter(({ observedAt, trouble }) => trouble !== null || observedAt === null || isStale(observedAt, now))

/** The revision that was applied after the evidence was gathered; null while the evidence stands. */
export const overtakenBy = ({ startedAt }: { readonly startedAt: string }, revision: Path['revision']): number | null =>
  revision !== null && Date.parse(revision.appliedAt) > Date.parse(startedAt) ? revision.number : null

export const withoutStaleHosts = (hops: readonly PathHop[], stale: readonly PathHost[]): readonly PathHop[] =>
  hops.map((hop) => (hop.host === 'agrees' && stale.some(({ id }) => id === hop.place.hostId) ? { ...hop, host: 'unchecked' } : hop))

export const withoutTraffic = (hops: readonly PathHop[]): readonly PathHop[] => hops.map((hop) => ({ ...hop, traffic: 'unchecked' }))
