'use client'

// Short news about what was just done, bottom right. Errors of a form stay in the form; everything else that fails ends here.
// Good news goes by itself and makes way for the next; failures stay until they are closed. F8 leads there, the pointer on them stops their
// time, and they are read aloud once (Radix).

import clsx from 'clsx'
import { X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react'

import { IconButton } from './IconButton'
import { statusStyles, type Status } from './status'

export interface ToastInput {
  readonly status: Status
  readonly title: string
  readonly detail?: ReactNode
}

interface ToastItem extends ToastInput {
  readonly id: number
}

interface Toasts {
  readonly show: (toast: ToastInput) => void
}

const SHOWN_MS = 4500
const ToastContext = createContext<Toasts>({ show: () => undefined })

export const useToast = (): Toasts => use(ToastContext)

let lastId = 0

export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [items, setItems] = useState<readonly ToastItem[]>([])
  const close = useCallback((id: number) => setItems((all) => all.filter((item) => item.id !== id)), [])
  const show = useCallback((toast: ToastInput) => {
    const item = { ...toast, id: ++lastId }
    setItems((all) => [...all.filter(({ status }) => status === 'bad').slice(-2), item])
  }, [])
  const value = useMemo(() => ({ show }), [show])
  return (
    <ToastContext value={value}>
      <Radix.Provider swipeDirection="right">
        {children}
        {items.map((item) => (
          <ToastCard key={item.id} item={item} onClose={() => close(item.id)} />
        ))}
        <Radix.Viewport className="fixed right-3 bottom-3 z-50 flex w-80 flex-col gap-2" />
      </Radix.Provider>
    </ToastContext>
  )
}

function ToastCard({ item, onClose }: { readonly item: ToastItem; readonly onClose: () => void }) {
  const { Icon, text } = statusStyles[item.status]
  const isFailure = item.status === 'bad'
  return (
    <Radix.Root
      open
      onOpenChange={onClose}
      type={isFailure ? 'foreground' : 'background'}
      duration={isFailure ? Infinity : SHOWN_MS}
      className="appear flex items-start gap-2 rounded-md border border-line-strong/60 bg-raised px-3 py-2 shadow-pop"
    >
      <Icon aria-hidden className={clsx('mt-0.5 size-4 shrink-0', text)} />
      <div className="min-w-0 flex-1">
        <Radix.Title className="font-medium break-words">{item.title}</Radix.Title>
        {item.detail && <Radix.Description className="break-words text-dim">{item.detail}</Radix.Description>}
      </div>
      <Radix.Close asChild>
        <IconButton label="Dismiss" size="sm">
          <X />
        </IconButton>
      </Radix.Close>
    </Radix.Root>
  )
}
