'use client'

import { useQuery } from '@tanstack/react-query'
import { Pencil, Trash2 } from 'lucide-react'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPC } from '@/components/lib/trpc'
import { useNavigate } from '@/components/lib/use-navigate'
import { DeleteDialog } from '@/components/networks/DeleteDialog'
import { Page } from '@/components/shell/Page'
import { Button } from '@/components/ui/Button'
import { StatusMark } from '@/components/ui/StatusMark'
import { Tabs } from '@/components/ui/Tabs'
import type { TrunkDetail } from '@/server/core/api-types'
import { trunkStatusMeaning } from '@/server/core/explain/trunk'
import { labelTrunk } from '@/server/core/topology/kinds/trunk/trunk-label'

import { TrunkAudit } from './audit/TrunkAudit'
import { AddSubPortsForm } from './forms/AddSubPortsForm'
import { EditTrunkForm } from './forms/EditTrunkForm'
import { MoveSubPortForm } from './forms/MoveSubPortForm'
import { GuestPane } from './guest/GuestPane'
import { PlugPane } from './plug/PlugPane'
import { SubPortInspector } from './SubPortInspector'
import { SubPortsPane, whyLocked } from './SubPortsPane'
import { TrunkFacts } from './TrunkFacts'
import { trunkMark } from './trunk-status-mark'
import { TrunkTrouble } from './TrunkTrouble'
import { useDesignIndex } from './use-design-index'
import { useTrunkView, type TrunkViewState } from './use-trunk-view'

export function TrunkPage({ trunkId }: { readonly trunkId: string }) {
  const trpc = useTRPC()
  const query = useQuery(trpc.trunks.get.queryOptions({ id: trunkId }))
  const design = useDesignIndex()
  const state = useTrunkView()
  const trunk = query.data
  const { index } = design
  return (
    <Page
      title={trunk ? labelTrunk(index.topology, trunk) : 'Trunk'}
      parent={{ label: 'Trunks', href: routes.trunks() }}
      meta={trunk && <StatusMark {...trunkMark(trunk.status)} />}
      actions={trunk && <Actions trunk={trunk} state={state} />}
      isFlush
    >
      <QueryBoundary query={query} act="Loading the trunk">
        {(loaded) => (
          <QueryBoundary query={design.query} act="Loading the design">
            {() => (
              <>
                <TrunkTrouble index={index} trunk={loaded} />
                <TrunkFacts index={index} trunk={loaded} />
                <TrunkTabs index={index} trunk={loaded} state={state} />
                <TrunkDialogs index={index} trunk={loaded} state={state} />
              </>
            )}
          </QueryBoundary>
        )}
      </QueryBoundary>
    </Page>
  )
}

interface PartProps {
  readonly index: TopologyIndex
  readonly trunk: TrunkDetail
  readonly state: TrunkViewState
}

function Actions({ trunk, state }: Pick<PartProps, 'trunk' | 'state'>) {
  return (
    <>
      <Button onClick={() => state.open('edit')}>
        <Pencil aria-hidden />
        Edit
      </Button>
      <Button variant="danger" aria-label="Delete trunk" disabledReason={whyLocked(trunk)} onClick={() => state.open('delete')}>
        <Trash2 aria-hidden />
        Delete
      </Button>
    </>
  )
}

function TrunkTabs({ index, trunk, state }: PartProps) {
  return (
    <Tabs
      label={`Trunk ${labelTrunk(index.topology, trunk)}: ${trunkStatusMeaning[trunk.status]}`}
      value={state.view.tab}
      onValueChange={state.showTab}
      tabs={[
        {
          value: 'subports',
          label: 'Subports',
          count: trunk.subPorts.length,
          content: <SubPortsPane index={index} trunk={trunk} state={state} />,
        },
        { value: 'guest', label: 'Guest', content: <GuestPane index={index} trunk={trunk} /> },
        { value: 'plug', label: 'Before and after', content: <PlugPane index={index} trunk={trunk} state={state} /> },
        { value: 'audit', label: 'Audit', content: <TrunkAudit trunkId={trunk.id} /> },
      ]}
    />
  )
}

function TrunkDialogs({ index, trunk, state }: PartProps) {
  const navigate = useNavigate()
  const { view, closeDialog } = state
  const selected = view.sel === null ? undefined : index.port(view.sel)
  const [moved, member] = [index.port(view.move ?? ''), index.memberOf(view.move ?? '')]
  return (
    <>
      {view.tab === 'subports' && selected && <SubPortInspector index={index} port={selected} state={state} lock={whyLocked(trunk)} />}
      {view.do === 'add' && <AddSubPortsForm index={index} trunk={trunk} onClose={closeDialog} />}
      {view.do === 'edit' && <EditTrunkForm index={index} trunk={trunk} onClose={closeDialog} />}
      {view.do === 'delete' && (
        <DeleteDialog
          index={index}
          id={trunk.id}
          object={{ kind: 'trunk', item: trunk }}
          onClose={() => closeDialog()}
          onDeleted={() => navigate.replace(routes.trunks())}
        />
      )}
      {moved && member && <MoveSubPortForm index={index} member={member} port={moved} onClose={closeDialog} />}
    </>
  )
}
