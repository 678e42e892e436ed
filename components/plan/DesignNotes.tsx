'use client'

import { useQuery } from '@tanstack/react-query'

import { useTRPC } from '@/components/lib/trpc'
import { Notice } from '@/components/ui/Notice'
import { explainFinding } from '@/server/core/explain/finding'
import { plural } from '@/server/core/explain/words'

/** What speaks against the design as it stands, said before it is planned. Nothing while there is nothing. */
export function DesignNotes() {
  const trpc = useTRPC()
  const { data: findings = [] } = useQuery(trpc.topology.lint.queryOptions())
  if (findings.length === 0) return null
  const isBroken = findings.some(({ severity }) => severity === 'error')
  return (
    <div className="shrink-0 border-b border-line p-3">
      <Notice status={isBroken ? 'bad' : 'warn'} title={`${plural(findings.length, 'note')} on the design`}>
        <ul className="mt-1 flex max-h-32 flex-col gap-1 overflow-y-auto">
          {findings
            .map((finding) => ({ code: finding.code, sentence: explainFinding(finding) }))
            .map(({ code, sentence }) => (
              <li key={sentence} className="min-w-0 break-words">
                {sentence} <span className="text-faint">(rule {code})</span>
              </li>
            ))}
        </ul>
      </Notice>
    </div>
  )
}
