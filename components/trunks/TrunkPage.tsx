'use client'

import { useQuery } from '@tanstack/react-query'

import { DetailPage } from '@/components/design/DetailPage'
import { useDesignIndex } from '@/components/design/use-design-index'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPC } from '@/components/lib/trpc'
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
import { useTrunkView, type TrunkViewState } from './use-trunk-view'

export function TrunkPage({ trunkId }: { readonly trunkId: string }) {
  const trpc = useTRPC()
  const detail = useQuery(trpc.trunks.get.queryOptions({ id: trunkId }))
  const { index, query } = useDesignIndex()
  const state = useTrunkView()
  const trunk = detail.data
  return (
    <DetailPage
      kind="trunk"
      index={index}
      query={trunk ? query : detail}
      act={trunk ? 'Loading the design' : 'Loading the trunk'}
      object={trunk && { kind: 'trunk', item: trunk }}
      list={routes.trunks()}
      meta={trunk && <StatusMark {...trunkMark(trunk.status)} />}
      state={state}
      lock={trunk && whyLocked(trunk)}
    >
      {trunk && (
        <>
          <TrunkTrouble index={index} trunk={trunk} />
          <TrunkFacts index={index} trunk={trunk} />
          <TrunkTabs index={index} trunk={trunk} state={state} />
          <TrunkDialogs index={index} trunk={trunk} state={state} />
        </>
      )}
    </DetailPage>
  )
}

interface PartProps {
  readonly index: TopologyIndex
  readonly trunk: TrunkDetail
  readonly state: TrunkViewState
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
  const { view, closeDialog } = state
  const selected = view.sel === null ? undefined : index.port(view.sel)
  const [moved, member] = [index.port(view.move ?? ''), index.memberOf(view.move ?? '')]
  return (
    <>
      {view.tab === 'subports' && selected && <SubPortInspector index={index} port={selected} state={state} lock={whyLocked(trunk)} />}
      {view.do === 'add' && <AddSubPortsForm index={index} trunk={trunk} onClose={closeDialog} />}
      {view.do === 'edit' && <EditTrunkForm index={index} trunk={trunk} onClose={closeDialog} />}
      {moved && member && <MoveSubPortForm index={index} member={member} port={moved} onClose={closeDialog} />}
    </>
  )
}
