'use client'

import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { Dialog as Radix } from 'radix-ui'
import { useMemo, useState } from 'react'

import { groupBy } from '@/server/core/group-by'
import { useTRPC } from '@/components/lib/trpc'
import { useNavigate } from '@/components/lib/use-navigate'
import { emptyTopology } from '@/server/core/topology/complete-topology'

import { findActions } from './palette-actions'
import { findEntries, paletteEntries } from './palette-entries'
import { findPaths } from './palette-paths'

interface CommandPaletteProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onSheet: () => void
}

/** Ctrl/Cmd+K: objects by whatever the operator has at hand, and actions by name. */
export function CommandPalette({ isOpen, onClose, onSheet }: CommandPaletteProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(isNowOpen) => !isNowOpen && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="appear fixed inset-0 z-40 bg-[rgb(10_12_15/0.45)]" />
        <Radix.Content
          aria-describedby={undefined}
          className="appear fixed top-[12vh] left-1/2 z-40 w-[620px] max-w-[calc(100vw-2rem)] -translate-x-1/2 overflow-hidden rounded-lg border border-line-strong/60 bg-panel shadow-pop"
        >
          <Radix.Title className="sr-only">Find or do</Radix.Title>
          <PaletteBody onClose={onClose} onSheet={onSheet} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function PaletteBody({ onClose, onSheet }: Omit<CommandPaletteProps, 'isOpen'>) {
  const navigate = useNavigate()
  const trpc = useTRPC()
  const { data } = useQuery(trpc.topology.get.queryOptions())
  const [query, setQuery] = useState('')
  const entries = useMemo(() => paletteEntries(data?.topology ?? emptyTopology), [data])
  const hits = query.trim() === '' ? [] : findEntries(entries, query)
  const paths = findPaths(data?.topology ?? emptyTopology, hits, query)
  const actions = findActions(query)
  const go = (href: string) => {
    onClose()
    navigate.push(href)
  }
  return (
    <Command shouldFilter={false} loop label="Find or do">
      <Command.Input
        autoFocus
        value={query}
        onValueChange={setQuery}
        placeholder="Name, UUID, MAC, address, device, or what to do"
        className="h-11 w-full border-b border-line bg-transparent px-4 text-lg outline-none placeholder:text-faint"
      />
      <Command.List className="max-h-[52vh] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-6 text-center text-dim">Nothing has this name, address or device.</Command.Empty>
        {[...groupBy(hits, ({ entry }) => entry.group)].map(([group, groupedHits]) => (
          <PaletteGroup key={group} heading={group}>
            {groupedHits.map((hit) => (
              <PaletteRow
                key={hit.entry.id}
                value={hit.entry.id}
                onSelect={() => go(hit.entry.href)}
                label={hit.entry.label}
                hint={hit.by ?? hit.entry.hint}
              />
            ))}
          </PaletteGroup>
        ))}
        {paths.length > 0 && (
          <PaletteGroup heading="Paths">
            {paths.map(({ label, hint, href }) => (
              <PaletteRow key={href} value={href ?? label} label={label} hint={hint ?? ''} onSelect={() => href && go(href)} />
            ))}
          </PaletteGroup>
        )}
        {actions.length > 0 && (
          <PaletteGroup heading="Actions">
            {actions.map(({ label, hint, href, run }) => (
              <PaletteRow
                key={label}
                value={label}
                label={label}
                hint={hint ?? ''}
                onSelect={() => (href ? go(href) : (run?.(), onClose()))}
              />
            ))}
            {'keyboard shortcuts'.includes(query.trim().toLowerCase()) && (
              <PaletteRow value="sheet" label="Show keyboard shortcuts" hint="?" onSelect={onSheet} />
            )}
          </PaletteGroup>
        )}
      </Command.List>
    </Command>
  )
}

function PaletteGroup({ heading, children }: { readonly heading: string; readonly children: React.ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-faint"
    >
      {children}
    </Command.Group>
  )
}

interface PaletteRowProps {
  readonly value: string
  readonly label: string
  readonly hint: string
  readonly onSelect: () => void
}

function PaletteRow({ value, label, hint, onSelect }: PaletteRowProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-8 cursor-pointer items-center gap-3 rounded-md px-2.5 data-[selected=true]:bg-accent-soft"
    >
      <span className="min-w-0 flex-1 truncate">{label}</span>
      <span className="max-w-72 truncate font-mono text-sm text-faint">{hint}</span>
    </Command.Item>
  )
}
