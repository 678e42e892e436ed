import clsx from 'clsx'

import { explainEncapsulation, explainHeader } from '@/server/core/explain/encapsulation'
import type { Encapsulation } from '@/server/core/path/path'

import { encapsulationStyles } from './encapsulation'

interface EncapsulationChipProps {
  readonly encapsulation: Encapsulation
  readonly className?: string
}

/** One stretch of the translation strip as a chip: a bar in the header's colour, and its id. */
export function EncapsulationChip({ encapsulation, className }: EncapsulationChipProps) {
  const style = encapsulationStyles[encapsulation.kind]
  return (
    <span
      title={explainHeader(encapsulation)}
      className={clsx(
        'inline-flex h-5 max-w-full items-center align-middle gap-1.5 rounded-sm border bg-panel px-1.5 font-mono text-xs whitespace-nowrap',
        style.text,
        style.border,
        className,
      )}
    >
      <span aria-hidden className={clsx('h-2.5 w-1 shrink-0 rounded-full', style.bg)} />
      <span className="truncate">{explainEncapsulation(encapsulation)}</span>
    </span>
  )
}
