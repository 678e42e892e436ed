import { Notice } from '@/components/ui/Notice'
import { explainFinding } from '@/server/core/explain/finding'
import { plural } from '@/server/core/explain/words'
import type { Plan } from '@/server/core/plan/plan'

import { BridgeNetfilterButton } from './BridgeNetfilterButton'

/** What to know before applying; it blocks nothing. */
export function WarningNotes({ plan }: { readonly plan: Plan }) {
  const warnings = plan.warnings ?? []
  if (warnings.length === 0) return null
  return (
    <div className="shrink-0 border-b border-line p-3">
      <Notice status="warn" title={`${plural(warnings.length, 'thing')} to know before applying`}>
        <ul className="mt-1 flex max-h-32 flex-col gap-1 overflow-y-auto">
          {warnings
            .map((finding) => ({ finding, sentence: explainFinding(finding) }))
            .map(({ finding, sentence }) => (
              <li key={sentence} className="flex min-w-0 gap-3">
                <span className="min-w-0 flex-1 break-words">{sentence}</span>
                {finding.code === 'bridge-netfilter-off' && (
                  <BridgeNetfilterButton hostId={finding.subject.id} hostName={finding.params.host} />
                )}
              </li>
            ))}
        </ul>
      </Notice>
    </div>
  )
}
