import { Compass } from 'lucide-react'
import Link from 'next/link'

import { Page } from '@/components/shell/Page'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/EmptyState'

export default function NotFound() {
  return (
    <Page title="Not found">
      <EmptyState
        Icon={Compass}
        title="There is nothing at this address"
        action={
          <Link href="/" className={buttonClass()}>
            Go to the overview
          </Link>
        }
      >
        The object may have been removed, or the link is of another console.
      </EmptyState>
    </Page>
  )
}
