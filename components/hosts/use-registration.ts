'use client'

// Registering in two steps. Step 1 asks the address for its key and stores nothing; step 2 stores host and compared key
// together. An error that belongs to a field of step 1 leads back to it.

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { unplacedError, type ClientError } from '@/components/lib/app-error'
import { routes } from '@/components/lib/routes'
import { useTRPC } from '@/components/lib/trpc'
import { useForm, type Fields } from '@/components/lib/use-form'
import { useRenewDesign } from '@/components/lib/use-renew'
import { useNavigate } from '@/components/lib/use-navigate'
import type { HostKey } from '@/server/core/api-types'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'

import { accessFields, toTarget, type AccessValues } from './access-form'
import type { PlaceValues } from './place-form'
import { checkRegistration, emptyRegistration, toRegistration } from './registration-form'
import { useReadHost } from './use-read-host'

export interface Registration {
  readonly place: Fields<PlaceValues>
  readonly access: Fields<AccessValues>
  /** Set in step 2: the key to compare. */
  readonly hostKey: HostKey | null
  readonly isCompared: boolean
  readonly setCompared: (isCompared: boolean) => void
  readonly isBusy: boolean
  /** For the fields. */
  readonly error: unknown
  /** What no field shows. */
  readonly failure: ClientError | null
  readonly submit: () => void
  readonly goBack: () => void
}

const PLACED = [...accessFields, 'name', 'description', 'roles', 'agentKind', 'availabilityZone'] as const

/** `vm`: the VM of the design that the host is. */
export function useRegistration(vm: Pick<Vm, 'id' | 'name'> | null = null): Registration {
  const trpc = useTRPC()
  const form = useForm({ ...emptyRegistration, name: vm?.name ?? '' }, checkRegistration)
  const { values } = form
  const [isCompared, setCompared] = useState(false)
  const readKey = useMutation(trpc.hosts.readKey.mutationOptions())
  const register = useMutation(trpc.hosts.register.mutationOptions({ onSuccess: useAfterRegistering() }))

  const error = form.errorWith(register.error ?? readKey.error)
  const failure = unplacedError(error, PLACED)
  const isFieldError = Boolean(error) && failure === null
  const hostKey = isFieldError ? null : (readKey.data ?? null)

  const readTheKey = () => {
    register.reset()
    setCompared(false)
    const { address, port } = toTarget(values)
    readKey.mutate({ address, port })
  }
  const registerWith = ({ fingerprint }: HostKey) => register.mutate({ ...toRegistration(values), fingerprint, vmId: vm?.id ?? null })
  return {
    place: { ...form },
    access: { ...form },
    hostKey,
    isCompared,
    setCompared,
    isBusy: readKey.isPending || register.isPending,
    error,
    failure,
    submit: () => form.submit(() => (hostKey ? registerWith(hostKey) : readTheKey())),
    goBack: () => {
      readKey.reset()
      register.reset()
    },
  }
}

/** The new host's page opens while the host is being read. */
function useAfterRegistering() {
  const navigate = useNavigate()
  const renew = useRenewDesign()
  const readHost = useReadHost()
  return ({ id }: { readonly id: string }) => {
    void renew()
    readHost.run(id)
    navigate.push(routes.host(id))
  }
}
