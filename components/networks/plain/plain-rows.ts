// The objects of a plain kind as rows of a table. Pure.

import { compareNames } from '@/components/ui/compare-naturally'
import type { PlainKind } from '@/components/lib/kind-places'
import type { DesignObject } from '@/server/core/topology/kinds/kind'
import { designObjects, keysOf, labelOf, printOf } from '@/server/core/topology/kinds/kinds'
import type { PrintedFields } from '@/server/core/topology/print-values'
import type { Topology } from '@/server/core/topology/topology'

import { matches } from '../matches'

export interface PlainRow {
  readonly id: string
  readonly label: string
  readonly printed: PrintedFields
  /** Addresses and names of devices, which it is found by too. */
  readonly keys: readonly string[]
}

/** Those that the filter leaves, by what they are called. */
export function plainRows(topology: Topology, kind: PlainKind, filter: string): readonly PlainRow[] {
  const objects: readonly DesignObject[] = designObjects(topology, kind)
  return objects
    .map((object) => ({
      id: object.item.id,
      label: labelOf(topology, object),
      printed: printOf(topology, object),
      keys: keysOf(topology, object),
    }))
    .filter(({ id, label, printed, keys }) =>
      matches(filter, [id, label, ...keys, ...Object.values(printed).flatMap((value) => value ?? [])]),
    )
    .toSorted((a, b) => compareNames(a.label, b.label))
}

/** Names of the fields that any of them has. The name stands in the first column, and a description is for the inspector. */
export const printedColumns = (rows: readonly PlainRow[]): readonly string[] =>
  [...new Set(rows.flatMap(({ printed }) => Object.keys(printed)))].filter((field) => field !== 'name' && field !== 'description')
