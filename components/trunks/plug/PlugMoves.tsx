import clsx from 'clsx'

import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import { plugChangeWord } from '@/server/core/explain/trunk'
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
  { key: 'change', header: 'Change', width: '20%', cell: ({ change }) => <span className={plugChangeClass[change]}>{plugChangeWord[change]}</span> },
  { key: 'plain', header: 'Before', cell: ({ plain }) => <Detail text={plain} /> },
  { key: 'trunk', header: 'After', cell: ({ trunk }) => <Detail text={trunk} /> },
]

export function PlugMoves({ moves }: { readonly moves: readonly PlugMove[] }) {
  return <DataTable label="What moves" columns={COLUMNS} rows={moves} rowKey={({ device, change }) => `${change}/${device}`} />
}

function Detail({ text }: { readonly text: string | null }) {
  return text === null ? <span className="text-faint">–</span> : <span title={text}>{text}</span>
}
