// Our trace of a frame beside the switch's own: the same frames at the same ports and tunnels, or a reason why nobody knows.

import { LOCAL } from '@/server/core/walk/openflow/switch'
import type { SwitchEntry } from '@/server/core/walk/openflow/trace-switch'
import type { BridgeVisit } from '@/server/core/walk/openflow/visit'
import { outcomeOf, type Leaving } from './datapath-outcome'

export interface Verdict {
  /** `unknown`: the walk does not say. `unchecked`: the switch's own trace does not. */
  readonly kind: 'agrees' | 'unknown' | 'differs' | 'unchecked'
  readonly detail: string
}

/** The frames that leave the switch, crossings of patch ports left out. */
function leavingOf(visit: BridgeVisit): Leaving[] {
  return visit.outputs.flatMap(({ port, kind, frame, tunnel, visit: next }) => {
    if (next) return leavingOf(next)
    return [{ device: kind === 'tunnel' ? '' : port === LOCAL ? visit.bridge : port, tunnel, frame }]
  })
}

/** Why we do not know. That a connection is taken to be new is what `ofproto/trace` assumes too, so there we must agree all the same. */
function doubtOf(visit: BridgeVisit): string | null {
  const { end } = visit
  if (end?.kind === 'unknown' && end.code !== 'connection-state') return `${end.code} ${JSON.stringify(end.params)}`
  // Nobody read what the bridge learned or was told of its ports, and the walk says so.
  const unread = visit.causes.find(({ kind }) => kind === 'mac-table-unread' || kind === 'port-flags-unread')
  if (unread) return `${unread.kind} ${visit.bridge}`
  if (visit.outputs.some(({ alternative }) => alternative !== null)) return 'alternatives'
  return visit.outputs.map(({ visit: next }) => next && doubtOf(next)).find((doubt) => doubt !== null) ?? null
}

/** A port without local_ip leaves the sender's address to the route, which is not the switch's to say: there ours is null. */
function isSame(ours: Leaving, theirs: Leaving): boolean {
  const source = ours.tunnel && (ours.tunnel.source ?? theirs.tunnel?.source ?? null)
  return show({ ...ours, tunnel: ours.tunnel && { ...ours.tunnel, source } }) === show(theirs)
}

const show = ({ device, tunnel, frame }: Leaving): string =>
  `${tunnel ? `tunnel ${tunnel.tunnelId} ${tunnel.source} > ${tunnel.destination}` : device} ${JSON.stringify(frame)}`

export function judge(entry: SwitchEntry, visit: BridgeVisit, trace: string): Verdict {
  const witness = outcomeOf(trace, entry.frame)
  if (witness.unread !== null) return { kind: 'unchecked', detail: witness.unread }
  const doubt = doubtOf(visit)
  if (doubt !== null) return { kind: 'unknown', detail: doubt }
  const [ours, theirs] = [leavingOf(visit), [...witness.leaving]]
  const extra = ours.filter((each) => {
    const at = theirs.findIndex((other) => isSame(each, other))
    if (at >= 0) theirs.splice(at, 1)
    return at < 0
  })
  if (extra.length + theirs.length === 0) return { kind: 'agrees', detail: '' }
  return { kind: 'differs', detail: [`only ours`, ...extra.map(show), 'only the switch', ...theirs.map(show)].join('\n  ') }
}
