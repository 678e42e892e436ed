'use client'

import { ArrowRight } from 'lucide-react'

import { InspectorSection } from '@/components/shell/Inspector'
import { CopyButton } from '@/components/ui/CopyButton'
import { EncapsulationChip } from '@/components/ui/EncapsulationChip'
import { explainArgv } from '@/server/core/explain/command'
import { explainHeader, explainTranslation, isSameEncapsulation } from '@/server/core/explain/encapsulation'
import { dumpFlowArgv, explainFlow, flowText, parseFlowKey, type FlowIdentity } from '@/server/core/explain/flow'
import { capitalise } from '@/server/core/explain/words'
import type { Encapsulation, PathHop } from '@/server/core/path/path'

interface HopHeaderProps {
  readonly hop: PathHop
  /** What the frame wears on its way in; null at the source. */
  readonly before: Encapsulation | null
}

/** The header that leaves this hop, and where it changes here: the flow that changes it. */
export function HopHeader({ hop, before }: HopHeaderProps) {
  const isChange = before !== null && !isSameEncapsulation(before, hop.encapsulation)
  const flow = hop.translationFlowKey === null ? null : parseFlowKey(hop.translationFlowKey)
  return (
    <InspectorSection title={isChange ? 'Header changes here' : 'Header'}>
      <div className="flex flex-wrap items-center gap-1.5">
        {isChange && (
          <>
            <EncapsulationChip encapsulation={before} />
            <ArrowRight aria-label="becomes" className="size-3.5 text-faint" />
          </>
        )}
        <EncapsulationChip encapsulation={hop.encapsulation} />
      </div>
      <p className="mt-1.5 break-words">
        {isChange ? `${capitalise(explainTranslation(before, hop.encapsulation))}.` : `Expected: ${explainHeader(hop.encapsulation)}.`}
      </p>
      {isChange && <p className="mt-0.5 break-words text-dim">Expected behind it: {explainHeader(hop.encapsulation)}.</p>}
      {isChange && hop.captured === 'in' && (
        <p className="mt-0.5 break-words text-dim">A capture on this device shows: {explainHeader(before)}.</p>
      )}
      {flow && <FlowText flow={flow} />}
    </InspectorSection>
  )
}

function FlowText({ flow }: { readonly flow: FlowIdentity }) {
  const command = explainArgv(dumpFlowArgv(flow))
  return (
    <figure className="mt-2 rounded-sm border border-line bg-canvas px-2 py-1.5">
      <figcaption className="flex items-center gap-1 text-sm text-faint">
        Flow on {flow.bridge}
        <CopyButton value={flowText(flow)} label="Copy flow" />
      </figcaption>
      <code className="block font-mono text-xs break-all">{explainFlow(flow)}</code>
      <div className="mt-1.5 flex items-center gap-1 border-t border-line pt-1 text-dim">
        <code className="min-w-0 flex-1 font-mono text-xs break-all">{command}</code>
        <CopyButton value={command} label="Copy command that shows the flow" />
      </div>
    </figure>
  )
}
