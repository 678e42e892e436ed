'use client'

import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import type { ShownObject, TopologyIndex } from '@/components/lib/topology-index'
import { InspectorSection } from '@/components/shell/Inspector'

import { pathPairs } from './path-pairs'

/** The paths that begin here, one click away. */
export function PathLinks({ index, object }: { readonly index: TopologyIndex; readonly object: ShownObject }) {
  const pairs = pathPairs(index, object)
  if (pairs.length === 0) return null
  return (
    <InspectorSection title="Paths">
      <ul className="flex flex-col">
        {pairs.map((pair) => (
          <li key={`${pair.from}/${pair.to}`}>
            <Link
              href={routes.path({ from: pair.from, to: pair.to })}
              className="-mx-1 block truncate rounded-sm px-1 py-1 text-accent hover:bg-hover hover:underline"
            >
              {pair.label}
            </Link>
          </li>
        ))}
      </ul>
    </InspectorSection>
  )
}
