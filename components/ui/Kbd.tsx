import type { ReactNode } from 'react'

/** One key. A chord is several of them in a row. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border border-line-strong/60 bg-canvas px-1 font-sans text-xs text-dim">
      {children}
    </kbd>
  )
}
