'use client'

import { useMutation } from '@tanstack/react-query'

import { useTRPC } from '@/components/lib/trpc'
import { useFailureToast } from '@/components/lib/use-failure-toast'
import { useRenewDesign } from '@/components/lib/use-renew'
import { Switch } from '@/components/ui/Switch'
import { useToast } from '@/components/ui/Toast'
import type { Host } from '@/server/core/topology/kinds/host/host'

/** Wants the host's bridges built, or no longer. Only the design changes; a plan does the rest. */
export function PrepareSwitch({ host }: { readonly host: Host }) {
  const trpc = useTRPC()
  const renew = useRenewDesign()
  const { show } = useToast()
  const failed = useFailureToast()
  const change = useMutation(
    trpc.hosts.setPrepared.mutationOptions({
      onSuccess: async (_, { isPrepared }) => {
        await renew()
        show({
          status: 'ok',
          title: isPrepared ? `${host.name} will be prepared` : `${host.name} will be cleaned`,
          detail: 'Nothing has changed on the host yet: plan and apply the changes.',
        })
      },
      onError: failed(`Preparing ${host.name}`),
    }),
  )
  return (
    <Switch
      label="Prepared"
      isOn={change.isPending ? change.variables.isPrepared : host.isPrepared}
      isBusy={change.isPending}
      disabledReason={host.isReadOnly ? 'The host is read-only: nothing is ever changed on it.' : null}
      onChange={(isPrepared) => change.mutate({ id: host.id, isPrepared })}
    />
  )
}
