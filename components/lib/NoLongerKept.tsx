import { Archive } from 'lucide-react'
import Link from 'next/link'

import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/EmptyState'

import { routes } from './routes'

/** In place of a record that made room for later ones. Nothing failed, so nothing is red. */
export function NoLongerKept({ message }: { readonly message: string }) {
  return (
    <EmptyState
      Icon={Archive}
      title="Removed to make room"
      action={
        <Link href={routes.settings()} className={buttonClass()}>
          How long things are kept
        </Link>
      }
    >
      {message}
    </EmptyState>
  )
}
