'use client'

import { Download } from 'lucide-react'

import { routes } from '@/components/lib/routes'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import { StatusMark } from '@/components/ui/StatusMark'
import { explainExpected, explainNotes, explainSample, explainSeen } from '@/server/core/explain/evidence'
import { explainHopStatus, methodWord } from '@/server/core/explain/verification'
import type { HopEvidence } from '@/server/core/path/verification'

import { evidenceStatus } from './evidence-status'

interface EvidenceTableProps {
  readonly hops: readonly HopEvidence[]
  readonly selectedHopId: string | null
  readonly onSelect: (hopId: string) => void
}

const columns: readonly Column<HopEvidence>[] = [
  { key: 'host', header: 'Host', width: '80px', cell: (hop) => <span className="font-mono text-sm">{hop.host}</span> },
  { key: 'interface', header: 'Interface', width: '140px', cell: (hop) => <Mono value={hop.interface} /> },
  {
    key: 'status',
    header: 'State',
    width: '130px',
    cell: (hop) => <StatusMark status={evidenceStatus[hop.status]} label={explainHopStatus(hop)} />,
  },
  { key: 'expected', header: 'Expected', width: '22%', cell: (hop) => <Words words={explainExpected(hop)} /> },
  { key: 'seen', header: 'Seen', width: '22%', cell: (hop) => <Seen hop={hop} /> },
  { key: 'packets', header: 'Packets', width: '70px', align: 'right', cell: (hop) => (hop.status === 'unchecked' ? '' : hop.packets) },
  { key: 'sample', header: 'Sample', cell: (hop) => <Sample hop={hop} /> },
  { key: 'pcap', header: 'pcap', width: '56px', align: 'right', cell: (hop) => <Pcap hop={hop} /> },
]

/** Per hop: where, what was expected, what was seen, how much, one packet, the capture. */
export function EvidenceTable({ hops, selectedHopId, onSelect }: EvidenceTableProps) {
  return (
    <DataTable
      label="Evidence"
      columns={columns}
      rows={hops}
      rowKey={(hop) => hop.hopId}
      selectedKey={selectedHopId}
      onRowSelect={(hop) => onSelect(hop.hopId)}
      className="[&_table]:min-w-[1080px]"
      rowClassName={(hop) => (hop.status === 'missing' || hop.status === 'differs' ? 'bg-bad-soft/50' : undefined)}
    />
  )
}

const Words = ({ words }: { readonly words: string }) => <span title={words}>{words}</span>

function Seen({ hop }: { readonly hop: HopEvidence }) {
  const words = explainSeen(hop)
  return words === null ? <span className="text-faint">{hop.status === 'unchecked' ? '–' : 'nothing'}</span> : <Words words={words} />
}

function Sample({ hop }: { readonly hop: HopEvidence }) {
  const sample = explainSample(hop)
  if (sample) return <Mono value={sample} className="!text-xs text-dim" />
  const words = explainNotes(hop) ?? methodWord[hop.method]
  return (
    <span className="text-faint" title={words}>
      {words}
    </span>
  )
}

function Pcap({ hop }: { readonly hop: HopEvidence }) {
  if (hop.pcap === null) return null
  return (
    <a
      href={routes.capture(hop.pcap)}
      download
      aria-label={`Download pcap of ${hop.interface}`}
      title={`Download pcap of ${hop.interface}`}
      className="inline-flex text-dim hover:text-ink"
    >
      <Download aria-hidden className="size-3.5" />
    </a>
  )
}
