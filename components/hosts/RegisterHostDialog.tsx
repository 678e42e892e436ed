'use client'

import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'

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

export function RegisterHostDialog({ onClose }: { readonly onClose: () => void }) {
  const registration = useRegistration()
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
      <Button
        type="submit"
        variant="primary"
        isBusy={isBusy}
        disabledReason={isCompared ? null : 'Compare the fingerprint first.'}
      >
        Register host
      </Button>
    </>
  )
}
