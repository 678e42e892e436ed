import clsx from 'clsx'

import { agreementWord, explainAgreement, truths, type Truth } from '@/server/core/explain/path'
import type { Agreement, PathHop } from '@/server/core/path/path'

const COLOR: Record<Agreement, string> = { agrees: 'text-ok', differs: 'text-bad', unchecked: 'text-unknown' }

/** One outline per truth, so that the three are told apart without colour: circle, square, triangle. */
const OUTLINE: Record<Truth, string> = {
  intent: 'M5 1.2a3.8 3.8 0 1 1 0 7.6a3.8 3.8 0 1 1 0 -7.6Z',
  host: 'M1.5 1.5h7v7h-7Z',
  traffic: 'M1.6 1.2L8.8 5L1.6 8.8Z',
}

interface AgreementMarkProps {
  readonly truth: Truth
  readonly agreement: Agreement
  readonly className?: string
}

/** Filled = agrees, hollow = not checked, broken in two = disagrees. */
export function AgreementMark({ truth, agreement, className }: AgreementMarkProps) {
  return (
    <svg aria-hidden viewBox="0 0 10 10" className={clsx('size-3 shrink-0 overflow-visible', COLOR[agreement], className)}>
      {agreement === 'differs' ? (
        <BrokenOutline path={OUTLINE[truth]} truth={truth} />
      ) : (
        <path d={OUTLINE[truth]} fill={agreement === 'agrees' ? 'currentColor' : 'none'} stroke="currentColor" strokeWidth="1.3" />
      )}
    </svg>
  )
}

/** Filled, cut through by a slanted gap, its halves pushed apart. */
function BrokenOutline({ path, truth }: { readonly path: string; readonly truth: Truth }) {
  const crack = CRACK_X[truth]
  const halves = [
    { id: `crack-left-${truth}`, clip: `M-2 -2H${crack + 1.4}L${crack - 1.4} 12H-2Z`, shift: 'translate(-1.1 0.7)' },
    { id: `crack-right-${truth}`, clip: `M${crack + 1.4} -2H12V12H${crack - 1.4}Z`, shift: 'translate(1.1 -0.7)' },
  ]
  return halves.map(({ id, clip, shift }) => (
    <g key={id} transform={shift}>
      <clipPath id={id}>
        <path d={clip} />
      </clipPath>
      <path d={path} clipPath={`url(#${id})`} fill="currentColor" stroke="currentColor" strokeWidth="1.3" />
    </g>
  ))
}

/** Where the crack goes, so that both halves keep some body. */
const CRACK_X: Record<Truth, number> = { intent: 5, host: 5, traffic: 3.8 }

/** The three marks of a hop side by side. The words are the container's business. */
export function HopMarks({ hop, className }: { readonly hop: Pick<PathHop, Truth>; readonly className?: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-1', className)}>
      {truths.map((truth) => (
        <span key={truth} title={`${truth} ${agreementWord[hop[truth]]}: ${explainAgreement(truth, hop[truth])}`}>
          <AgreementMark truth={truth} agreement={hop[truth]} />
        </span>
      ))}
    </span>
  )
}
