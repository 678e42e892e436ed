// Text of a host that no parser understood, as much of it as a page can show.

import type { Unparsed } from '@/server/core/host/observation'
import { shortReason } from '@/server/core/parse/parse-result'

const MAX_PIECES = 200
const MAX_CHARACTERS = 2000

export function boundUnparsed(unparsed: readonly Unparsed[]): readonly Unparsed[] {
  const shown = unparsed.slice(0, MAX_PIECES).map(boundPiece)
  const left = unparsed.length - shown.length
  return left === 0
    ? shown
    : [...shown, { section: 'left out', text: `${left} more pieces`, reason: { code: 'first-of-many', params: {} } }]
}

/** A reading that an older version stored may have a reason that is as long as its text. */
const boundPiece = ({ text, reason, ...rest }: Unparsed): Unparsed => ({
  ...rest,
  text: text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)} …` : text,
  reason: shortReason(reason),
})
