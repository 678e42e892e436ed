'use client'

import { useState } from 'react'

import { FormDialog } from '@/components/lib/FormDialog'
import { Checkbox } from '@/components/ui/Checkbox'
import { ScrollText } from '@/components/ui/ScrollText'
import { plural } from '@/server/core/explain/words'
import type { GuestSetup } from '@/server/core/trunk/guest-commands'

interface RunInGuestDialogProps {
  readonly vmName: string
  readonly setups: readonly GuestSetup[]
  readonly onClose: () => void
  readonly onAgreed: () => void
}

/** A guest is its owner's: nothing runs in it before the operator has read the commands and said yes. */
export function RunInGuestDialog({ vmName, setups, onClose, onAgreed }: RunInGuestDialogProps) {
  const [isAgreed, setAgreed] = useState(false)
  const count = setups.reduce((sum, { commands }) => sum + commands.length, 0)
  return (
    <FormDialog
      title={`Run in ${vmName}?`}
      description="Through the QEMU guest agent, as root in the guest, one subport after the other. The commands are not undone by themselves, and a reboot of the guest forgets them."
      submitLabel={`Run ${plural(count, 'command')}`}
      onSubmit={onAgreed}
      onClose={onClose}
      isBusy={false}
      error={null}
      fields={[]}
      disabledReason={isAgreed ? null : 'Agree first.'}
    >
      <ScrollText label="Commands" className="max-h-64 rounded-md border border-line bg-canvas px-3 py-2 text-sm [overflow-wrap:anywhere]">
        {setups.map(({ text }) => text).join('\n')}
      </ScrollText>
      <Checkbox label={`I agree that the console runs these commands inside ${vmName}`} isChecked={isAgreed} onCheckedChange={setAgreed} />
    </FormDialog>
  )
}
