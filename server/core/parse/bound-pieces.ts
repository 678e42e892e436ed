// What was not understood, as much of it as a reading keeps: raw text is kept for these pieces only. A part of which something is left out
// stays one of which something was not understood, so that nobody takes what is missing for "not there".

import type { Unparsed } from '../host/observation'
import { groupBy } from '../group-by'

/** Of one section. What a parser lacks is seen in the first few; a bridge may have tens of thousands of flows like them. */
const MAX_PIECES = 100
/** Of all pieces together, in characters. */
const MAX_TEXT = 256 * 1024

export function boundPieces(pieces: readonly Unparsed[]): readonly Unparsed[] {
  const kept = [...groupBy(pieces, ({ section }) => section).values()].flatMap(boundSection)
  let left = MAX_TEXT
  return kept.map((piece) => {
    left -= piece.text.length
    return left >= 0 ? piece : { ...piece, text: '' }
  })
}

function boundSection(pieces: readonly Unparsed[]): readonly Unparsed[] {
  const others = pieces.slice(MAX_PIECES)
  // Of one that is certainly somebody else's, nothing of ours is hidden.
  const foreign = others.filter((piece) => piece.foreign !== undefined)
  const names = foreign.flatMap((piece) => piece.foreign ?? [])
  return [
    ...pieces.slice(0, MAX_PIECES),
    ...fold(others.filter((piece) => piece.foreign === undefined)),
    ...fold(foreign).map((piece) => ({ ...piece, foreign: names })),
  ]
}

const fold = (pieces: readonly Unparsed[]): readonly Unparsed[] =>
  pieces.slice(0, 1).map(({ section }) => ({ section, text: '', reason: { code: 'more-alike', params: { count: pieces.length } } }))
