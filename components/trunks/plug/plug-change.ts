// How a change of the plug looks: the colours of changes everywhere, and their signs.

import { actionSign } from '@/server/core/explain/object-change'
import type { PlugMove } from '@/server/core/trunk/plug-comparison'

type PlugChange = PlugMove['change']

export const plugChangeClass: Record<PlugChange, string> = {
  same: 'text-ink',
  shared: 'text-ink',
  changed: 'text-warn',
  new: 'text-ok',
  gone: 'text-bad',
}

export const plugChangeSign: Record<PlugChange, string> = {
  same: '',
  shared: '',
  changed: actionSign.change,
  new: actionSign.create,
  gone: actionSign.remove,
}
