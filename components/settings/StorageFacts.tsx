import { formatBytes } from '@/components/lib/format'
import { KeyValue } from '@/components/ui/KeyValue'
import { plural } from '@/server/core/explain/words'
import type { RetentionReport } from '@/server/core/retention/retention-report'

/** What all of it takes on the console's disk. */
export function StorageFacts({ report: { database, kept, captureBytes } }: { readonly report: RetentionReport }) {
  const free = database.freeBytes > 0 ? `, ${formatBytes(database.freeBytes)} of it free: used again before the file grows` : ''
  return (
    <KeyValue
      items={[
        { label: 'Database', value: `${formatBytes(database.bytes)}${free}` },
        { label: 'Captures', value: `${formatBytes(captureBytes)} in ${plural(kept.captures.count, 'file')}` },
      ]}
    />
  )
}
