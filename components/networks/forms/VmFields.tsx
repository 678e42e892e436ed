'use client'

import { fieldError, groupError } from '@/components/lib/app-error'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { fieldsOf, type Form } from '@/components/lib/use-form'
import { GroupsField } from '@/components/security-groups/forms/GroupsField'
import { defaultGroupIds, groupOptions } from '@/components/security-groups/group-choices'
import { NumberInput } from '@/components/ui/NumberInput'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'
import { compareNames } from '@/components/ui/compare-naturally'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'

import { BootFields } from './BootFields'
import { toOptions } from './form-props'
import { NicsEditor } from './NicsEditor'
import type { VmValues } from './vm-values'

interface VmFieldsProps {
  readonly index: TopologyIndex
  readonly form: Form<VmValues>
  readonly error: unknown
  /** The one that is edited: its project is for life. */
  readonly vm?: Vm
}

/** Those of the API that show here what is wrong with them, beside `projectId` of a new VM. */
export const VM_FIELDS = [
  'name',
  'description',
  'hostId',
  'availabilityZone',
  'hostAggregateId',
  'networkIds',
  'nics',
  'securityGroupIds',
  'memoryMib',
  'vcpus',
  'boot.path',
  'boot.format',
  'boot.kernel',
  'boot.initrd',
  'boot.cmdline',
  'boot.disk.path',
] as const

/** What a VM is: a name, a place, a size, NICs, and what it boots. */
export function VmFields({ index, form, error, vm }: VmFieldsProps) {
  const { projects, hosts, hostAggregates } = index.topology
  const { values, set } = form
  const field = fieldsOf(form, error)
  const places = hosts.filter(({ id, roles, isSchedulable }) => (roles.includes('compute') && isSchedulable) || id === vm?.hostId)
  const zones = [...new Set(hosts.map(({ availabilityZone }) => availabilityZone))].toSorted(compareNames)
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="VM name" isRequired autoFocus {...field('name')} />
        {!vm && <Select label="Project" isRequired options={toOptions(projects)} placeholder="Choose a project" {...field('projectId')} />}
        <Select
          label="Host"
          isRequired={vm !== undefined}
          options={toOptions(places)}
          placeholder={vm ? 'Choose a compute host' : 'The one with the fewest VMs'}
          {...field('hostId')}
        />
        <div className="grid grid-cols-2 gap-3">
          <NumberInput label="Memory" unit="MiB" isRequired {...field('memoryMib')} />
          <NumberInput label="vCPUs" isRequired {...field('vcpus')} />
        </div>
        <Select
          label="Availability zone"
          options={zones.map((zone) => ({ value: zone, label: zone }))}
          placeholder="Any"
          {...field('availabilityZone')}
        />
        <Select label="Host aggregate" options={toOptions(hostAggregates)} placeholder="Any" {...field('hostAggregateId')} />
        <TextInput label="Description" className={vm ? '' : 'col-span-2'} {...field('description')} />
      </div>
      <NicsEditor
        index={index}
        projectId={values.projectId}
        {...(vm && { vm })}
        nics={values.nics}
        onNicsChange={set('nics')}
        onBlur={form.leave('nics')}
        groupMessage={groupError(error, 'nics') ?? groupError(error, 'networkIds')}
        errorOf={(name) => fieldError(error, name)}
      />
      {!vm && (
        <GroupsField
          options={groupOptions(index, values.projectId)}
          chosen={values.securityGroupIds ?? defaultGroupIds(index, values.projectId)}
          onChosenChange={set('securityGroupIds')}
          onBlur={form.leave('securityGroupIds')}
          error={fieldError(error, 'securityGroupIds')}
          hint={groupsHint(index, values)}
        />
      )}
      <BootFields form={form} error={error} />
    </>
  )
}

function groupsHint(index: TopologyIndex, { projectId, securityGroupIds }: VmValues): string {
  if (projectId === '') return 'Choose a project first: the groups are its own.'
  if (index.securityGroupsOf(projectId).length === 0) return 'The project has no security group. Without one the ports are not filtered.'
  if (securityGroupIds?.length === 0) return 'In no group: nothing reaches the VM and it reaches nothing, but for DHCP.'
  return 'Of the ports that are made with it. Ports that are there already keep theirs.'
}
