import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import { StatusMark } from '@/components/ui/StatusMark'
import { dhcpStatusWord, explainLease } from '@/server/core/explain/verification'
import type { DhcpEvidence } from '@/server/core/path/verification'

import { dhcpStatus } from './evidence-status'

const address = (value: string | null) => (value === null ? <span className="text-faint">–</span> : <Mono value={value} />)

const columns: readonly Column<DhcpEvidence>[] = [
  { key: 'port', header: 'Port', width: '160px', cell: (row) => <PortLink row={row} /> },
  {
    key: 'status',
    header: 'State',
    width: '170px',
    cell: (row) => <StatusMark status={dhcpStatus[row.status]} label={dhcpStatusWord[row.status]} />,
  },
  { key: 'expected', header: 'Expected', width: '120px', cell: (row) => address(row.expectedAddress) },
  { key: 'leased', header: 'Leased', width: '120px', cell: (row) => address(row.leasedAddress) },
  { key: 'guest', header: 'In the guest', width: '120px', cell: (row) => address(row.guestAddress) },
  { key: 'finding', header: 'Finding', cell: (row) => <FindingCell row={row} /> },
]

/** What the design gives each end, what dnsmasq leased, what the guest has. */
export function DhcpTable({ rows }: { readonly rows: readonly DhcpEvidence[] }) {
  return <DataTable label="DHCP" columns={columns} rows={rows} rowKey={(row) => row.portId} />
}

function FindingCell({ row: { finding } }: { readonly row: DhcpEvidence }) {
  const sentence = explainLease(finding)
  return <span title={sentence}>{sentence}</span>
}

function PortLink({ row }: { readonly row: DhcpEvidence }) {
  return (
    <Link href={routes.networks({ tab: 'ports', selected: row.portId })} className="text-accent hover:underline">
      {row.label}
    </Link>
  )
}
