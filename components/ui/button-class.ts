// How buttons look; shared with links that are drawn as buttons, so it is not a client module.

import clsx from 'clsx'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ButtonSize = 'md' | 'sm'

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'bg-ink text-canvas border-transparent enabled:hover:bg-ink/85',
  secondary: 'bg-raised text-ink border-line-strong/70 hover:bg-hover',
  ghost: 'bg-transparent text-dim border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-bad-soft text-bad border-bad/50 hover:border-bad',
}

const SIZES: Record<ButtonSize, string> = {
  md: 'h-7 px-2.5 gap-1.5',
  sm: 'h-6 px-1.5 gap-1 text-sm',
}

export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'md'): string {
  return clsx(
    'inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors select-none [&_svg]:size-3.5 [&_svg]:shrink-0',
    VARIANTS[variant],
    SIZES[size],
  )
}
