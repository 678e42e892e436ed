'use client'

import { fieldError } from '@/components/lib/app-error'
import type { Form } from '@/components/lib/use-form'
import { NumberInput } from '@/components/ui/NumberInput'
import { Select } from '@/components/ui/Select'
import { TextArea } from '@/components/ui/TextArea'
import { TextInput } from '@/components/ui/TextInput'

import { authLabels, type AccessValues, type AuthKind } from './access-form'

interface AccessFieldsProps {
  readonly form: Form<AccessValues>
  readonly error: unknown
  /** Asks for key or password; a stored one is kept otherwise. */
  readonly hasAuth?: boolean
}

const AUTH_OPTIONS = (Object.keys(authLabels) as AuthKind[]).map((value) => ({ value, label: authLabels[value] }))

/** Where the host is and how it is entered. */
export function AccessFields({ form: { values, set }, error, hasAuth = true }: AccessFieldsProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_88px_minmax(0,140px)] gap-3">
      <TextInput
        label="Address"
        isMono
        isRequired
        value={values.address}
        onValueChange={set('address')}
        error={fieldError(error, 'address')}
        placeholder="192.0.2.10"
      />
      <NumberInput
        label="SSH port"
        isRequired
        value={values.port}
        onValueChange={set('port')}
        error={fieldError(error, 'port')}
      />
      <TextInput
        label="User"
        isMono
        isRequired
        value={values.user}
        onValueChange={set('user')}
        error={fieldError(error, 'user')}
      />
      {hasAuth && (
        <>
          <Select
            label="Authentication"
            className="col-span-3"
            value={values.authKind}
            onValueChange={set('authKind')}
            options={AUTH_OPTIONS}
          />
          <div className="col-span-3 empty:hidden">
            <SecretFields form={{ values, set }} error={error} />
          </div>
        </>
      )}
    </div>
  )
}

function SecretFields({ form: { values, set }, error }: AccessFieldsProps) {
  const authError = fieldError(error, 'auth')
  switch (values.authKind) {
    case 'agent':
      return authError ? <p className="text-sm text-bad">{authError}</p> : null
    case 'password':
      return (
        <TextInput
          label="Password"
          type="password"
          isRequired
          value={values.password}
          onValueChange={set('password')}
          error={authError}
        />
      )
    case 'key-file':
      return (
        <div className="grid grid-cols-2 gap-3">
          <TextInput
            label="Key file"
            isMono
            isRequired
            value={values.privateKeyPath}
            onValueChange={set('privateKeyPath')}
            error={authError}
            hint="Path on the console’s machine; read at every connect, not copied"
          />
          <TextInput
            label="Passphrase"
            type="password"
            value={values.passphrase}
            onValueChange={set('passphrase')}
            hint="Empty when the key has none"
          />
        </div>
      )
    case 'key':
      return (
        <div className="flex flex-col gap-3">
          <TextArea
            label="Private key"
            isMono
            isRequired
            rows={5}
            value={values.privateKey}
            onValueChange={set('privateKey')}
            error={authError}
            placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
          />
          <TextInput
            label="Passphrase"
            type="password"
            value={values.passphrase}
            onValueChange={set('passphrase')}
            hint="Empty when the key has none"
          />
        </div>
      )
  }
}
