'use client'

import { Download } from 'lucide-react'
import { useSyncExternalStore } from 'react'

import { routes } from '@/components/lib/routes'
import { buttonClass } from '@/components/ui/button-class'
import { CopyButton } from '@/components/ui/CopyButton'
import { quoteWord } from '@/server/core/explain/command'

const never = () => () => undefined

/** The console's own address, as this browser knows it; '' while the server renders. */
const useOrigin = (): string =>
  useSyncExternalStore(
    never,
    () => window.location.origin,
    () => '',
  )

/** Opens a kept capture on the operator's own machine. */
const wiresharkCommand = (origin: string, captureId: string): string =>
  `curl -sS ${quoteWord(`${origin}${routes.capture(captureId)}`)} | wireshark -k -i -`

interface CaptureLinksProps {
  readonly captureId: string
  readonly device: string
}

/** Download, and the line that opens the capture in Wireshark. */
export function CaptureLinks({ captureId, device }: CaptureLinksProps) {
  const command = wiresharkCommand(useOrigin(), captureId)
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <a href={routes.capture(captureId)} download className={`${buttonClass('secondary', 'sm')} self-start`}>
        <Download aria-hidden /> Download pcap of {device}
      </a>
      <div className="flex min-w-0 items-center gap-1 rounded-sm border border-line bg-canvas px-2 py-1">
        <code className="min-w-0 flex-1 font-mono text-xs break-all">{command}</code>
        <CopyButton value={command} label="Copy Wireshark command" />
      </div>
    </div>
  )
}
