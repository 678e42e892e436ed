'use client'

import { Pencil } from 'lucide-react'
import { useState } from 'react'

import { changedSince } from '@/components/lib/changed-fields'
import { checkPatch } from '@/components/lib/check-form'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { InspectorSection } from '@/components/shell/Inspector'
import { IconButton } from '@/components/ui/IconButton'
import { TextInput } from '@/components/ui/TextInput'
import { patchOf } from '@/server/core/topology/input-shapes'
import type { DesignObject } from '@/server/core/topology/kinds/kind'
import { kindOf, labelOf } from '@/server/core/topology/kinds/kinds'
import type { Topology } from '@/server/core/topology/topology'

import { useFormSave } from './forms/use-form-save'

interface DescriptionProps {
  readonly topology: Topology
  readonly object: DesignObject
}

/** What people say of an object, whatever its kind, with a way to change it. */
export function DescriptionSection({ topology, object }: DescriptionProps) {
  const [isEditing, setEditing] = useState(false)
  const edit = (
    <IconButton label="Edit description" size="sm" onClick={() => setEditing(true)}>
      <Pencil />
    </IconButton>
  )
  return (
    <InspectorSection title="Description" meta={edit}>
      <p className={object.item.description === undefined ? 'text-faint' : 'break-words'}>{object.item.description ?? 'None'}</p>
      {isEditing && <DescriptionForm topology={topology} object={object} onClose={() => setEditing(false)} />}
    </InspectorSection>
  )
}

const checkDescription = checkPatch(patchOf({}), (values: { readonly description: string }) => values)

function DescriptionForm({ topology, object, onClose }: DescriptionProps & { readonly onClose: () => void }) {
  const client = useTRPCClient()
  const { words, list } = kindOf(object.kind)
  const what = `${words.one} ${labelOf(topology, object)}`
  const form = useForm({ description: object.item.description ?? '' }, checkDescription)
  const send = () => client[list].update.mutate({ id: object.item.id, patch: changedSince(form.initial, form.values) })
  const { dialog, field } = useFormSave(form, send, { news: `Description of ${what} saved`, onSaved: onClose })
  return (
    <FormDialog
      title={`Describe ${what}`}
      description="For people only: it changes nothing on a host."
      submitLabel="Save description"
      {...dialog}
      onClose={onClose}
      fields={['description']}
    >
      <TextInput label="Description" autoFocus {...field('description')} />
    </FormDialog>
  )
}
