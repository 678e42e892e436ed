'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, useQueryStates } from 'nuqs'
import { useMemo } from 'react'

import { ApplyPlan } from '@/components/plan/ApplyPlan'
import { PlanView } from '@/components/plan/PlanView'
import { changesParams } from '@/components/plan/view-params'
import { RunView } from '@/components/runs/RunView'
import { Page } from '@/components/shell/Page'
import { deriveGraph } from '@/components/topology/graph'
import { layoutGraph } from '@/components/topology/layout'
import { layoutKey } from '@/components/topology/layout-key'
import { appliedCloud, cloudChanges, designedCloud, largeCloud } from '@/components/topology/specimens'
import { TopologyCanvas } from '@/components/topology/TopologyCanvas'
import { FilterInput } from '@/components/ui/FilterInput'
import { Select } from '@/components/ui/Select'
import { VerificationView } from '@/components/verification/VerificationView'

import { planSpecimens, runSpecimens, verificationSpecimens } from './specimens'

const SMALL_CLOUD = 'Topology'
const LARGE_CLOUD = 'Large topology'
const names = [...Object.keys(planSpecimens), ...Object.keys(runSpecimens), ...Object.keys(verificationSpecimens), SMALL_CLOUD, LARGE_CLOUD]

/** Plans, runs, evidence and the logical view in every state. */
export function WorkGallery() {
  const [view, setView] = useQueryStates({
    specimen: parseAsString.withDefault(names[0]!),
    tab: changesParams.tab,
    sel: parseAsString,
    q: parseAsString.withDefault(''),
  })
  const plan = planSpecimens[view.specimen]
  const run = runSpecimens[view.specimen]
  const verification = verificationSpecimens[view.specimen]
  const isCanvas = view.specimen === SMALL_CLOUD || view.specimen === LARGE_CLOUD
  return (
    <Page
      title="Work gallery"
      isFlush={plan !== undefined || isCanvas}
      filter={plan && <FilterInput label="Filter changes" value={view.q} onValueChange={(q) => void setView({ q })} />}
      actions={
        <>
          {plan && <ApplyPlan plan={plan} />}
          <Select
            label="Specimen"
            value={view.specimen}
            onValueChange={(specimen) => void setView({ specimen, sel: null })}
            options={names.map((name) => ({ value: name, label: name }))}
          />
        </>
      }
    >
      {plan && <PlanView plan={plan} tab={view.tab} onTabChange={(tab) => void setView({ tab })} filter={view.q} />}
      {run && <RunView run={run} />}
      {verification && (
        <VerificationView verification={verification} message={null} selectedHopId={view.sel} onSelect={(sel) => void setView({ sel })} />
      )}
      {isCanvas && (
        <CanvasSpecimen isLarge={view.specimen === LARGE_CLOUD} selectedId={view.sel} onSelect={(sel) => void setView({ sel })} />
      )}
    </Page>
  )
}

interface CanvasSpecimenProps {
  readonly isLarge: boolean
  readonly selectedId: string | null
  readonly onSelect: (id: string | null) => void
}

function CanvasSpecimen({ isLarge, selectedId, onSelect }: CanvasSpecimenProps) {
  const graph = useMemo(
    () => (isLarge ? deriveGraph(largeCloud(20, 25, 12), [], null) : deriveGraph(designedCloud, cloudChanges, appliedCloud)),
    [isLarge],
  )
  const layout = useQuery({ queryKey: ['gallery-layout', layoutKey(graph)], queryFn: () => layoutGraph(graph) })
  if (layout.error) return <p role="alert">{layout.error.message}</p>
  if (!layout.data) return null
  return (
    <TopologyCanvas
      graph={graph}
      places={layout.data}
      selectedId={selectedId}
      onSelect={onSelect}
      onDelete={() => undefined}
      onDropped={() => undefined}
    />
  )
}
