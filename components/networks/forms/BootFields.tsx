'use client'

import type { Form } from '@/components/lib/use-form'
import { Select } from '@/components/ui/Select'
import { TextInput } from '@/components/ui/TextInput'

import type { VmValues } from './vm-values'

interface BootFieldsProps {
  readonly form: Form<VmValues>
  readonly errorOf: (field: string) => string | null
}

const KINDS = [
  { value: 'disk', label: 'Disk image' },
  { value: 'kernel', label: 'Kernel and initrd' },
] as const
const FORMATS = [
  { value: 'qcow2', label: 'qcow2' },
  { value: 'raw', label: 'raw' },
] as const

/** What the guest starts from; files are on the compute host. */
export function BootFields({ form: { values, set }, errorOf }: BootFieldsProps) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <Select label="Boot from" value={values.bootKind} onValueChange={set('bootKind')} options={KINDS} />
      {values.bootKind === 'disk' ? (
        <>
          <Select
            label="Format"
            value={values.diskFormat}
            onValueChange={set('diskFormat')}
            options={FORMATS}
            error={errorOf('boot.format')}
          />
          <TextInput
            label="Disk image"
            className="col-span-2"
            isMono
            isRequired
            value={values.diskPath}
            onValueChange={set('diskPath')}
            error={errorOf('boot.path')}
            hint="Path on the compute host"
          />
        </>
      ) : (
        <>
          <TextInput
            label="Kernel command line"
            isMono
            value={values.cmdline}
            onValueChange={set('cmdline')}
            error={errorOf('boot.cmdline')}
          />
          <TextInput
            label="Kernel"
            isMono
            isRequired
            value={values.kernel}
            onValueChange={set('kernel')}
            error={errorOf('boot.kernel')}
            hint="Path on the compute host"
          />
          <TextInput
            label="Initrd"
            isMono
            isRequired
            value={values.initrd}
            onValueChange={set('initrd')}
            error={errorOf('boot.initrd')}
            hint="Path on the compute host"
          />
        </>
      )}
    </div>
  )
}
