'use client'

import { parseAsString, useQueryStates } from 'nuqs'
import { useEffect, useReducer } from 'react'

import { foldReading } from '@/components/path/live-rates'
import { PathView } from '@/components/path/PathView'
import { Page } from '@/components/shell/Page'
import { Select } from '@/components/ui/Select'
import { VerificationStrip } from '@/components/verification/VerificationStrip'
import type { Path } from '@/server/core/path/path'

import { pathSpecimens } from './specimens'

const names = Object.keys(pathSpecimens)
const READING_MS = 2_000

/** Every shape a path can take, with counters that move. */
export function PathGallery() {
  const [view, setView] = useQueryStates({ specimen: parseAsString.withDefault(names[0]!), hop: parseAsString })
  const specimen = pathSpecimens[view.specimen] ?? pathSpecimens[names[0]!]!
  return (
    <Page
      title="Path gallery"
      isFlush
      actions={
        <Select
          label="Specimen"
          value={view.specimen}
          onValueChange={(name) => void setView({ specimen: name, hop: null })}
          options={names.map((name) => ({ value: name, label: name }))}
        />
      }
    >
      {specimen.verification && (
        <VerificationStrip progress={{ verification: specimen.verification, message: null }} onClose={() => undefined} />
      )}
      <Ticking
        key={view.specimen}
        path={specimen.path}
        verification={specimen.verification}
        selectedHopId={view.hop}
        onSelect={(hop) => void setView({ hop })}
      />
    </Page>
  )
}

interface TickingProps {
  readonly path: Path
  readonly verification: (typeof pathSpecimens)[string]['verification']
  readonly selectedHopId: string | null
  readonly onSelect: (hopId: string | null) => void
}

function Ticking({ path, verification, selectedHopId, onSelect }: TickingProps) {
  const [readings, read] = useReducer(foldReading, null)
  useEffect(() => {
    let count = 0
    const next = () => read(laterReading(path, count++))
    next()
    const timer = setInterval(next, READING_MS)
    return () => clearInterval(timer)
  }, [path])
  if (readings === null) return null
  return <PathView readings={readings} verification={verification ?? null} selectedHopId={selectedHopId} onSelect={onSelect} />
}

/** The same path, read again a while later, after some packets. */
function laterReading(path: Path, count: number): Path {
  const now = new Date().toISOString()
  const packets = (index: number) => count * (index % 5 === 4 ? 0 : 84)
  return {
    ...path,
    hosts: path.hosts.map((host) => (host.trouble === null ? { ...host, observedAt: now } : host)),
    forth: {
      hops: path.forth.hops.map((hop, index) =>
        hop.counters === null
          ? hop
          : {
              ...hop,
              counters: { rxPackets: hop.counters.rxPackets + packets(index), txPackets: hop.counters.txPackets + packets(index) },
            },
      ),
    },
  }
}
