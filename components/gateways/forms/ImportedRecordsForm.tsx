'use client'

import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPCClient } from '@/components/lib/trpc'
import { useForm } from '@/components/lib/use-form'
import { useFormSave } from '@/components/networks/forms/use-form-save'
import { TextArea } from '@/components/ui/TextArea'
import type { ObjectOf } from '@/server/core/topology/topology'

import { checkImportedRecords, importedValues, toImportedPatch } from './imported-records'

interface ImportedRecordsFormProps {
  readonly cluster: ObjectOf['gatewayCluster']
  readonly onClose: () => void
}

/** All that other clouds told, as they export it: pasted, changed or taken away as one text. */
export function ImportedRecordsForm({ cluster, onClose }: ImportedRecordsFormProps) {
  const client = useTRPCClient()
  const form = useForm(importedValues(cluster), checkImportedRecords)
  const { dialog, field } = useFormSave(
    form,
    () =>
      client.gatewayClusters.update.mutate({
        id: cluster.id,
        patch: { ...toImportedPatch(form.values), seen: toImportedPatch(form.initial) },
      }),
    { news: `Records of other clouds saved at ${cluster.name}`, onSaved: onClose },
  )
  return (
    <FormDialog
      title={`Records of other clouds at ${cluster.name}`}
      description="A cluster that serves several clouds is told by each. Paste what another cloud exports; an empty list takes all of them away."
      submitLabel="Save records"
      size="lg"
      {...dialog}
      onClose={onClose}
      fields={['importedRecords']}
    >
      <TextArea
        label="Records, as JSON"
        isMono
        rows={16}
        autoFocus
        hint="A list of {cloudId, floatingIpId, floatingIp, vmIp, dvrMac, vni, vtep, selectorMac}"
        {...field('text', 'importedRecords')}
      />
    </FormDialog>
  )
}
