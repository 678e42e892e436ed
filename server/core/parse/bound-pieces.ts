// What was not understood, as much of it as a reading keeps: raw text is kept for these pieces only. A part of which something is left out
// stays one of which something was not understood, so that nobody takes what is missing for "not there".

import type { Unparsed } from '../host/observation'
import { groupBy } from '../group-by'
import { shortReason } from './parse-result'

/** Of one section. What a parser lacks is seen in the first few; a bridge may have tens of thousands of flows like them. */
const MAX_PIECES = 100
/** Of all pieces together, in characters, with the texts in their reasons. */
const MAX_TEXT = 256 * 1024
/** Of each text in the reason of a section that has no room left: which section it is, and why, is told in any case. */
const MAX_WORD = 40

export function boundPieces(pieces: readonly Unparsed[]): readonly Unparsed[] {
  let left = MAX_TEXT
  const hasRoom = (piece: Unparsed) => (left -= textLength(piece)) >= 0
  return [...groupBy(pieces, ({ section }) => section).values()].flatMap((section) => boundSection(section, hasRoom))
}

const textLength = ({ text, reason }: Unparsed): number =>
  Object.values<unknown>(reason.params).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), text.length)

function boundSection(pieces: readonly Unparsed[], hasRoom: (piece: Unparsed) => boolean): readonly Unparsed[] {
  const end = pieces.findIndex((piece, index) => index === MAX_PIECES || !hasRoom(piece))
  if (end < 0) return pieces
  const kept = end === 0 ? pieces.slice(0, 1).map(withoutText) : pieces.slice(0, end)
  const others = pieces.slice(kept.length)
  // Of one that is certainly somebody else's, nothing of ours is hidden.
  const foreign = others.filter((piece) => piece.foreign !== undefined)
  const names = foreign.flatMap((piece) => piece.foreign ?? [])
  return [
    ...kept,
    ...fold(others.filter((piece) => piece.foreign === undefined)),
    ...fold(foreign).map((piece) => ({ ...piece, foreign: names })),
  ]
}

const withoutText = (piece: Unparsed): Unparsed => ({ ...piece, text: '', reason: shortReason(piece.reason, MAX_WORD) })

const fold = (pieces: readonly Unparsed[]): readonly Unparsed[] =>
  pieces.slice(0, 1).map(({ section }) => ({ section, text: '', reason: { code: 'more-alike', params: { count: pieces.length } } }))
