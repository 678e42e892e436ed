'use client'

import { HopMarks } from '@/components/path/AgreementMark'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import { StatusMark } from '@/components/ui/StatusMark'
import type { Status } from '@/components/ui/status'
import { explainFinding } from '@/server/core/explain/finding'
import { auditHopWord, explainAuditHop, explainAuditRow, explainHopValue } from '@/server/core/explain/trunk-audit'
import { guestVlanWords } from '@/server/core/explain/trunk-findings'
import type { AuditHop, AuditHopKind, AuditRow } from '@/server/core/trunk/audit'
import type { Agreement } from '@/server/core/path/path'

export const auditStatus: Record<Agreement, { readonly status: Status; readonly label: string }> = {
  agrees: { status: 'ok', label: 'agrees' },
  differs: { status: 'bad', label: 'differs' },
  unchecked: { status: 'unknown', label: 'not proven' },
}

/** From here on only the rows in view are rendered: each has fifteen marks. */
const LONG_FROM_ROWS = 40

const hopColumn = (kind: AuditHopKind, width: string): Column<AuditRow> => ({
  key: kind,
  header: auditHopWord[kind],
  width,
  cell: (row) => row.hops.flatMap((hop) => (hop.kind === kind ? [<HopCell key={kind} row={row} hop={hop} />] : [])),
})

const columns: readonly Column<AuditRow>[] = [
  { key: 'port', header: 'Port', cell: (row) => <span title={row.macAddress}>{row.label}</span> },
  {
    key: 'vlan',
    header: 'Guest VLAN',
    width: '92px',
    isSecondary: true,
    cell: (row) => <span className="font-mono text-sm">{row.guestVlan === 0 ? guestVlanWords(0) : row.guestVlan}</span>,
  },
  {
    key: 'state',
    header: 'State',
    width: '104px',
    cell: (row) => (
      <span title={explainAuditRow(row)}>
        <StatusMark {...auditStatus[row.state]} />
      </span>
    ),
  },
  hopColumn('guest', '264px'),
  hopColumn('vif', '140px'),
  hopColumn('outer', '146px'),
  hopColumn('inner', '140px'),
  hopColumn('network', '128px'),
]

/** One line per port of the trunk, one column per hop from the guest to the network, three marks in each. */
export function AuditTable({ rows }: { readonly rows: readonly AuditRow[] }) {
  const isLong = rows.length >= LONG_FROM_ROWS
  return (
    <div className={isLong ? 'h-[60vh]' : undefined}>
      <DataTable
        label="Audit"
        isVirtual={isLong}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.portId}
        className="[&_td_svg]:align-middle"
        rowClassName={(row) => (row.state === 'differs' ? 'bg-bad-soft/50' : undefined)}
      />
    </div>
  )
}

function HopCell({ row, hop }: { readonly row: AuditRow; readonly hop: AuditHop }) {
  return (
    <span
      className="inline-flex max-w-full min-w-0 items-center gap-2"
      title={hop.finding ? explainFinding(hop.finding) : explainAuditHop(hop, row)}
    >
      <HopMarks hop={hop} className="shrink-0" />
      <Mono
        value={explainHopValue(hop.found ?? hop.expected)}
        className={hop.finding ? 'text-bad' : hop.found === null ? 'text-faint' : ''}
      />
    </span>
  )
}
