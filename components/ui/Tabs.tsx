'use client'

import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

export interface Tab<T extends string> {
  readonly value: T
  readonly label: string
  /** Printed beside the label. */
  readonly count?: number
  readonly content: ReactNode
}

interface TabsProps<T extends string> {
  /** What the tabs are about, for screen readers. */
  readonly label: string
  readonly value: T
  readonly onValueChange: (value: T) => void
  readonly tabs: readonly Tab<T>[]
  /** At the right end of the row of tabs. */
  readonly actions?: ReactNode
}

/** The tab in view belongs in the URL: keep `value` in a search parameter. */
export function Tabs<T extends string>({ label, value, onValueChange, tabs, actions }: TabsProps<T>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onValueChange(next as T)} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex items-center border-b border-line">
        <Radix.List aria-label={label} className="flex min-w-0 gap-1 overflow-x-auto px-2">
          {tabs.map((tab) => (
            <Radix.Trigger
              key={tab.value}
              value={tab.value}
              className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2 whitespace-nowrap text-dim hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-ink data-[state=active]:text-ink"
            >
              {tab.label}
              {tab.count !== undefined && <span className="text-xs text-faint">{tab.count}</span>}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {actions && <div className="ml-auto flex shrink-0 items-center gap-1 px-2">{actions}</div>}
      </div>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} tabIndex={-1} className="min-h-0 min-w-0 flex-1 overflow-auto outline-none">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
