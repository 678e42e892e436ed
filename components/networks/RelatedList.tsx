'use client'

import Link from 'next/link'

import type { RelatedObject } from './related-objects'

interface RelatedListProps {
  readonly related: readonly RelatedObject[]
  /** Where an object is shown instead of on its own page. */
  readonly hrefOf?: (id: string) => string | null
}

/** Objects that hang together with the one looked at, a link each. */
export function RelatedList({ related, hrefOf }: RelatedListProps) {
  return (
    <ul className="flex max-h-64 flex-col overflow-y-auto">
      {related.map(({ id, name, detail, href }) => (
        <li key={id}>
          <Link href={hrefOf?.(id) ?? href} className="-mx-1 flex h-7 min-w-0 items-center gap-3 rounded-sm px-1 hover:bg-hover">
            <span className="min-w-0 flex-1 truncate" title={name}>
              {name}
            </span>
            <span className="max-w-[55%] shrink-0 truncate font-mono text-sm text-faint">{detail}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
