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
    <svg aria-hidden viewBox="0 0 10 10" className={clsx('size-2.5 shrink-0 overflow-visible', COLOR[agreement], className)}>
      {agreement === 'differs' ? (
        <BrokenOutline path={OUTLINE[truth]} truth={truth} />
      ) : (
        <path d={OUTLINE[truth]} fill={agreement === 'agrees' ? 'currentColor' : 'none'} stroke="currentColor" strokeWidth="1.3" />
      )}
    </svg>
  )
}

/** Two halves, pushed apart along a slanted crack. */
function BrokenOutline({ path, truth }: { readonly path: string; readonly truth: Truth }) {
  const left = `crack-left-${truth}`
  const right = `crack-right-${truth}`
  return (
    <>
      <clipPath id={left}>
        <path d="M-2 -2H6.6L3.4 12H-2Z" />
      </clipPath>
      <clipPath id={right}>
        <path d="M6.6 -2H12V12H3.4Z" />
      </clipPath>
      <g clipPath={`url(#${left})`} transform="translate(-1.3 .6)">
        <path d={path} fill="currentColor" stroke="currentColor" strokeWidth="1" />
      </g>
      <g clipPath={`url(#${right})`} transform="translate(1.3 -.6)">
        <path d={path} fill="currentColor" stroke="currentColor" strokeWidth="1" />
      </g>
    </>
  )
}

/** The three marks of a hop side by side. The words are the container's business. */
export function HopMarks({ hop, className }: { readonly hop: Pick<PathHop, Truth>; readonly className?: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-1.5', className)}>
      {truths.map((truth) => (
        <span key={truth} title={`${truth} ${agreementWord[hop[truth]]}: ${explainAgreement(truth, hop[truth])}`}>
          <AgreementMark truth={truth} agreement={hop[truth]} />
        </span>
      ))}
    </span>
  )
}
