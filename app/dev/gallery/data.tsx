'use client'

import { useState } from 'react'

import { DataTable } from '@/components/ui/DataTable'
import { KeyValue } from '@/components/ui/KeyValue'
import { Mono } from '@/components/ui/Mono'
import { Panel } from '@/components/ui/Panel'
import { StatusMark } from '@/components/ui/StatusMark'
import { Tabs } from '@/components/ui/Tabs'
import { Tree } from '@/components/ui/Tree'

const ROWS = Array.from({ length: 2000 }, (_, index) => ({
  id: `9f9c98cb-13${index.toString(16).padStart(2, '0')}-4c1e-8a5e-0242ac120002`,
  device: `qvo9f9c98cb-${index}`,
  packets: index * 421,
}))

export function DataSpecimens() {
  const [selected, setSelected] = useState<string | null>(null)
  const [tab, setTab] = useState<'tree' | 'facts'>('tree')
  return (
    <>
      <Panel title="Table" meta="2,000 rows, those in view rendered" isFlush className="h-80">
        <DataTable
          label="Devices"
          isVirtual
          rows={ROWS}
          rowKey={(row) => row.id}
          selectedKey={selected}
          onRowSelect={(row) => setSelected(row.id)}
          columns={[
            { key: 'state', header: 'State', width: '96px', cell: () => <StatusMark status="ok" label="Up" /> },
            { key: 'device', header: 'Device', cell: (row) => <Mono value={row.device} canCopy /> },
            { key: 'id', header: 'Port', cell: (row) => <Mono value={row.id} canCopy /> },
            {
              key: 'packets',
              header: 'Packets',
              width: '96px',
              align: 'right',
              cell: (row) => row.packets.toLocaleString('en-GB'),
            },
          ]}
        />
      </Panel>
      <Panel isFlush className="h-80">
        <Tabs
          label="Specimens"
          value={tab}
          onValueChange={setTab}
          tabs={[
            { value: 'tree', label: 'Tree', count: 5, content: <TreeSpecimen /> },
            { value: 'facts', label: 'Facts', content: <FactsSpecimen /> },
          ]}
        />
      </Panel>
    </>
  )
}

function TreeSpecimen() {
  const [selected, setSelected] = useState<string | null>('br-int')
  return (
    <Tree
      label="Inside cmp1"
      selectedId={selected}
      onSelect={setSelected}
      nodes={[
        {
          id: 'br-int',
          label: 'br-int',
          meta: '12 ports',
          children: [
            { id: 'qvo', label: 'qvo9f9c98cb-13', meta: 'tag 3' },
            { id: 'patch', label: 'patch-tun' },
          ],
        },
        { id: 'br-tun', label: 'br-tun', children: [{ id: 'vxlan', label: 'vxlan-c0a8960b' }] },
      ]}
    />
  )
}

function FactsSpecimen() {
  return (
    <KeyValue
      className="p-3"
      items={[
        { label: 'UUID', value: '9f9c98cb-1300-4c1e-8a5e-0242ac120002', isMono: true },
        { label: 'MAC', value: 'fa:16:3e:9f:9c:98', isMono: true },
        { label: 'MTU', value: 1450 },
        { label: 'Master', value: null },
      ]}
    />
  )
}
