// What of a reading is not known. Where a part of it failed, or a line of it was not understood, more may be there than was read: what
// stands in HostState is there, what does not may be there all the same. Nobody concludes from such an absence: not the planner,
// not a way back, not a list of leftovers, not a path.

import { groupBy } from '../group-by'
import type { SectionUse } from '../kinds/kind'
import { kindOf } from '../kinds/kinds'
import { splitName } from '../parse/sections'
import { type HostState, type HostStateKind, kindNames } from './host-state'
import type { HostObservation, Unparsed } from './observation'
import type { ReadingScope, UnknownPart } from './unknown-part'

interface Contents {
  readonly use: SectionUse
  readonly kinds: readonly HostStateKind[]
}

/** Section, by the first word of its name → what it tells. One that no kind names (a fact, a name that is passed on to nobody) hides no resource. */
const contents: ReadonlyMap<string, Contents> = new Map(
  [
    ...groupBy(
      kindNames.flatMap((kind) => kindOf(kind).sections.map((use) => ({ kind, use }))),
      ({ use }) => use.name,
    ),
  ].map(([name, told]) => [name, { use: told[0]!.use, kinds: told.map(({ kind }) => kind) }]),
)

export type Reading = Pick<HostObservation, 'unparsed'> & Partial<Pick<HostObservation, 'facts'>>

export function unknownParts({ unparsed, facts }: Reading): readonly UnknownPart[] {
  const stopped = facts?.isLibvirtStopped ? [stoppedLibvirt(facts.runningGuests ?? [])] : []
  return [...stopped, ...unparsed.flatMap(toPart)]
}

/** There is no daemon to ask. Where it never had a VM of ours that means nothing; a guest that runs all the same may be one. */
const stoppedLibvirt = (guests: readonly string[]): UnknownPart => ({
  ...(guests.length === 0 ? { section: 'libvirt', mayBeIdle: true } : { section: 'virsh' }),
  why: { code: 'libvirt-stopped', params: { guests } },
  kinds: ['domains'],
})

function toPart({ section, reason, foreign }: Unparsed): UnknownPart[] {
  const [name, subject] = splitName(section)
  const { use, kinds } = contents.get(name) ?? {}
  if (!use || !kinds) return []
  return [
    {
      section,
      why: { code: 'unread', params: { reason } },
      kinds,
      ...use.place,
      ...(use.of && { [use.of]: subject }),
      ...(foreign && { foreign }),
      ...(use.mayBeIdle && { mayBeIdle: true }),
    },
  ]
}

/** What hides that a kind is known as a whole in a place; null when it is, and an absence there means something. */
export const unknownPartOf = (reading: Reading, kind: HostStateKind, place: ReadingScope = {}): UnknownPart | null =>
  unknownParts(reading).find((each) => !each.foreign?.length && each.kinds.includes(kind) && overlaps(each, place)) ?? null

/** Whether the part may hold this resource without showing it. */
export function mayHide<K extends HostStateKind>(part: UnknownPart, kind: K, resource: HostState[K][number]): boolean {
  if (!part.kinds.includes(kind) || !overlaps(part, placeOf(kind, resource))) return false
  return (
    part.foreign === undefined ||
    part.foreign.some((name) => ('name' in resource && resource.name === name) || ('uuid' in resource && resource.uuid === name))
  )
}

const overlaps = (part: ReadingScope, place: ReadingScope): boolean =>
  (['netns', 'bridge', 'family'] as const).every((key) => part[key] === undefined || place[key] === undefined || part[key] === place[key])

function placeOf<K extends HostStateKind>(kind: K, resource: HostState[K][number]): ReadingScope {
  const { place } = kindOf(kind)
  if (place) return place(resource)
  return {
    ...('netns' in resource && { netns: resource.netns }),
    ...('bridge' in resource && typeof resource.bridge === 'string' && { bridge: resource.bridge }),
    ...('family' in resource && { family: resource.family }),
  }
}
