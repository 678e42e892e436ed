'use client'

import { useMutation } from '@tanstack/react-query'

import { useFailureToast } from '@/components/lib/use-failure-toast'
import { useTRPC } from '@/components/lib/trpc'
import { useRenewDesign } from '@/components/lib/use-renew'
import { Button } from '@/components/ui/Button'
import { useToast } from '@/components/ui/Toast'

interface BridgeNetfilterButtonProps {
  readonly hostId: string
  readonly hostName: string
}

/** Lets plans of the host set it from now on. Only the design changes; the next plan shows the command. */
export function BridgeNetfilterButton({ hostId, hostName }: BridgeNetfilterButtonProps) {
  const trpc = useTRPC()
  const renew = useRenewDesign()
  const { show } = useToast()
  const failed = useFailureToast()
  const set = useMutation(
    trpc.hosts.update.mutationOptions({
      onError: failed('Not saved'),
      onSuccess: async () => {
        await renew()
        show({
          status: 'ok',
          title: `Plans of ${hostName} set bridge-nf-call-iptables`,
          detail: 'Nothing has changed on the host yet: make a new plan.',
        })
      },
    }),
  )
  return (
    <Button
      size="sm"
      className="shrink-0"
      isBusy={set.isPending}
      onClick={() => set.mutate({ id: hostId, patch: { hasBridgeNetfilter: true } })}
    >
      Set it on {hostName}
    </Button>
  )
}
