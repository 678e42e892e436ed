'use client'

import { Panel } from '@/components/ui/Panel'
import type { HostDetail } from '@/server/core/api-types'

import { AccessForm } from './AccessForm'
import { PlaceForm } from './PlaceForm'
import { WiringForm } from './WiringForm'

/** Three forms, since each is saved for a reason of its own: what it is, how it is wired, how it is entered. */
export function HostSettingsPane({ detail }: { readonly detail: HostDetail }) {
  return (
    <div className="flex max-w-4xl flex-col gap-4 p-4">
      <Panel title="Wiring" meta="built by the next plan">
        <WiringForm detail={detail} />
      </Panel>
      <Panel title="Name and roles">
        <PlaceForm host={detail.host} />
      </Panel>
      <Panel title="Access">
        <AccessForm detail={detail} />
      </Panel>
    </div>
  )
}
