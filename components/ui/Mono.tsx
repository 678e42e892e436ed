import clsx from 'clsx'

import { CopyButton } from './CopyButton'

interface MonoProps {
  /** The identifier, address, tag, flow or command, in full. */
  readonly value: string
  /** What is printed when the full value is too long for the place, for example the first 8 digits of a UUID. */
  readonly shown?: string
  readonly canCopy?: boolean
  readonly className?: string
}

/** An identifier: monospace, cut with an ellipsis, whole on hover and copyable. */
export function Mono({ value, shown, canCopy = false, className }: MonoProps) {
  const text = (
    <span title={value} className={clsx('min-w-0 truncate font-mono text-sm', className)}>
      {shown ?? value}
    </span>
  )
  if (!canCopy) return text
  return (
    <span className="group/mono relative inline-flex max-w-full min-w-0 items-center align-middle">
      {text}
      <CopyButton
        value={value}
        label={`Copy ${value}`}
        className="absolute right-0 border border-line bg-raised opacity-0 group-hover/mono:opacity-100 focus-visible:opacity-100"
      />
    </span>
  )
}
