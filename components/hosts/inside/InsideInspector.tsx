'use client'

import { CopyButton } from '@/components/ui/CopyButton'
import { KeyValue } from '@/components/ui/KeyValue'
import { Inspector, InspectorSection } from '@/components/shell/Inspector'
import { Notice } from '@/components/ui/Notice'

import { itemFacts, itemKind } from './item-facts'
import { itemName, itemRecord, relatedItems, type InsideIndex, type InsideItem } from './inside-items'
import { OwnerLink } from './OwnerLink'
import { portTrouble } from './port-trouble'
import { standingOf } from './standing'

interface InsideInspectorProps {
  readonly index: InsideIndex
  readonly item: InsideItem
  readonly onSelect: (id: string | null) => void
}

/** One device from the host: facts, whose it is, what is next to it, and the record as it was read. */
export function InsideInspector({ index, item, onSelect }: InsideInspectorProps) {
  const record = itemRecord(item)
  const related = relatedItems(index, item.id)
  const raw = JSON.stringify(record, null, 2)
  const trouble = item.kind === 'ovs-port' ? portTrouble(item.port) : null
  return (
    <Inspector kind={itemKind(item)} title={<span className="font-mono">{itemName(item)}</span>} onClose={() => onSelect(null)}>
      {trouble && <Notice status="bad" title={trouble} className="m-4 mb-0" />}
      <InspectorSection title="Facts">
        <KeyValue
          items={[
            ...itemFacts(item),
            { label: 'Belongs to', value: <OwnerLink owner={record.owner} standing={standingOf(index, item)} /> },
          ]}
        />
      </InspectorSection>
      {related.length > 0 && (
        <InspectorSection title="Next to it">
          <ul className="flex flex-col">
            {related.map((each) => (
              <li key={each.id}>
                <button
                  type="button"
                  className="-mx-1 flex h-7 w-full min-w-0 items-center gap-2 rounded-sm px-1 text-left hover:bg-hover"
                  onClick={() => onSelect(each.id)}
                >
                  <span className="w-24 shrink-0 truncate text-faint">{itemKind(each)}</span>
                  <span className="truncate font-mono text-sm">{itemName(each)}</span>
                </button>
              </li>
            ))}
          </ul>
        </InspectorSection>
      )}
      <InspectorSection title="As read" meta={<CopyButton value={raw} label="Copy the record" />}>
        <pre className="max-h-96 overflow-auto rounded-md border border-line bg-canvas p-2 font-mono text-xs">{raw}</pre>
      </InspectorSection>
    </Inspector>
  )
}
