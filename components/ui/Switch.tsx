'use client'

import clsx from 'clsx'

import { Tooltip } from './Tooltip'

interface SwitchProps {
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly disabledReason?: string | null | undefined
  readonly isBusy?: boolean
}

/** A wish that is stored at once, without a form around it. */
export function Switch({ label, isOn, onChange, disabledReason, isBusy = false }: SwitchProps) {
  const isBlocked = Boolean(disabledReason) || isBusy
  const button = (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-disabled={isBlocked || undefined}
      aria-description={disabledReason ?? undefined}
      className={clsx('inline-flex h-7 items-center gap-2 rounded-md px-1.5', isBlocked && 'cursor-not-allowed opacity-50')}
      onClick={() => !isBlocked && onChange(!isOn)}
    >
      <span
        aria-hidden
        className={clsx(
          'flex h-4 w-7 items-center rounded-full border px-0.5',
          isOn ? 'border-ink bg-ink' : 'border-line-strong bg-canvas',
        )}
      >
        <span className={clsx('size-2.5 rounded-full transition-transform', isOn ? 'translate-x-3 bg-canvas' : 'bg-line-strong')} />
      </span>
      {label}
    </button>
  )
  return disabledReason ? <Tooltip content={disabledReason}>{button}</Tooltip> : button
}
