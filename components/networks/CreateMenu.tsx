'use client'

import { ChevronDown, Plus } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'

import type { CreateKind } from '@/components/lib/routes'
import { Button } from '@/components/ui/Button'

const ITEMS: readonly { readonly kind: CreateKind; readonly label: string }[] = [
  { kind: 'project', label: 'Project' },
  { kind: 'physicalNetwork', label: 'Physical network' },
  { kind: 'network', label: 'Network' },
  { kind: 'subnet', label: 'Subnet' },
  { kind: 'port', label: 'Port' },
  { kind: 'vm', label: 'VM' },
]

/** Everything that can be made here, in the order it is needed. */
export function CreateMenu({ onCreate }: { readonly onCreate: (kind: CreateKind) => void }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button variant="primary">
          <Plus aria-hidden />
          Create
          <ChevronDown aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} className="appear z-30 min-w-44 rounded-md border border-line-strong/60 bg-raised p-1 shadow-pop">
          {ITEMS.map(({ kind, label }) => (
            <DropdownMenu.Item
              key={kind}
              className="flex h-7 cursor-pointer items-center rounded-sm px-2 outline-none data-[highlighted]:bg-hover"
              onSelect={() => onCreate(kind)}
            >
              {label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
