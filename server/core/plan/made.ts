// What runs set out to make on a host. A command may stop between making a thing and marking it, and the console between any two commands:
// what such a run made is ours without its mark, for its own way back and for the next plans of that host, until a reading shows it
// gone or marked. Only what an observation shows under such a key counts; nothing else without a mark is ever ours.

import type { HostState, HostStateKind } from '../host/host-state'
import { linkKey, type Link } from '../host/link'
import type { HostObservation } from '../host/observation'
import { mayHide, unknownParts } from '../host/unknown-parts'
import { kindOf } from '../kinds/kinds'
import type { Owner } from '../naming'
import type { ResourceChange } from './plan'

/** Did not exist before the run that set out to make it. */
export type Made = Pick<ResourceChange, 'kind' | 'key' | 'label' | 'owner'>

export const listMade = (changes: readonly ResourceChange[]): readonly Made[] =>
  changes.filter(({ action }) => action === 'create').map(({ kind, key, label, owner }) => ({ kind, key, label, owner }))

/** What has to be remembered before the first step acts. */
export const mergeMade = (earlier: readonly Made[], changes: readonly ResourceChange[]): readonly Made[] => {
  const made = [...earlier, ...listMade(changes).filter(({ kind }) => kindOf(kind).isRemembered)]
  return [...new Map(made.map((each) => [madeKey(each), each])).values()]
}

export const madeKey = ({ kind, key }: Pick<Made, 'kind' | 'key'>): string => `${kind}/${key}`

/** The state with marks where a run made something and did not come to marking it. */
export function adoptMade(observed: HostState, made: readonly Made[], desired: Pick<HostState, 'ovsBridges'>): HostState {
  if (made.length === 0) return observed
  const owners = new Map(made.map((each) => [madeKey(each), each.owner]))
  const left = new Map(abandonedTaps(observed, made, desired).map(({ link, owner }) => [link, owner]))
  const ownerOf = (kind: 'links' | 'namespaces', key: string) => owners.get(madeKey({ kind, key })) ?? null
  return {
    ...observed,
    namespaces: observed.namespaces.map((namespace) => adopt(namespace, ownerOf('namespaces', namespace.name))),
    links: observed.links.map((link) => {
      const owner = left.get(link)
      return owner ? { ...link, type: 'other', owner, isMarkMissing: true } : adopt(link, ownerOf('links', linkKey(link)))
    }),
  }
}

function adopt<R extends { readonly owner: Owner | null }>(resource: R, owner: Owner | null): R {
  return owner && resource.owner === null ? { ...resource, owner, isMarkMissing: true } : resource
}

/** Device of the userspace datapath itself, there with the first bridge. */
const DATAPATH_DEVICE = 'ovs-netdev'

/**
 * Internal ports of the userspace datapath are persistent taps: when vswitchd dies and their rows go, they stay, and nobody takes them away.
 * One that has the name of a bridge which is wanted is taken over by it.
 */
function abandonedTaps(
  { links, ovsBridges, ovsPorts }: HostState,
  made: readonly Made[],
  desired: Pick<HostState, 'ovsBridges'>,
): readonly { readonly link: Link; readonly owner: Owner }[] {
  const rows = new Set([...ovsBridges, ...ovsPorts, ...desired.ovsBridges].map(({ name }) => name))
  const isDatapathUsed = [...ovsBridges, ...desired.ovsBridges].some(({ datapathType }) => datapathType === 'netdev')
  const owners = new Map(made.flatMap(({ kind, key, owner }) => (owner && kind === 'ovsBridges' ? [[key, owner] as const] : [])))
  const internal = new Map(
    made.flatMap(({ kind, key, owner, label }) =>
      owner && kind === 'links' && label.startsWith('ovs-internal') ? [[key, owner] as const] : [],
    ),
  )
  const [anyOwner] = owners.values()
  return links.flatMap((link) => {
    if (link.type !== 'tap' || link.owner !== null || rows.has(link.name)) return []
    const isDatapath = link.netns === '' && link.name === DATAPATH_DEVICE && !isDatapathUsed
    const owner =
      internal.get(linkKey(link)) ?? (link.netns === '' ? owners.get(link.name) : undefined) ?? (isDatapath ? anyOwner : undefined)
    return owner ? [{ link, owner }] : []
  })
}

/** What a reading has not settled: it is there and not marked, or may be in a part that is not known. */
export function unsettled(made: readonly Made[], observation: Pick<HostObservation, 'state' | 'unparsed'>): readonly Made[] {
  const parts = unknownParts(observation)
  const { namespaces, links } = observation.state
  const isHidden = (kind: HostStateKind, place: object) =>
    parts.some((part) => mayHide(part, kind, place as HostState[typeof kind][number]))
  return made.filter(({ kind, key }) => {
    if (kind === 'namespaces') return namespaces.some(({ name, owner }) => name === key && owner === null) || isHidden(kind, { name: key })
    if (kind === 'links') return links.some((link) => linkKey(link) === key && link.owner === null) || isHidden(kind, placeOf(key))
    // Everything else has its mark from the start, but for the device of a bridge, which has none of its own.
    if (kind !== 'ovsBridges') return isHidden(kind, kind === 'domains' ? { uuid: key } : {})
    return (
      isHidden(kind, { name: key }) ||
      isHidden('links', placeOf(`/${key}`)) ||
      links.some((link) => link.type === 'tap' && link.netns === '' && [key, DATAPATH_DEVICE].includes(link.name))
    )
  })
}

function placeOf(key: string): { readonly netns: string; readonly name: string } {
  const at = key.lastIndexOf('/')
  return { netns: key.slice(0, at), name: key.slice(at + 1) }
}
