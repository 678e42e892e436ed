// How long things are kept, in words.

import { type Bounds, type Limit, type RetainedKind, retainedKinds, type Retention } from '../retention/retention'
import type { RetentionPreview } from '../retention/retention-report'
import { capitalise, joinWords, plural } from './words'

const names: Readonly<Record<RetainedKind, { readonly one: string; readonly many: string }>> = {
  runs: { one: 'run', many: 'runs' },
  plans: { one: 'plan', many: 'plans' },
  journals: { one: 'journal', many: 'journals' },
  verifications: { one: 'verification', many: 'verifications' },
  captures: { one: 'capture', many: 'captures' },
}

export const retainedName = (kind: RetainedKind): string => capitalise(names[kind].many)

/** What stays whatever the limits say, and what of the kind a limit means. */
export const retainedNote: Readonly<Record<RetainedKind, string>> = {
  runs: 'A run that has not ended stays.',
  plans: 'The plan of a kept run or of a revision stays, and does not count.',
  journals: 'Every event of a run or a verification. Of older ones the result stays.',
  verifications: 'The last evidence of a path stays.',
  captures: 'Those of the last evidence of a path stay.',
}

export const pinnedWords: Readonly<Record<RetainedKind, string>> = {
  runs: 'not ended',
  plans: 'of runs and revisions',
  journals: 'not ended',
  verifications: 'last of their path',
  captures: 'of last evidence',
}

/** "the latest 2,000", "the latest 2,000, for 90 days at most" */
const explainLimit = ({ count, days }: Limit): string =>
  `the latest ${count.toLocaleString('en-GB')}${days === null ? '' : `, for ${plural(days, 'day')} at most`}`

export const explainBounds = ({ min, max }: Bounds): string => `${min.toLocaleString('en-GB')} to ${max.toLocaleString('en-GB')}`

/** Instead of a record that was removed. */
export function explainGone(kind: RetainedKind, retention: Retention, removedAt: string | null): string {
  const when = removedAt === null ? '' : ` It was removed on ${removedAt.slice(0, 10)}.`
  const space = kind === 'captures' ? `, ${retention.captureMib.toLocaleString('en-GB')} MiB together` : ''
  return `This ${names[kind].one} is no longer kept.${when} Of ${names[kind].many} the console keeps ${explainLimit(retention[kind])}${space}. The settings can raise that for those to come.`
}

/** What saving other limits takes away; null when nothing. */
export function explainPreview(preview: RetentionPreview): string | null {
  const parts = retainedKinds.filter((kind) => preview[kind] > 0).map((kind) => plural(preview[kind], names[kind].one))
  return parts.length === 0 ? null : joinWords(parts)
}
