// A desired state is put together of pieces: what one feature makes of one network on the host, or beside the networks. They are kept from one
// compile of the host to the next. A piece of a network is not made again while nothing of the network changed; any other that says the same
// as before is the one from before. So an edit costs what it changes, and a host for which all pieces are the same has the same state.

import type { HostState } from '../host/host-state'
import { isSameList, type HostPart, type NetworkShare } from './host-part'

export type StatePiece = Partial<HostState>

export interface Pieces {
  readonly part: HostPart
  readonly byName: ReadonlyMap<string, NamedPiece>
}

interface NamedPiece {
  /** null: not of one network. */
  readonly share: NetworkShare | null
  readonly piece: StatePiece
}

/**
 * Names are a feature's own, and of the network. What it makes of one must follow from nothing but the host, the network with all its ports, and
 * what `isSameAround` compares; with null for a network it is made each time.
 */
export type MakePiece = (feature: string, networkId: string | null, make: () => StatePiece) => StatePiece

interface Making {
  readonly piece: MakePiece
  readonly made: Pieces
}

/** `before`: of the same host. */
export function startMaking(before: Pieces | undefined, part: HostPart): Making {
  const shares = new Map(part.shares.map((share) => [share.network.id, share]))
  const isAroundSame = before !== undefined && isSameAround(before.part, part)
  const byName = new Map<string, NamedPiece>()
  return {
    made: { part, byName },
    piece: (feature, networkId, make) => {
      const [name, share] = [`${feature}/${networkId ?? ''}`, networkId === null ? null : (shares.get(networkId) ?? null)]
      const former = before?.byName.get(name)
      const isKept = former && share !== null && former.share === share && isAroundSame
      const piece = isKept ? former.piece : sameOrNew(former?.piece, make())
      byName.set(name, { share, piece })
      return piece
    },
  }
}

/** What a network on the host is wired by beside itself. */
const isSameAround = (left: HostPart, right: HostPart): boolean =>
  isSameList(left.physicalNetworks, right.physicalNetworks) &&
  isSameList(left.routers, right.routers) &&
  isSameList(left.trunks, right.trunks) &&
  isSameList(left.localVlans, right.localVlans)

/** The same code made both, so their keys have one order. */
const sameOrNew = (former: StatePiece | undefined, made: StatePiece): StatePiece =>
  former && JSON.stringify(former) === JSON.stringify(made) ? former : made
