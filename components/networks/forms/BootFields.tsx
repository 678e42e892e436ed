'use client'

import { fieldsOf, type Form } from '@/components/lib/use-form'
import { Checkbox } from '@/components/ui/Checkbox'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'

import type { VmValues } from './vm-values'

interface BootFieldsProps {
  readonly form: Form<VmValues>
  readonly error: unknown
}

const KINDS = [
  { value: 'disk', label: 'Disk image' },
  { value: 'kernel', label: 'Kernel and initrd' },
] as const
const FORMATS = [
  { value: 'qcow2', label: 'qcow2' },
  { value: 'raw', label: 'raw' },
] as const
const ON_THE_HOST = 'Path on the compute host'

/** What the guest starts from; files are on the compute host. */
export function BootFields({ form, error }: BootFieldsProps) {
  const field = fieldsOf(form, error)
  return (
    <div className="grid grid-cols-2 gap-3">
      <Select label="Boot from" options={KINDS} {...field('bootKind')} />
      {form.values.bootKind === 'disk' ? (
        <>
          <Select label="Format" options={FORMATS} {...field('diskFormat', 'boot.format')} />
          <TextInput label="Disk image" className="col-span-2" isMono isRequired hint={ON_THE_HOST} {...field('diskPath', 'boot.path')} />
        </>
      ) : (
        <>
          <TextInput label="Kernel command line" isMono {...field('cmdline', 'boot.cmdline')} />
          <TextInput label="Kernel" isMono isRequired hint={ON_THE_HOST} {...field('kernel', 'boot.kernel')} />
          <TextInput label="Initrd" isMono isRequired hint={ON_THE_HOST} {...field('initrd', 'boot.initrd')} />
          <TextInput label="Disk image" isMono hint={`${ON_THE_HOST}; empty: none`} {...field('diskPath', 'boot.disk.path')} />
          <Select label="Format" options={FORMATS} {...field('diskFormat', 'boot.disk.format')} />
          <Checkbox
            label="The disk is read-only: several VMs can share it"
            isChecked={form.values.isDiskReadOnly}
            onCheckedChange={form.set('isDiskReadOnly')}
          />
        </>
      )}
    </div>
  )
}
