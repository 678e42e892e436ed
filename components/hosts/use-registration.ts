'use client'

// Registering in two steps. Step 1 asks the address for its key and stores nothing; step 2 stores host and compared key
// together. An error that belongs to a field of step 1 leads back to it.

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { unplacedError, type ClientError } from '@/components/lib/app-error'
import { routes } from '@/components/lib/routes'
import { useTRPC } from '@/components/lib/trpc'
import { useForm, type Form } from '@/components/lib/use-form'
import { useRenewDesign } from '@/components/lib/use-renew'
import type { HostKey } from '@/server/core/api-types'
import type { AgentKind, HostRole, Vm } from '@/server/core/topology/topology'

import { accessFields, emptyAccess, toAuth, type AccessValues } from './access-form'
import { useReadHost } from './use-read-host'

/** What the host is in the design. */
export interface PlaceValues {
  readonly name: string
  readonly isCompute: boolean
  readonly isNetwork: boolean
  readonly agentKind: AgentKind
  readonly availabilityZone: string
  readonly isReadOnly: boolean
  readonly isAgentAccepted: boolean
  readonly hasRestoreUnit: boolean
}

export interface Registration {
  readonly place: Form<PlaceValues>
  readonly access: Form<AccessValues>
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

const EMPTY_PLACE: PlaceValues = { name: '', isCompute: true, isNetwork: false, agentKind: 'openvswitch', availabilityZone: 'nova', isReadOnly: false, isAgentAccepted: false, hasRestoreUnit: true }
const PLACED = [...accessFields, 'name', 'roles', 'agentKind', 'availabilityZone'] as const

/** `vm`: the VM of the design that the host is. */
export function useRegistration(vm: Pick<Vm, 'id' | 'name'> | null = null): Registration {
  const trpc = useTRPC()
  const place = useForm({ ...EMPTY_PLACE, name: vm?.name ?? '' })
  const access = useForm(emptyAccess)
  const [isCompared, setCompared] = useState(false)
  const readKey = useMutation(trpc.hosts.readKey.mutationOptions())
  const register = useMutation(trpc.hosts.register.mutationOptions({ onSuccess: useAfterRegistering() }))

  const error = register.error ?? readKey.error
  const failure = unplacedError(error, PLACED)
  const isFieldError = error !== null && failure === null
  const hostKey = isFieldError ? null : (readKey.data ?? null)

  const readTheKey = () => {
    register.reset()
    setCompared(false)
    readKey.mutate({ address: access.values.address, port: access.values.port ?? 0 })
  }
  return {
    place,
    access,
    hostKey,
    isCompared,
    setCompared,
    isBusy: readKey.isPending || register.isPending,
    error,
    failure,
    submit: () => (hostKey ? register.mutate({ ...toInput(place.values, access.values, hostKey), vmId: vm?.id ?? null }) : readTheKey()),
    goBack: () => {
      readKey.reset()
      register.reset()
    },
  }
}

/** The new host's page opens while the host is being read. */
function useAfterRegistering() {
  const router = useRouter()
  const renew = useRenewDesign()
  const readHost = useReadHost()
  return ({ id }: { readonly id: string }) => {
    void renew()
    readHost.run(id)
    router.push(routes.host(id))
  }
}

export function toRoles({ isCompute, isNetwork }: Pick<PlaceValues, 'isCompute' | 'isNetwork'>): HostRole[] {
  return [...(isCompute ? (['compute'] as const) : []), ...(isNetwork ? (['network'] as const) : [])]
}

function toInput(place: PlaceValues, access: AccessValues, { fingerprint }: HostKey) {
  const { name, agentKind, availabilityZone, isReadOnly, isAgentAccepted, hasRestoreUnit } = place
  const { address, port, user } = access
  return {
    name,
    address,
    port: port ?? 0,
    user,
    auth: toAuth(access),
    fingerprint,
    roles: toRoles(place),
    agentKind,
    availabilityZone,
    isReadOnly,
    isAgentAccepted,
    hasRestoreUnit,
  }
}
