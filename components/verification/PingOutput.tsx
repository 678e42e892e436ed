import { CopyButton } from '@/components/ui/CopyButton'
import { Panel } from '@/components/ui/Panel'
import { ScrollText } from '@/components/ui/ScrollText'
import { StatusMark } from '@/components/ui/StatusMark'
import { explainPing, isPingLossy } from '@/server/core/explain/verification'
import type { PingResult } from '@/server/core/path/verification'

const SENDER: Record<PingResult['from'], string> = {
  'guest-agent': 'sent inside the VM, by its guest agent',
  namespace: 'sent in the namespace',
}

export function PingOutput({ ping }: { readonly ping: PingResult }) {
  return (
    <Panel
      title="Ping"
      meta={
        <>
          <StatusMark status={isPingLossy(ping) ? 'bad' : 'ok'} label={explainPing(ping)} />
          <span>{SENDER[ping.from]}</span>
        </>
      }
      actions={<CopyButton value={ping.output} label="Copy ping output" />}
      isFlush
    >
      <ScrollText label="Ping output" className="max-h-72 px-3 py-2 text-xs">
        {ping.output.trimEnd() || 'No output.'}
      </ScrollText>
    </Panel>
  )
}
