import clsx from 'clsx'

/** The shape of what is on its way. Hidden from screen readers; the container says aria-busy. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={clsx('skeleton rounded-sm bg-unknown-soft', className ?? 'h-4 w-full')} />
}

/** Lines of text or rows of a table that are being loaded. */
export function SkeletonRows({ count = 6 }: { readonly count?: number }) {
  return (
    <div role="status" aria-busy="true" aria-label="Loading" className="flex flex-col gap-3 p-3">
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} className={clsx('h-3.5', ['w-3/4', 'w-11/12', 'w-2/3', 'w-5/6'][index % 4])} />
      ))}
    </div>
  )
}
