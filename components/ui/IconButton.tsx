'use client'

import type { ComponentProps } from 'react'

import { Button } from './Button'
import { Tooltip } from './Tooltip'

interface IconButtonProps extends Omit<ComponentProps<typeof Button>, 'aria-label' | 'size'> {
  /** The button's name, read aloud and shown on hover. */
  readonly label: string
  readonly size?: 'md' | 'sm'
}

/** A square button with a glyph only; its name is its tooltip. */
export function IconButton({ label, variant = 'ghost', size = 'md', className = '', disabledReason, ...rest }: IconButtonProps) {
  const square = size === 'md' ? '!w-7 !px-0' : '!w-6 !px-0'
  const button = (
    <Button
      aria-label={label}
      variant={variant}
      size={size}
      disabledReason={disabledReason}
      className={`${square} ${className}`}
      {...rest}
    />
  )
  return disabledReason ? button : <Tooltip content={label}>{button}</Tooltip>
}
