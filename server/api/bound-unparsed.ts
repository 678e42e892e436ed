// Text of a host that no parser understood, as much of it as a page can show.

import type { Unparsed } from '@/server/core/host/observation'

const MAX_PIECES = 200
const MAX_CHARACTERS = 2000

export function boundUnparsed(unparsed: readonly Unparsed[]): readonly Unparsed[] {
  const shown = unparsed.slice(0, MAX_PIECES).map((piece) => (piece.text.length > MAX_CHARACTERS ? { ...piece, text: `${piece.text.slice(0, MAX_CHARACTERS)} …` } : piece))
  const left = unparsed.length - shown.length
  return left === 0 ? shown : [...shown, { section: 'left out', text: `${left} more pieces`, reason: { code: 'first-of-many', params: {} } }]
}
