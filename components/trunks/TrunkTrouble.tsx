'use client'

import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { buttonClass } from '@/components/ui/button-class'
import { Notice } from '@/components/ui/Notice'
import type { TrunkDetail } from '@/server/core/api-types'
import { explainTrunkState } from '@/server/core/explain/trunk'

import { trunkMark } from './trunk-status-mark'

interface TrunkTroubleProps {
  readonly index: TopologyIndex
  readonly trunk: TrunkDetail
}

/** Why the trunk is not ACTIVE, with the step that helps. */
export function TrunkTrouble({ index, trunk }: TrunkTroubleProps) {
  const reason = explainTrunkState(trunk)
  if (reason === null) return null
  return (
    <div className="shrink-0 bg-panel px-3 pt-3">
      <Notice status={trunkMark(trunk.status).status} title={reason} actions={<NextStep index={index} trunk={trunk} />} />
    </div>
  )
}

function NextStep({ index, trunk }: TrunkTroubleProps) {
  const parent = index.port(trunk.portId)
  if (!parent || trunk.status === 'BUILD') return null
  if (!index.vmOf(parent)) {
    return (
      <Link href={routes.networks({ tab: 'vms', create: 'vm', selected: parent.id })} className={buttonClass('primary', 'sm')}>
        Create VM on it
      </Link>
    )
  }
  return (
    <Link href={routes.changes()} className={buttonClass('secondary', 'sm')}>
      Plan and apply
    </Link>
  )
}
