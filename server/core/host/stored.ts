// Readings as earlier versions stored them: a reason that was a sentence then is that sentence (`said`).

import { quoted } from '../quoted'
import type { HostObservation, Unparsed } from './observation'

type Stored = Omit<HostObservation, 'unparsed'> & {
  readonly unparsed: readonly (Unparsed | (Omit<Unparsed, 'reason'> & { readonly reason: string }))[]
}

export const readObservation = (stored: Stored): HostObservation => ({
  ...stored,
  unparsed: stored.unparsed.map((piece) => ({ ...piece, reason: quoted<Unparsed['reason'] | string>(piece.reason) })),
})
