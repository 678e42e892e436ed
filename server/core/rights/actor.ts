// Who asks, and what they may do. Made for each request, and never kept beyond it: rights that were taken away are gone with the next one.

import { type Right, rights } from './rights'

export interface Actor {
  readonly id: string
  readonly name: string
  readonly rights: ReadonlySet<Right>
}

/** Whoever sits at the console's machine. While nobody can sign in, everybody is this. */
export const localActor: Actor = { id: 'local', name: 'local', rights: new Set(rights) }
