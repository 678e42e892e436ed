'use client'

import { useQuery } from '@tanstack/react-query'

import { useTRPC } from '@/components/lib/trpc'
import { Notice } from '@/components/ui/Notice'
import { plural } from '@/server/core/explain/words'

/** What speaks against the design as it stands, said before it is planned. Nothing while there is nothing. */
export function DesignNotes() {
  const trpc = useTRPC()
  const { data: notes = [] } = useQuery(trpc.topology.lint.queryOptions())
  if (notes.length === 0) return null
  const isBroken = notes.some(({ severity }) => severity === 'error')
  return (
    <div className="shrink-0 border-b border-line p-3">
      <Notice status={isBroken ? 'bad' : 'warn'} title={`${plural(notes.length, 'note')} on the design`}>
        <ul className="mt-1 flex max-h-32 flex-col gap-1 overflow-y-auto">
          {notes.map(({ rule, message }) => (
            <li key={`${rule}/${message}`} className="min-w-0 break-words">
              {message} <span className="text-faint">(rule {rule})</span>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}
