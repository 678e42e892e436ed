import clsx from 'clsx'

interface ScrollTextProps {
  /** What it is, for whoever comes there with the keyboard, which scrolls it. */
  readonly label: string
  readonly children: string
  readonly className?: string
}

/** Text of a program in a box that scrolls when there is much of it. */
export function ScrollText({ label, children, className }: ScrollTextProps) {
  return (
    <pre role="group" aria-label={label} tabIndex={0} className={clsx('overflow-auto font-mono whitespace-pre-wrap', className)}>
      {children}
    </pre>
  )
}
