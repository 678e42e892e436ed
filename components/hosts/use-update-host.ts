'use client'

import { useMutation } from '@tanstack/react-query'

import { useTRPC } from '@/components/lib/trpc'
import { useRenewDesign } from '@/components/lib/use-renew'
import { useToast } from '@/components/ui/Toast'

export function useUpdateHost(done: string) {
  const trpc = useTRPC()
  const renew = useRenewDesign()
  const { show } = useToast()
  return useMutation(
    trpc.hosts.update.mutationOptions({
      onSuccess: async () => {
        await renew()
        show({ status: 'ok', title: done })
      },
    }),
  )
}
