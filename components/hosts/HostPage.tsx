'use client'

import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useQueryState } from 'nuqs'

import { appError } from '@/components/lib/app-error'
import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { routes } from '@/components/lib/routes'
import { useTRPC } from '@/components/lib/trpc'
import { Page } from '@/components/shell/Page'
import { Age } from '@/components/ui/Age'
import { Button } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { StatusMark } from '@/components/ui/StatusMark'
import { Tabs } from '@/components/ui/Tabs'
import type { HostDetail } from '@/server/core/api-types'
import { isTroubled } from '@/server/core/host/host-health'

import { loginText } from './access-form'
import { healthMark, STALE_READING_S } from './host-health'
import { HostFactsPane } from './HostFactsPane'
import { HostSettingsPane } from './HostSettingsPane'
import { HostTrouble } from './HostTrouble'
import { InsidePane } from './inside/InsidePane'
import { PrepareSwitch } from './PrepareSwitch'
import { RemoveHostButton } from './RemoveHostButton'
import { UnparsedPane } from './UnparsedPane'
import { useReadHost } from './use-read-host'
import { hostParams } from './view-params'

export function HostPage({ hostId }: { readonly hostId: string }) {
  const trpc = useTRPC()
  const query = useQuery(trpc.hosts.get.queryOptions({ id: hostId }))
  const reading = useReadHost()
  const detail = query.data
  const readButton = (
    <Button isBusy={reading.isReading} onClick={() => reading.run(hostId)}>
      <RefreshCw aria-hidden />
      {reading.isReading ? 'Reading…' : 'Read now'}
    </Button>
  )
  return (
    <Page
      title={detail?.host.name ?? 'Host'}
      parent={{ label: 'Hosts', href: routes.hosts() }}
      meta={detail && <HostMeta detail={detail} />}
      actions={
        detail && (
          <>
            <PrepareSwitch host={detail.host} />
            {readButton}
            <RemoveHostButton detail={detail} />
          </>
        )
      }
      isFlush
    >
      <QueryBoundary query={query} act="Loading the host">
        {(loaded) => (
          <>
            <div className="flex flex-col gap-2 p-3 pb-0 empty:hidden">
              <HostTrouble hostId={hostId} hostName={loaded.host.name} access={loaded.access} health={loaded.health} />
              {reading.error !== null && loaded.health.status === 'reachable' && (
                <ErrorNote title="Reading the host" error={appError(reading.error)} />
              )}
            </div>
            <HostTabs detail={loaded} readAction={readButton} />
          </>
        )}
      </QueryBoundary>
    </Page>
  )
}

interface HostTabsProps {
  readonly detail: HostDetail
  readonly readAction: React.ReactNode
}

function HostTabs({ detail, readAction }: HostTabsProps) {
  const [tab, setTab] = useQueryState('tab', hostParams.tab)
  return (
    <Tabs
      label={`Host ${detail.host.name}`}
      value={tab}
      onValueChange={(next) => void setTab(next)}
      tabs={[
        {
          value: 'inside',
          label: 'Inside',
          content: <InsidePane hostId={detail.host.id} isPast={isTroubled(detail.health)} readAction={readAction} />,
        },
        { value: 'settings', label: 'Settings', content: <HostSettingsPane key={detail.host.id} detail={detail} /> },
        { value: 'facts', label: 'Facts and tools', content: <HostFactsPane detail={detail} /> },
        {
          value: 'unparsed',
          label: 'Not understood',
          count: detail.unparsed.length,
          content: <UnparsedPane unparsed={detail.unparsed} />,
        },
      ]}
    />
  )
}

function HostMeta({ detail: { access, health } }: { readonly detail: HostDetail }) {
  return (
    <>
      <StatusMark {...healthMark(health)} />
      <span className="truncate font-mono">{loginText(access)}</span>
      <span className={health.status !== 'reachable' ? 'italic' : undefined}>
        {health.observedAt !== null && 'read '}
        <Age at={health.observedAt} staleAfterS={STALE_READING_S} never="never read" />
      </span>
    </>
  )
}
