'use client'

import { fieldError } from '@/components/lib/app-error'
import { fieldsOf, type Fields } from '@/components/lib/use-form'
import { NumberInput } from '@/components/ui/NumberInput'
import { Select } from '@/components/ui/Select'
import { TextArea } from '@/components/ui/TextArea'
import { TextInput } from '@/components/ui/TextInput'

import { authLabels, type AccessValues, type AuthKind } from './access-form'

interface AccessFieldsProps {
  readonly form: Fields<AccessValues>
  readonly error: unknown
  /** Asks for key or password; a stored one is kept otherwise. */
  readonly hasAuth?: boolean
}

const AUTH_OPTIONS = (Object.keys(authLabels) as AuthKind[]).map((value) => ({ value, label: authLabels[value] }))

/** Where the host is and how it is entered. */
export function AccessFields({ form, error, hasAuth = true }: AccessFieldsProps) {
  const field = fieldsOf(form, error)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_88px_minmax(0,140px)] gap-3">
      <TextInput label="Address" isMono isRequired placeholder="192.0.2.10" {...field('address')} />
      <NumberInput label="SSH port" isRequired {...field('port')} />
      <TextInput label="User" isMono isRequired {...field('user')} />
      {hasAuth && (
        <>
          <Select label="Authentication" className="col-span-3" options={AUTH_OPTIONS} {...field('authKind')} />
          <div className="col-span-3 empty:hidden">
            <SecretFields form={form} error={error} />
          </div>
        </>
      )}
    </div>
  )
}

function SecretFields({ form, error }: AccessFieldsProps) {
  const field = fieldsOf(form, error)
  // Another kind of login asks for something else, which was not left yet.
  const secret = <K extends 'password' | 'privateKey' | 'privateKeyPath'>(key: K) => ({
    ...field(key, 'auth'),
    onBlur: form.leave(`auth.${key}`),
  })
  const authError = fieldError(error, 'auth')
  // Whatever is wrong with a key is told where it is named, so the passphrase has no error of its own.
  const passphrase = (
    <TextInput label="Passphrase" type="password" hint="Empty when the key has none" {...field('passphrase')} error={null} />
  )
  switch (form.values.authKind) {
    case 'agent':
      return authError ? <p className="text-sm text-bad">{authError}</p> : null
    case 'password':
      return <TextInput label="Password" type="password" isRequired {...secret('password')} />
    case 'key-file':
      return (
        <div className="grid grid-cols-2 gap-3">
          <TextInput
            label="Key file"
            isMono
            isRequired
            hint="Path on the console’s machine; read at every connect, not copied"
            {...secret('privateKeyPath')}
          />
          {passphrase}
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
            placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
            {...secret('privateKey')}
          />
          {passphrase}
        </div>
      )
  }
}
