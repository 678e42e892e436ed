'use client'

import { useRenewDesign } from '@/components/lib/use-renew'
import { useToast } from '@/components/ui/Toast'

/** After an edit of the design: ask for it again, and say that nothing happened on a host yet. */
export function useEditDone(): (title: string) => Promise<void> {
  const renew = useRenewDesign()
  const { show } = useToast()
  return async (title) => {
    await renew()
    show({ status: 'ok', title, detail: 'In the design; hosts change when a plan is applied.' })
  }
}
