'use client'

import { ArrowRight } from 'lucide-react'

import { InspectorSection } from '@/components/shell/Inspector'
import type { PathHop } from '@/server/core/path/path'

import { packetFacts } from './header-strips'

/** The packet itself at this hop, as it comes and as it goes: what a tunnel puts around it is told above. */
export function HopPacket({ hop }: { readonly hop: PathHop }) {
  const [came, goes] = [packetFacts(hop.in), packetFacts(hop.out)]
  return (
    <InspectorSection title="Packet">
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-2 gap-y-0.5 text-sm">
        {goes.map(({ name, value }) => {
          const before = came.find((each) => each.name === name)?.value
          return (
            <div key={name} className="contents">
              <dt className="text-faint">{name}</dt>
              <dd className="flex flex-wrap items-center gap-1 font-mono text-xs break-all">
                {before !== undefined && before !== value && (
                  <>
                    {before}
                    <ArrowRight aria-label="becomes" className="size-3 text-faint" />
                  </>
                )}
                {value}
              </dd>
            </div>
          )
        })}
      </dl>
    </InspectorSection>
  )
}
