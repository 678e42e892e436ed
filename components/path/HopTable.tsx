'use client'

import { DataTable, type Column } from '@/components/ui/DataTable'
import { EncapsulationChip } from '@/components/ui/EncapsulationChip'
import { Mono } from '@/components/ui/Mono'
import { StatusMark } from '@/components/ui/StatusMark'
import { evidenceStatus } from '@/components/verification/evidence-status'
import { explainExpected, explainNotes, explainSeen } from '@/server/core/explain/evidence'
import { explainHopDetail, explainHopFinding } from '@/server/core/explain/hop'
import { explainHopStatus } from '@/server/core/explain/verification'
import type { PathHop } from '@/server/core/path/path'
import type { HopEvidence } from '@/server/core/path/verification'

import { HopMarks } from './AgreementMark'
import { HopRateText } from './HopRateText'
import { forwardPackets, type HopRate } from './live-rates'

interface HopRow {
  readonly number: number
  readonly hop: PathHop
  readonly rate: HopRate | undefined
  readonly evidence: HopEvidence | null
}

interface HopTableProps {
  readonly hops: readonly PathHop[]
  readonly rates: Readonly<Record<string, HopRate>>
  readonly evidence: readonly HopEvidence[]
  readonly selectedHopId: string | null
  readonly onSelect: (hopId: string) => void
}

const columns: readonly Column<HopRow>[] = [
  { key: 'number', header: '#', width: '40px', align: 'right', cell: (row) => <span className="text-faint">{row.number}</span> },
  {
    key: 'host',
    header: 'Host',
    width: '88px',
    cell: (row) => row.hop.hostName ?? <span className="text-faint">{row.hop.role === 'outside' ? 'outside' : 'wire'}</span>,
  },
  { key: 'device', header: 'Device', width: '150px', cell: (row) => <Mono value={row.hop.place.device} /> },
  { key: 'header', header: 'Header', width: '148px', cell: (row) => <EncapsulationChip encapsulation={row.hop.encapsulation} /> },
  { key: 'marks', header: 'Marks', width: '72px', cell: (row) => <HopMarks hop={row.hop} /> },
  { key: 'rate', header: 'Rate', width: '72px', align: 'right', cell: (row) => <RateCell hop={row.hop} rate={row.rate} /> },
]

const detailColumn: Column<HopRow> = { key: 'detail', header: 'Detail', cell: (row) => <DetailCell hop={row.hop} /> }

const evidenceColumns: readonly Column<HopRow>[] = [
  {
    key: 'packets',
    header: 'Packets',
    width: '72px',
    align: 'right',
    cell: (row) => (row.evidence === null || row.evidence.status === 'unchecked' ? '' : row.evidence.packets),
  },
  { key: 'seen', header: 'Seen', cell: (row) => <SeenCell evidence={row.evidence} hop={row.hop} /> },
]

/** The same hops as a table: denser, and readable without the drawing. */
export function HopTable({ hops, rates, evidence, selectedHopId, onSelect }: HopTableProps) {
  const byHop = new Map(evidence.map((each) => [each.hopId, each]))
  const rows = hops.map((hop, index) => ({ number: index + 1, hop, rate: rates[hop.id], evidence: byHop.get(hop.id) ?? null }))
  return (
    <DataTable
      label="Hops"
      columns={evidence.length === 0 ? [...columns, detailColumn] : [...columns, ...evidenceColumns]}
      rows={rows}
      rowKey={(row) => row.hop.id}
      selectedKey={selectedHopId}
      onRowSelect={(row) => onSelect(row.hop.id)}
      className="h-full [&_table]:min-w-[880px] [&_td_svg]:align-middle"
    />
  )
}

/** What has a counter waits for its second reading. */
function RateCell({ hop, rate }: { readonly hop: PathHop; readonly rate: HopRate | undefined }) {
  if (rate === undefined) return forwardPackets(hop, 'source') !== null && <span className="text-faint">–</span>
  return (
    <span className="font-mono text-sm">
      <HopRateText rate={rate} />
    </span>
  )
}

function DetailCell({ hop }: { readonly hop: PathHop }) {
  const words = hop.finding ? explainHopFinding(hop.finding) : explainHopDetail(hop)
  return (
    <span className={hop.finding ? 'text-bad' : 'text-dim'} title={words}>
      {words}
    </span>
  )
}

function SeenCell({ evidence, hop }: { readonly evidence: HopEvidence | null; readonly hop: PathHop }) {
  if (evidence === null) return <DetailCell hop={hop} />
  const words =
    evidence.status === 'agrees'
      ? (explainSeen(evidence) ?? explainExpected(evidence))
      : evidence.status === 'missing'
        ? (explainSeen(evidence) ?? `expected ${explainExpected(evidence)}`)
        : (explainNotes(evidence) ?? explainSeen(evidence) ?? '')
  return (
    <span className="inline-flex max-w-full min-w-0 items-center gap-2">
      <StatusMark status={evidenceStatus[evidence.status]} label={explainHopStatus(evidence)} className="shrink-0" />
      <span className="truncate text-dim" title={words}>
        {words}
      </span>
    </span>
  )
}
