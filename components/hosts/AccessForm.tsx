'use client'

import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useState } from 'react'

import { useForm } from '@/components/lib/use-form'
import { Form } from '@/components/ui/Form'
import { Checkbox } from '@/components/ui/Checkbox'
import { KeyValue } from '@/components/ui/KeyValue'
import { Button } from '@/components/ui/Button'
import type { HostDetail } from '@/server/core/api-types'

import { AcceptKeyDialog } from './AcceptKeyDialog'
import { accessFields, accessPatch, accessValues, authLabels, checkAccess } from './access-form'
import { AccessFields } from './AccessFields'
import { SaveRow } from './SaveRow'
import { useUpdateHost } from './use-update-host'

/** How the host is entered. A secret is sent only when a new one is typed; stored ones are never shown. */
export function AccessForm({ detail: { host, access, health } }: { readonly detail: HostDetail }) {
  const [asked] = useQueryState('form', parseAsStringLiteral(['access']))
  const update = useUpdateHost('Saved the access')
  const [isReplacing, setReplacing] = useState(health.status === 'login_refused')
  const [isComparing, setComparing] = useState(false)
  const form = useForm(accessValues(access), checkAccess(access, isReplacing))
  const save = () => {
    const { initial, values } = form
    const onSuccess = () => {
      form.saved(values)
      setReplacing(false)
    }
    update.mutate({ id: host.id, patch: accessPatch(access, initial, values, isReplacing) }, { onSuccess })
  }
  return (
    <Form aria-label="Access" onSubmit={() => form.submit(save)}>
      <div ref={asked === 'access' ? scrollTo : undefined} className="flex flex-col gap-3">
        <AccessFields form={form} error={form.errorWith(update.error)} hasAuth={isReplacing} />
        <Checkbox
          label="Replace the authentication"
          hint={`Now: ${authLabels[access.authKind]}`}
          isChecked={isReplacing}
          onCheckedChange={setReplacing}
        />
        <div className="flex items-end justify-between gap-3">
          <KeyValue items={[{ label: 'Host key', value: access.fingerprint, isMono: true }]} />
          <Button onClick={() => setComparing(true)}>Compare the key</Button>
        </div>
      </div>
      <SaveRow label="Save access" form={form} saving={update} fields={accessFields} />
      {isComparing && <AcceptKeyDialog hostId={host.id} hostName={host.name} access={access} onClose={() => setComparing(false)} />}
    </Form>
  )
}

/** Who was sent here to mend the login should not have to look for it. */
const scrollTo = (fields: HTMLElement | null): void => fields?.scrollIntoView({ block: 'center' })
