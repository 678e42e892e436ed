'use client'

import { Radio, Square } from 'lucide-react'

import { appError } from '@/components/lib/app-error'
import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { Age } from '@/components/ui/Age'
import { Button } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { Notice } from '@/components/ui/Notice'
import { Panel } from '@/components/ui/Panel'
import { explainAudit, explainListening } from '@/server/core/explain/trunk-audit'
import type { TrunkAudit as Audit } from '@/server/core/trunk/audit'

import { AuditFindings, AuditOddities } from './AuditFindings'
import { AuditTable, auditStatus } from './AuditTable'
import { LISTEN_S, useTrunkAudit } from './use-trunk-audit'

/** Guest VLAN, tags, network and MAC of every port of a trunk: design, host and packets side by side. */
export function TrunkAudit({ trunkId }: { readonly trunkId: string }) {
  const { query, isListening, error, listen, stop } = useTrunkAudit(trunkId)
  return (
    <QueryBoundary query={query} act="Loading the audit">
      {(audit) => (
        <div className="flex flex-col gap-4 p-4">
          <div role="status" aria-label="Verdict">
            <Notice
              status={audit.state === 'agrees' && audit.oddities.length > 0 ? 'warn' : auditStatus[audit.state].status}
              title={explainAudit(audit)}
              actions={<ListenButton audit={audit} isListening={isListening} listen={listen} stop={stop} />}
            >
              {isListening
                ? `Reading the host, asking the guest, and listening on its tap for ${LISTEN_S} s. Stopping ends the capture on the host.`
                : explainListening(audit)}
            </Notice>
          </div>
          {error && <ErrorNote title="Listening to the trunk" error={appError(error)} />}
          <AuditPanels audit={audit} />
        </div>
      )}
    </QueryBoundary>
  )
}

interface ListenButtonProps {
  readonly audit: Audit
  readonly isListening: boolean
  readonly listen: () => void
  readonly stop: () => void
}

function ListenButton({ audit, isListening, listen, stop }: ListenButtonProps) {
  if (isListening) {
    return (
      <Button onClick={stop}>
        <Square aria-hidden /> Stop listening
      </Button>
    )
  }
  return (
    <Button variant="primary" disabledReason={audit.hostName === null ? 'No VM uses the parent of this trunk yet.' : null} onClick={listen}>
      <Radio aria-hidden /> Listen to the guest
    </Button>
  )
}

function AuditPanels({ audit: { rows, oddities, observedAt, hostName } }: { readonly audit: Audit }) {
  const hasFindings = rows.some((row) => row.hops.some((hop) => hop.finding !== null))
  const reading = hostName && (
    <>
      {hostName} read <Age at={observedAt} />
    </>
  )
  return (
    <>
      <Panel title="Ports" meta={reading} isFlush>
        <AuditTable rows={rows} />
      </Panel>
      {hasFindings && (
        <Panel title="Findings" isFlush>
          <AuditFindings rows={rows} />
        </Panel>
      )}
      {oddities.length > 0 && (
        <Panel title="Belongs to no port" meta={oddities.length} isFlush>
          <AuditOddities oddities={oddities} />
        </Panel>
      )}
    </>
  )
}
