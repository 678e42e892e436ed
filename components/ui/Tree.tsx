'use client'

import clsx from 'clsx'
import { ChevronRight } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'

import { flattenTree, type TreeNode, type TreeRow } from './flatten-tree'

interface TreeProps {
  readonly label: string
  readonly nodes: readonly TreeNode[]
  readonly selectedId: string | null
  readonly onSelect: (id: string) => void
  /** Ids of branches that start closed; all others are open. */
  readonly closedIds?: readonly string[]
}

/** A tree with the usual keys: up and down move, right opens, left closes or goes to the parent, Enter selects. */
export function Tree({ label, nodes, selectedId, onSelect, closedIds = [] }: TreeProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(() => new Set(closedIds))
  const rootRef = useRef<HTMLDivElement>(null)
  const rows = flattenTree(nodes, closed)
  const tabStop = rows.some((row) => row.node.id === selectedId) ? selectedId : rows[0]?.node.id

  const focus = (id: string | null | undefined) => {
    const items = rootRef.current?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? []
    Array.from(items)
      .find((item) => item.dataset.id === id)
      ?.focus()
  }
  const toggle = (id: string) =>
    setClosed((ids) => (ids.has(id) ? new Set([...ids].filter((other) => other !== id)) : new Set([...ids, id])))
  const handleKey = (event: KeyboardEvent, row: TreeRow, index: number) => {
    const acts: Record<string, () => void> = {
      ArrowDown: () => focus(rows[index + 1]?.node.id),
      ArrowUp: () => focus(rows[index - 1]?.node.id),
      Home: () => focus(rows[0]?.node.id),
      End: () => focus(rows[rows.length - 1]?.node.id),
      ArrowRight: () => (row.hasChildren && !row.isOpen ? toggle(row.node.id) : focus(rows[index + 1]?.node.id)),
      ArrowLeft: () => (row.hasChildren && row.isOpen ? toggle(row.node.id) : focus(row.parentId)),
      Enter: () => onSelect(row.node.id),
      ' ': () => onSelect(row.node.id),
    }
    const act = acts[event.key]
    if (!act || event.target !== event.currentTarget) return
    event.preventDefault()
    act()
  }

  return (
    <div ref={rootRef} role="tree" aria-label={label} className="min-w-0">
      {rows.map((row, index) => (
        <TreeItem
          key={row.node.id}
          row={row}
          isSelected={row.node.id === selectedId}
          isTabStop={row.node.id === tabStop}
          onToggle={() => toggle(row.node.id)}
          onSelect={() => onSelect(row.node.id)}
          onKeyDown={(event) => handleKey(event, row, index)}
        />
      ))}
    </div>
  )
}

interface TreeItemProps {
  readonly row: TreeRow
  readonly isSelected: boolean
  readonly isTabStop: boolean
  readonly onToggle: () => void
  readonly onSelect: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

function TreeItem({ row, isSelected, isTabStop, onToggle, onSelect, onKeyDown }: TreeItemProps) {
  return (
    <div
      role="treeitem"
      data-id={row.node.id}
      aria-level={row.depth + 1}
      aria-selected={isSelected}
      aria-expanded={row.hasChildren ? row.isOpen : undefined}
      tabIndex={isTabStop ? 0 : -1}
      style={{ paddingLeft: 8 + row.depth * 16 }}
      className={clsx(
        'flex h-7 min-w-0 cursor-pointer items-center gap-1 pr-2 focus-visible:-outline-offset-2',
        isSelected ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
      onClick={onSelect}
      onKeyDown={onKeyDown}
    >
      <span
        aria-hidden
        className={clsx('flex size-4 shrink-0 items-center justify-center', !row.hasChildren && 'invisible')}
        onClick={(event) => {
          event.stopPropagation()
          onToggle()
        }}
      >
        <ChevronRight className={clsx('size-3.5 text-faint transition-transform', row.isOpen && 'rotate-90')} />
      </span>
      <span className="min-w-0 flex-1 truncate">{row.node.label}</span>
      {row.node.meta && <span className="shrink-0 text-sm text-faint">{row.node.meta}</span>}
    </div>
  )
}
