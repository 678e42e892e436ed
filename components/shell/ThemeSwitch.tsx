'use client'

import clsx from 'clsx'
import { Monitor, Moon, Sun, type LucideIcon } from 'lucide-react'
import { useState } from 'react'

import { applyTheme, type Theme } from '@/components/lib/theme'

const CHOICES: readonly { readonly theme: Theme; readonly label: string; readonly Icon: LucideIcon }[] = [
  { theme: 'light', label: 'Light theme', Icon: Sun },
  { theme: 'dark', label: 'Dark theme', Icon: Moon },
  { theme: 'system', label: 'Theme of the system', Icon: Monitor },
]

export function ThemeSwitch({ initial }: { readonly initial: Theme }) {
  const [chosen, setChosen] = useState(initial)
  return (
    <div role="radiogroup" aria-label="Theme" className="flex flex-col gap-0.5 xl:flex-row">
      {CHOICES.map(({ theme, label, Icon }) => (
        <button
          key={theme}
          type="button"
          role="radio"
          aria-checked={chosen === theme}
          aria-label={label}
          title={label}
          className={clsx(
            'flex size-6 items-center justify-center rounded-sm text-faint hover:text-ink',
            chosen === theme && 'bg-hover text-ink',
          )}
          onClick={() => {
            applyTheme(theme)
            setChosen(theme)
          }}
        >
          <Icon aria-hidden className="size-3.5" />
        </button>
      ))}
    </div>
  )
}
