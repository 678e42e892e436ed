'use client'

import { CopyButton } from '@/components/ui/CopyButton'
import { EmptyState } from '@/components/ui/EmptyState'
import { Panel } from '@/components/ui/Panel'
import { ScrollText } from '@/components/ui/ScrollText'
import { explainUnparsed, unparsedText } from '@/server/core/explain/unparsed'
import type { Unparsed } from '@/server/core/host/observation'

/** What no parser understood, verbatim. Drawings and plans do not know of it, so it is never hidden. */
export function UnparsedPane({ unparsed }: { readonly unparsed: readonly Unparsed[] }) {
  if (unparsed.length === 0)
    return (
      <EmptyState title="Everything was understood">Text that no parser knows would be listed here, as the host printed it.</EmptyState>
    )
  return (
    <div className="flex flex-col gap-3 p-4">
      {unparsed.map((piece, index) => (
        <Panel
          key={index}
          title={<span className="font-mono text-sm">{piece.section}</span>}
          meta={explainUnparsed(piece.reason)}
          actions={<CopyButton value={unparsedText(piece.text)} label="Copy the text" />}
        >
          <ScrollText label={piece.section} className="max-h-64 text-xs [overflow-wrap:anywhere]">
            {unparsedText(piece.text)}
          </ScrollText>
        </Panel>
      ))}
    </div>
  )
}
