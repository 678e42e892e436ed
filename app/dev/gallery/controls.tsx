'use client'

import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { Button } from '@/components/ui/Button'
import { Checkbox } from '@/components/ui/Checkbox'
import { ConfirmDialog } from '@/components/ui/ConfirmDialog'
import { FilterInput } from '@/components/ui/FilterInput'
import { IconButton } from '@/components/ui/IconButton'
import { NumberInput } from '@/components/ui/NumberInput'
import { Panel } from '@/components/ui/Panel'
import { Select } from '@/components/ui/Select'
import { TextArea } from '@/components/ui/TextArea'
import { TextInput } from '@/components/ui/TextInput'
import { useToast } from '@/components/ui/Toast'

export function ControlSpecimens() {
  return (
    <>
      <ButtonSpecimens />
      <FieldSpecimens />
    </>
  )
}

function ButtonSpecimens() {
  const { show } = useToast()
  const [isAsking, setAsking] = useState(false)
  return (
    <Panel title="Buttons">
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary">
          <Plus aria-hidden />
          Primary
        </Button>
        <Button onClick={() => show({ status: 'ok', title: 'Read cmp1', detail: '142 links, 3 bridges' })}>Secondary</Button>
        <Button variant="ghost">Ghost</Button>
        <Button variant="danger" onClick={() => setAsking(true)}>
          Delete network
        </Button>
        <Button variant="primary" disabledReason="Blocked: qvo9f9c98cb-13 is not ours and stands in the way.">
          Apply
        </Button>
        <Button isBusy>Reading…</Button>
        <Button size="sm">Small</Button>
        <IconButton label="Delete">
          <Trash2 />
        </IconButton>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => setAsking(false)}
        title="Delete network blue?"
        destroyed={['subnet web 10.0.0.0/24', 'DHCP port 10.0.0.2']}
        confirmLabel="Delete network"
      >
        Hosts keep it until the next plan is applied.
      </ConfirmDialog>
    </Panel>
  )
}

function FieldSpecimens() {
  const [text, setText] = useState('10.0.0.0/24')
  const [number, setNumber] = useState<number | null>(512)
  const [type, setType] = useState('vxlan')
  const [isOn, setOn] = useState(true)
  const [filter, setFilter] = useState('')
  return (
    <Panel title="Fields">
      <div className="grid grid-cols-2 gap-3">
        <TextInput label="CIDR" value={text} onValueChange={setText} isMono hint="Network address and prefix length" />
        <TextInput label="Gateway" value="10.0.1.1" onValueChange={() => undefined} isMono error="10.0.1.1 is outside of 10.0.0.0/24." />
        <NumberInput label="Memory" value={number} onValueChange={setNumber} unit="MiB" />
        <Select
          label="Type"
          value={type}
          onValueChange={setType}
          options={[
            { value: 'vxlan', label: 'VXLAN' },
            { value: 'vlan', label: 'VLAN' },
          ]}
        />
        <TextArea
          label="Private key"
          value=""
          onValueChange={() => undefined}
          isMono
          rows={2}
          placeholder="-----BEGIN OPENSSH PRIVATE KEY-----"
        />
        <div className="flex flex-col gap-2">
          <Checkbox label="DHCP" hint="dnsmasq on the network host" isChecked={isOn} onCheckedChange={setOn} />
          <Checkbox label="Read-only" isChecked={false} onCheckedChange={setOn} disabledReason="A Neutron agent runs on it." />
          <FilterInput label="Filter hosts" value={filter} onValueChange={setFilter} count="2 of 12" className="w-full" />
        </div>
      </div>
    </Panel>
  )
}
