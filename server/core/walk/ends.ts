// How a way ends, in a word.

import type { DropCode, EndParams, LeftCode, UnknownCode, WalkEnd } from './walk-result'

export const dropped = (code: DropCode, params: EndParams = {}): WalkEnd => ({ kind: 'dropped', code, params })
export const unknown = (code: UnknownCode, params: EndParams = {}): WalkEnd => ({ kind: 'unknown', code, params })
export const left = (code: LeftCode, params: EndParams = {}): WalkEnd => ({ kind: 'left', code, params })
export const delivered = (to: 'guest' | 'stack' | 'outside'): WalkEnd => ({ kind: 'delivered', to })
