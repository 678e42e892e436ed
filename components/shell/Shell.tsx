'use client'

import { useState, type ReactNode } from 'react'

import type { Theme } from '@/components/lib/theme'
import { useLiveData } from '@/components/lib/use-live-data'

import { CommandPalette } from './CommandPalette'
import { InspectorLayout } from './inspector-slot'
import { Navigator } from './Navigator'
import { ShortcutSheet } from './ShortcutSheet'
import { useShortcuts } from './use-shortcuts'

type Overlay = 'none' | 'palette' | 'sheet'

interface ShellProps {
  readonly theme: Theme
  readonly children: ReactNode
}

/** Three panes: navigator, canvas, inspector; and what floats above them. */
export function Shell({ theme, children }: ShellProps) {
  const [overlay, setOverlay] = useState<Overlay>('none')
  const link = useLiveData()
  const close = () => setOverlay('none')
  useShortcuts({ onPalette: () => setOverlay('palette'), onSheet: () => setOverlay('sheet') })
  return (
    <div className="flex h-dvh min-w-[1024px] overflow-hidden">
      <a
        href="#canvas"
        className="sr-only z-50 rounded-md bg-ink px-3 py-1 text-canvas focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <Navigator theme={theme} link={link} onPalette={() => setOverlay('palette')} />
      <InspectorLayout>
        <div id="canvas" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
          {children}
        </div>
      </InspectorLayout>
      <CommandPalette isOpen={overlay === 'palette'} onClose={close} onSheet={() => setOverlay('sheet')} />
      <ShortcutSheet isOpen={overlay === 'sheet'} onClose={close} />
    </div>
  )
}
