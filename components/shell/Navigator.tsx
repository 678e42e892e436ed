'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { Search } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'

import type { Theme } from '@/components/lib/theme'
import { useTRPC } from '@/components/lib/trpc'
import type { LinkState } from '@/components/lib/use-live-data'
import { Kbd } from '@/components/ui/Kbd'
import { StatusMark } from '@/components/ui/StatusMark'
import type { Status } from '@/components/ui/status'
import { explainPendingCount } from '@/server/core/explain/object-change'

import { Mark } from './Mark'
import { isInSection, sections, type Section } from './sections'
import { ThemeSwitch } from './ThemeSwitch'

interface NavigatorProps {
  readonly theme: Theme
  readonly link: LinkState
  readonly onPalette: () => void
}

const LINK_STATUS: Record<LinkState, { readonly status: Status; readonly label: string }> = {
  live: { status: 'ok', label: 'Live' },
  connecting: { status: 'unknown', label: 'Connecting' },
  lost: { status: 'bad', label: 'No connection' },
}

/** The left pane: a rail of glyphs below 1280 pixels, with words above. */
export function Navigator({ theme, link, onPalette }: NavigatorProps) {
  const pathname = usePathname()
  const trpc = useTRPC()
  const changes = useQuery(trpc.changes.list.queryOptions())
  const pending = changes.data?.changes.length ?? 0
  const { status, label } = LINK_STATUS[link]
  return (
    <nav aria-label="Sections" className="flex w-12 shrink-0 flex-col border-r border-line bg-canvas xl:w-48">
      <Link href="/" className="flex h-12 items-center gap-2 px-3.5 font-semibold tracking-tight" aria-label="Tapline, overview">
        <Mark />
        <span className="hidden text-lg xl:block">Tapline</span>
      </Link>
      <button
        type="button"
        aria-keyshortcuts="Control+K"
        className="mx-2 mb-3 flex h-7 items-center gap-2 rounded-md border border-line-strong/50 bg-panel px-2 text-faint hover:border-line-strong hover:text-ink"
        onClick={onPalette}
      >
        <Search aria-hidden className="size-3.5 shrink-0" />
        <span className="sr-only min-w-0 flex-1 truncate text-left xl:not-sr-only">Find or do</span>
        <span aria-hidden className="hidden xl:block">
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      <ul className="flex flex-1 flex-col gap-0.5 px-2">
        {sections.map((section) => (
          <li key={section.href}>
            <NavLink section={section} isCurrent={isInSection(pathname, section.href)} count={section.label === 'Changes' ? pending : 0} />
          </li>
        ))}
      </ul>
      <div className="flex flex-col items-center gap-2 border-t border-line p-2 xl:flex-row xl:justify-between">
        <span role="status" className="text-sm" title={label}>
          <StatusMark status={status} label={label} className="[&>span]:sr-only xl:[&>span]:not-sr-only" />
        </span>
        <ThemeSwitch initial={theme} />
      </div>
    </nav>
  )
}

interface NavLinkProps {
  readonly section: Section
  readonly isCurrent: boolean
  readonly count: number
}

function NavLink({ section: { href, label, Icon }, isCurrent, count }: NavLinkProps) {
  return (
    <Link
      href={href}
      title={label}
      aria-current={isCurrent ? 'page' : undefined}
      className={clsx(
        'relative flex h-7 items-center gap-2.5 rounded-md px-2',
        isCurrent ? 'bg-hover font-medium text-ink' : 'text-dim hover:bg-hover hover:text-ink',
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      <span className="sr-only min-w-0 flex-1 truncate xl:not-sr-only">{label}</span>
      {count > 0 && (
        <span
          title={explainPendingCount(count)}
          className="absolute -top-1 -right-1.5 rounded-full bg-warn-soft px-1 text-xs leading-3.5 font-medium text-warn xl:static xl:px-1.5 xl:leading-4"
        >
          <span aria-hidden>{count}</span>
          <span className="sr-only">{explainPendingCount(count)}</span>
        </span>
      )}
    </Link>
  )
}
