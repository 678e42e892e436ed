'use client'

import { useMutation } from '@tanstack/react-query'

import { fieldError } from '@/components/lib/app-error'
import { FormDialog } from '@/components/lib/FormDialog'
import { useTRPC } from '@/components/lib/trpc'
import { useForm, type Form } from '@/components/lib/use-form'
import { NumberInput } from '@/components/ui/NumberInput'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import type { NetworkType, PhysicalNetwork } from '@/server/core/topology/topology'

import { onlyId, toOptions, type FormProps } from './form-props'
import { useEditDone } from './use-edit-done'

const TYPES = [
  { value: 'vxlan', label: 'VXLAN: over the tunnels between hosts' },
  { value: 'vlan', label: 'VLAN: tagged on a physical network' },
  { value: 'flat', label: 'Flat: untagged on a physical network' },
] as const

interface NetworkValues {
  readonly projectId: string
  readonly name: string
  readonly type: NetworkType
  readonly physicalNetworkId: string
  readonly segmentationId: number | null
  readonly mtu: number | null
}

interface CreateNetworkFormProps extends FormProps {
  /** Project chosen beforehand. */
  readonly projectId?: string
}

export function CreateNetworkForm({ index, projectId, onClose, onCreated }: CreateNetworkFormProps) {
  const { projects, physicalNetworks } = index.topology
  const trpc = useTRPC()
  const done = useEditDone()
  const form = useForm<NetworkValues>({
    projectId: projectId ?? onlyId(projects),
    name: '',
    type: 'vxlan',
    physicalNetworkId: onlyId(physicalNetworks),
    segmentationId: null,
    mtu: null,
  })
  const { values, set } = form
  const create = useMutation(
    trpc.networks.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await done(`Network ${values.name} created`)
        onCreated(id)
      },
    }),
  )
  const { error } = create
  return (
    <FormDialog
      title="Create network"
      description="Ids and MTU that are left empty are allocated."
      submitLabel="Create network"
      onSubmit={() => create.mutate(toInput(values))}
      onClose={onClose}
      isBusy={create.isPending}
      error={error}
      fields={['projectId', 'name', 'type', 'physicalNetworkId', 'segmentationId', 'mtu']}
      disabledReason={projects.length === 0 ? 'Create a project first.' : null}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextInput
          label="Network name"
          isRequired
          autoFocus
          value={values.name}
          onValueChange={set('name')}
          error={fieldError(error, 'name')}
        />
        <Select
          label="Project"
          isRequired
          value={values.projectId}
          onValueChange={set('projectId')}
          options={toOptions(projects)}
          placeholder="Choose a project"
          error={fieldError(error, 'projectId')}
        />
        <Select
          label="Type"
          className="col-span-2"
          value={values.type}
          onValueChange={set('type')}
          options={TYPES}
          error={fieldError(error, 'type')}
        />
        <SegmentFields form={form} error={error} physicalNetworks={physicalNetworks} />
        <NumberInput
          label="MTU"
          value={values.mtu}
          onValueChange={set('mtu')}
          error={fieldError(error, 'mtu')}
          hint="Empty: the largest the underlay carries"
        />
      </div>
    </FormDialog>
  )
}

interface SegmentFieldsProps {
  readonly form: Form<NetworkValues>
  readonly error: unknown
  readonly physicalNetworks: readonly PhysicalNetwork[]
}

function SegmentFields({ form: { values, set }, error, physicalNetworks }: SegmentFieldsProps) {
  const isTunnelled = values.type === 'vxlan'
  return (
    <>
      {!isTunnelled && (
        <Select
          label="Physical network"
          isRequired
          value={values.physicalNetworkId}
          onValueChange={set('physicalNetworkId')}
          options={toOptions(physicalNetworks)}
          placeholder={physicalNetworks.length === 0 ? 'There is none yet' : 'Choose one'}
          error={fieldError(error, 'physicalNetworkId')}
        />
      )}
      {values.type !== 'flat' && (
        <NumberInput
          label={isTunnelled ? 'VNI' : 'VLAN id'}
          value={values.segmentationId}
          onValueChange={set('segmentationId')}
          error={fieldError(error, 'segmentationId')}
          hint={isTunnelled ? 'Empty: the lowest free one' : 'Empty: the lowest free one of the ranges'}
        />
      )}
    </>
  )
}

function toInput({ projectId, name, type, physicalNetworkId, segmentationId, mtu }: NetworkValues) {
  return {
    projectId,
    name,
    type,
    physicalNetworkId: type === 'vxlan' ? null : physicalNetworkId || null,
    segmentationId: type === 'flat' ? null : segmentationId,
    mtu,
  }
}
