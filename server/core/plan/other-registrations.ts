// Marks of the host itself that carry another id than this registration's: another console built here, or this one did
// under an earlier registration of the machine. What they mark is nobody's to remove until the operator says so (adopts it).

import { type HostState, kindNames, type Resource } from '../host/host-state'
import type { Host } from '../topology/kinds/host/host'

export interface OtherRegistration {
  /** The id that the other registration has, or had. */
  readonly hostId: string
  /** How many bridges, ports and devices carry it; everything else it made hangs on these. */
  readonly count: number
  readonly isAdopted: boolean
}

/** Of flows there are many, and their marks name what they are of, not who made them. */
export function otherRegistrations(host: Pick<Host, 'id' | 'adoptedHostIds'>, state: HostState): readonly OtherRegistration[] {
  const marked = kindNames
    .filter((kind) => kind !== 'flows')
    .flatMap((kind) => state[kind].flatMap((each: Resource) => ('owner' in each ? (each.owner ?? []) : [])))
  const ids = marked.flatMap(({ kind, id }) => (kind === 'host' && id !== host.id ? [id] : []))
  return [...new Set(ids)].sort().map((hostId) => ({
    hostId,
    count: ids.filter((id) => id === hostId).length,
    isAdopted: host.adoptedHostIds.includes(hostId),
  }))
}
