'use client'

import { Dialog } from '@/components/ui/Dialog'
import { Kbd } from '@/components/ui/Kbd'

import { shortcutGroups } from './shortcuts'

interface ShortcutSheetProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function ShortcutSheet({ isOpen, onClose }: ShortcutSheetProps) {
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Keyboard shortcuts">
      <div className="columns-2 gap-6">
        {shortcutGroups.map((group) => (
          <section key={group.title} aria-label={group.title} className="mb-5 break-inside-avoid">
            <h3 className="mb-2 text-sm text-faint">{group.title}</h3>
            <ul className="flex flex-col gap-1.5">
              {group.shortcuts.map(({ keys, does }) => (
                <li key={does} className="flex items-center gap-3">
                  <span className="flex w-20 shrink-0 gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </span>
                  <span className="min-w-0">{does}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
