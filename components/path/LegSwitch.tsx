import { ToggleGroup } from 'radix-ui'

import type { LegName } from '@/server/core/path/path'

interface LegSwitchProps {
  readonly leg: LegName
  readonly onLegChange: (leg: LegName) => void
}

const words: Readonly<Record<LegName, { readonly label: string; readonly title: string }>> = {
  forth: { label: 'Forth', title: 'From the source to the destination' },
  back: { label: 'Back', title: 'From the destination to the source: the way that replies take' },
}

/** Which direction is drawn: each has flows, headers and counters of its own. */
export function LegSwitch({ leg, onLegChange }: LegSwitchProps) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="Direction"
      value={leg}
      onValueChange={(next) => next !== '' && onLegChange(next as LegName)}
      className="inline-flex shrink-0 overflow-hidden rounded-md border border-line-strong/70"
    >
      {(['forth', 'back'] as const).map((each) => (
        <ToggleGroup.Item
          key={each}
          value={each}
          title={words[each].title}
          className="h-6 px-2 text-sm text-dim hover:bg-hover focus-visible:-outline-offset-2 data-[state=on]:bg-accent-soft data-[state=on]:text-ink"
        >
          {words[each].label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
