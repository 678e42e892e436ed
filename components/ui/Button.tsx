'use client'

import clsx from 'clsx'
import type { ComponentPropsWithRef, MouseEvent } from 'react'

import { buttonClass, type ButtonSize, type ButtonVariant } from './button-class'
import { Tooltip } from './Tooltip'

interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled'> {
  readonly variant?: ButtonVariant
  readonly size?: ButtonSize
  /** Why it cannot be pressed now. The button stays focusable, so that the reason can be read with the keyboard too. */
  readonly disabledReason?: string | null | undefined
  /** Work it started is going on: pressing again does nothing. */
  readonly isBusy?: boolean
}

export function Button({
  variant = 'secondary',
  size = 'md',
  disabledReason,
  isBusy = false,
  type = 'button',
  className,
  onClick,
  ...rest
}: ButtonProps) {
  const isBlocked = Boolean(disabledReason) || isBusy
  const handleClick = (event: MouseEvent<HTMLButtonElement>) => {
    if (isBlocked) event.preventDefault()
    else onClick?.(event)
  }
  const button = (
    <button
      type={type}
      aria-disabled={isBlocked || undefined}
      aria-busy={isBusy || undefined}
      aria-description={disabledReason ?? undefined}
      className={clsx(buttonClass(variant, size), isBlocked && 'cursor-not-allowed opacity-50', className)}
      onClick={handleClick}
      {...rest}
    />
  )
  return disabledReason ? (
    <Tooltip content={disabledReason} side="bottom">
      {button}
    </Tooltip>
  ) : (
    button
  )
}
