import clsx from 'clsx'

import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import { explainDetail } from '@/server/core/explain/hop'
import { plugChangeWord } from '@/server/core/explain/trunk'
import type { HopDetail } from '@/server/core/path/hop-params'
import type { PlugMove } from '@/server/core/trunk/plug-comparison'

import { plugChangeClass, plugChangeSign } from './plug-change'

const COLUMNS: readonly Column<PlugMove>[] = [
  {
    key: 'device',
    header: 'Device',
    width: '24%',
    cell: ({ change, device }) => (
      <span className="flex min-w-0 items-center gap-1">
        <span aria-hidden className={clsx('w-3 shrink-0 font-mono', plugChangeClass[change])}>
          {plugChangeSign[change]}
        </span>
        <Mono value={device} canCopy />
      </span>
    ),
  },
  {
    key: 'change',
    header: 'Change',
    width: '20%',
    cell: ({ change }) => <span className={plugChangeClass[change]}>{plugChangeWord[change]}</span>,
  },
  { key: 'plain', header: 'Before', cell: ({ plain }) => <Detail detail={plain} /> },
  { key: 'trunk', header: 'After', cell: ({ trunk }) => <Detail detail={trunk} /> },
]

export function PlugMoves({ moves }: { readonly moves: readonly PlugMove[] }) {
  return <DataTable label="What moves" columns={COLUMNS} rows={moves} rowKey={({ device, change }) => `${change}/${device}`} />
}

function Detail({ detail }: { readonly detail: HopDetail | null }) {
  if (detail === null) return <span className="text-faint">–</span>
  const text = explainDetail(detail)
  return <span title={text}>{text}</span>
}
