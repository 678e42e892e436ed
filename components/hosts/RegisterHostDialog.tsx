'use client'

import { useQuery } from '@tanstack/react-query'

import { useTRPC } from '@/components/lib/trpc'
import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'

import { AccessFields } from './AccessFields'
import { FingerprintCheck } from './FingerprintCheck'
import { PlaceFields } from './PlaceFields'
import { useRegistration, type Registration } from './use-registration'

const STEPS = {
  fill: {
    title: 'Register host',
    description: 'Where the host is and how it is entered. It is read, never changed, until you prepare it.',
  },
  compare: {
    title: 'Compare the host key',
    description: 'Nothing is stored before you say that this key is the host’s.',
  },
} as const

interface RegisterHostDialogProps {
  /** The VM of the design that the host is. */
  readonly vmId?: string | null
  readonly onClose: () => void
}

export function RegisterHostDialog({ vmId = null, onClose }: RegisterHostDialogProps) {
  const { data } = useQuery(useTRPC().topology.get.queryOptions(undefined, { enabled: vmId !== null }))
  const vm = data?.topology.vms.find(({ id }) => id === vmId) ?? null
  // What was typed keeps the name from following the VM, so the VM has to be known before.
  if (vmId !== null && data === undefined) return null
  return <Dialogue key={vm?.id ?? ''} vm={vm} onClose={onClose} />
}

function Dialogue({ vm, onClose }: { readonly vm: Vm | null; readonly onClose: () => void }) {
  const registration = useRegistration(vm)
  const { hostKey, access, place, error, failure } = registration
  const step = hostKey ? 'compare' : 'fill'
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={registration.submit}
      {...STEPS[step]}
      footer={<Buttons registration={registration} onClose={onClose} />}
    >
      <div className="flex flex-col gap-4">
        {hostKey ? (
          <FingerprintCheck
            address={`${access.values.address}:${access.values.port}`}
            hostKey={hostKey}
            isCompared={registration.isCompared}
            onComparedChange={registration.setCompared}
          />
        ) : (
          <>
            {vm && (
              <p className="text-sm text-dim">
                VM {vm.name} becomes a host of an inner cloud. Give the address by which the console reaches its SSH server. Its bridges are
                mapped on the host’s page.
              </p>
            )}
            <PlaceFields form={place} error={error} />
            <AccessFields form={access} error={error} />
          </>
        )}
        {failure && <ErrorNote error={failure} />}
      </div>
    </Dialog>
  )
}

interface ButtonsProps {
  readonly registration: Registration
  readonly onClose: () => void
}

function Buttons({ registration: { hostKey, isBusy, isCompared, goBack }, onClose }: ButtonsProps) {
  if (!hostKey) {
    return (
      <>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" isBusy={isBusy}>
          {isBusy ? 'Reading the key…' : 'Read host key'}
        </Button>
      </>
    )
  }
  return (
    <>
      <Button onClick={goBack}>Back</Button>
      <Button type="submit" variant="primary" isBusy={isBusy} disabledReason={isCompared ? null : 'Compare the fingerprint first.'}>
        Register host
      </Button>
    </>
  )
}
