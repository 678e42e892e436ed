import type { Form } from '@/components/lib/use-form'
import { Age } from '@/components/ui/Age'
import { pinnedWords, retainedName, retainedNote } from '@/server/core/explain/retention'
import { retainedKinds, type RetainedKind } from '@/server/core/retention/retention'
import type { Kept, RetentionReport } from '@/server/core/retention/retention-report'

import { NumberBox } from './NumberBox'
import type { Boxes, RetentionValues } from './retention-values'

interface RetentionTableProps {
  readonly form: Form<RetentionValues>
  readonly report: RetentionReport
  /** Bounds of the boxes that are outside of them. */
  readonly wrong: Boxes
}

const headClass = 'h-7 border-b border-line px-2 text-left text-sm font-medium text-faint first:pl-3 last:pr-3'
const cellClass = 'border-b border-line px-2 py-1.5 align-top group-last/row:border-b-0 first:pl-3 last:pr-3'

/** One row per kind: what it is, what is there, and its limits. */
export function RetentionTable({ form, report, wrong }: RetentionTableProps) {
  return (
    <table className="w-full border-separate border-spacing-0" aria-label="Limits">
      <thead>
        <tr>
          <th scope="col" className={headClass}>
            What
          </th>
          <th scope="col" className={`${headClass} w-44`}>
            Kept now
          </th>
          <th scope="col" className={`${headClass} w-24`}>
            Oldest
          </th>
          <th scope="col" className={`${headClass} w-44`}>
            Keep the latest
          </th>
          <th scope="col" className={`${headClass} w-40`}>
            For at most
          </th>
        </tr>
      </thead>
      <tbody>
        {retainedKinds.map((kind) => (
          <KindRow key={kind} kind={kind} kept={report.kept[kind]} form={form} wrong={wrong} />
        ))}
      </tbody>
    </table>
  )
}

interface KindRowProps extends Omit<RetentionTableProps, 'report'> {
  readonly kind: RetainedKind
  readonly kept: Kept
}

function KindRow({ kind, kept, form, wrong }: KindRowProps) {
  const values = form.values[kind]
  const name = retainedName(kind)
  return (
    <tr className="group/row">
      <th scope="row" className={`${cellClass} text-left font-normal`}>
        <span className="block leading-7 font-medium">{name}</span>
        <span className="block text-sm text-faint">{retainedNote[kind]}</span>
      </th>
      <td className={cellClass}>
        <span className="block leading-7 tabular-nums">{kept.count.toLocaleString('en-GB')}</span>
        {kept.pinned > 0 && (
          <span className="block text-sm text-faint tabular-nums">
            {kept.pinned.toLocaleString('en-GB')} {pinnedWords[kind]}
          </span>
        )}
      </td>
      <td className={`${cellClass} leading-7`}>
        {kept.oldestAt === null ? <span className="text-faint">–</span> : <Age at={kept.oldestAt} className="text-dim" />}
      </td>
      <td className={cellClass}>
        <NumberBox
          label={`${name}: keep the latest`}
          value={values.count}
          bounds={wrong[`${kind}.count`]}
          onValueChange={(count) => form.set(kind)({ ...values, count })}
        />
        {kind === 'captures' && (
          <NumberBox
            label="Captures: all files together"
            unit="MiB in all"
            value={form.values.captureMib}
            bounds={wrong['captureMib']}
            onValueChange={form.set('captureMib')}
            className="mt-1.5"
          />
        )}
      </td>
      <td className={cellClass}>
        <NumberBox
          label={`${name}: for at most`}
          unit="days"
          placeholder="any age"
          value={values.days}
          bounds={wrong[`${kind}.days`]}
          onValueChange={(days) => form.set(kind)({ ...values, days })}
        />
      </td>
    </tr>
  )
}
