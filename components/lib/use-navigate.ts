'use client'

// Going elsewhere by code: from a row, the palette, a chord, a dialog that is done. Links go by themselves.

import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'

/**
 * What a page shows is written into the address a moment later (nuqs, up to 50 ms), and Next gives a navigation up for that. So whoever goes elsewhere
 * waits for what is still to be written: a call that sets nothing answers when it is.
 */
const NO_PARAMETERS = {}

export interface Navigate {
  readonly push: (href: string) => void
  /** The page that is left is gone: back leads past it. */
  readonly replace: (href: string) => void
}

export function useNavigate(): Navigate {
  const router = useRouter()
  const [, settleAddress] = useQueryStates(NO_PARAMETERS)
  const whenWritten = (go: () => void) => void settleAddress({}).then(go)
  return {
    push: (href) => whenWritten(() => router.push(href)),
    replace: (href) => whenWritten(() => router.replace(href)),
  }
}
