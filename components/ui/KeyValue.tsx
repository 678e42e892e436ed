import clsx from 'clsx'
import { Fragment, type ReactNode } from 'react'

import { Mono } from './Mono'

export interface KeyValueItem {
  readonly label: string
  /** Text that is null or '' prints as a dash. */
  readonly value: ReactNode
  /** The value is an identifier or address: monospace and copyable. Needs a string. */
  readonly isMono?: boolean
}

interface KeyValueProps {
  readonly items: readonly KeyValueItem[]
  readonly className?: string
}

/** Facts about one thing, label left, value right. */
export function KeyValue({ items, className }: KeyValueProps) {
  return (
    <dl className={clsx('grid grid-cols-[minmax(76px,max-content)_minmax(0,1fr)] gap-x-3 gap-y-1', className)}>
      {items.map((item) => (
        <Fragment key={item.label}>
          <dt className="text-faint">{item.label}</dt>
          <dd className="min-w-0">{renderValue(item)}</dd>
        </Fragment>
      ))}
    </dl>
  )
}

function renderValue({ value, isMono }: KeyValueItem): ReactNode {
  if (value === null || value === undefined || value === '') return <span className="text-faint">–</span>
  if (isMono && typeof value === 'string') return <Mono value={value} canCopy />
  if (typeof value === 'string' || typeof value === 'number') return <span className="block break-words">{value}</span>
  return value
}
