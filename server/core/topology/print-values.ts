// How values are printed, whatever object they are of: words for flags, names for ids.

import { findById } from './find'

export type PrintedFields = Readonly<Record<string, string | null>>
export const yesNo = (value: boolean): string => (value ? 'yes' : 'no')
export const list = (values: readonly string[]): string | null => (values.length === 0 ? null : values.join(', '))

export const nameOf = (items: readonly { readonly id: string; readonly name: string }[], id: string | null): string | null =>
  id === null ? null : (findById(items, id)?.name ?? id)
