'use client'

import { useNow } from '@/components/ui/use-now'
import { rate as rateText } from '@/server/core/explain/words'
import { isStale } from '@/server/core/path/currency'

import type { HopRate } from './live-rates'

/** Packets per second; dimmed once it is no longer live. */
export function HopRateText({ rate }: { readonly rate: HopRate }) {
  const now = useNow()
  const isOld = now !== null && isStale(rate.at, now)
  const text = rate.isReset || rate.perSecond === null ? 'reset' : rateText(rate.perSecond)
  const tone = isOld ? 'text-faint italic opacity-60' : rate.perSecond !== null && rate.perSecond > 0 ? 'text-ink' : 'text-faint'
  return (
    <span data-stale={isOld || undefined} className={tone}>
      {text}
    </span>
  )
}
