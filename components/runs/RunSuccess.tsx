'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import { useTRPC } from '@/components/lib/trpc'
import { buttonClass } from '@/components/ui/button-class'
import { Notice } from '@/components/ui/Notice'
import { explainRunVerdict } from '@/server/core/explain/run-verdict'
import type { Run } from '@/server/core/plan/run'

import { touchedPaths } from './touched-paths'

const SHOWN = 8

/** Applied. What is left to do is to prove it: the paths that the run touched. */
export function RunSuccess({ run }: { readonly run: Run }) {
  const trpc = useTRPC()
  const endpoints = useQuery(trpc.paths.endpoints.queryOptions())
  const paths = touchedPaths(run.plan.impacts, endpoints.data ?? [])
  return (
    <Notice
      status="ok"
      title={
        run.verdict
          ? explainRunVerdict(run.verdict)
          : `Applied${run.revision === null ? '' : `: the design is now revision ${run.revision}`}.`
      }
    >
      {paths.length === 0 ? (
        <p>The hosts were read back and have what the design says.</p>
      ) : (
        <>
          <p>The hosts were read back and have what the design says. Verify the paths it touched:</p>
          <div className="mt-1.5 flex flex-wrap gap-1.5">
            {paths.slice(0, SHOWN).map(({ from, to }) => (
              <Link key={`${from.id}/${to.id}`} href={routes.path({ from: from.id, to: to.id })} className={buttonClass('secondary', 'sm')}>
                Verify {from.label} → {to.label}
              </Link>
            ))}
            {paths.length > SHOWN && <span className="self-center text-sm">and {paths.length - SHOWN} more</span>}
          </div>
        </>
      )}
    </Notice>
  )
}
