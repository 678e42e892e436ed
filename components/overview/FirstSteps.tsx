import clsx from 'clsx'
import { Check } from 'lucide-react'
import Link from 'next/link'

import { buttonClass } from '@/components/ui/button-class'
import { Panel } from '@/components/ui/Panel'

import type { FirstStep } from './first-steps'

/** Shown until all six are done; the next one carries the button. */
export function FirstSteps({ steps }: { readonly steps: readonly FirstStep[] }) {
  const next = steps.findIndex(({ isDone }) => !isDone)
  const doneCount = steps.filter(({ isDone }) => isDone).length
  return (
    <Panel title="First steps" meta={`${doneCount} of ${steps.length} done`} isFlush>
      <ol>
        {steps.map((step, index) => (
          <li
            key={step.title}
            className={clsx('flex items-center gap-3 border-b border-line px-3 last:border-b-0', step.isDone ? 'py-1' : 'py-2')}
          >
            <StepNumber number={index + 1} isDone={step.isDone} isNext={index === next} />
            <div className="min-w-0 flex-1">
              <p className={clsx('font-medium', step.isDone && 'text-faint')}>
                {step.title}
                {step.isDone && <span className="sr-only"> (done)</span>}
              </p>
              {!step.isDone && <p className="text-dim">{step.text}</p>}
            </div>
            {!step.isDone && (
              <Link href={step.href} className={buttonClass(index === next ? 'primary' : 'secondary')}>
                {step.action}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}

interface StepNumberProps {
  readonly number: number
  readonly isDone: boolean
  readonly isNext: boolean
}

function StepNumber({ number, isDone, isNext }: StepNumberProps) {
  return (
    <span
      aria-hidden
      className={clsx(
        'flex size-6 shrink-0 items-center justify-center rounded-full border text-sm font-medium',
        isDone ? 'border-transparent bg-ok-soft text-ok' : isNext ? 'border-ink text-ink' : 'border-line-strong/60 text-faint',
      )}
    >
      {isDone ? <Check className="size-3.5" strokeWidth={2.5} /> : number}
    </span>
  )
}
