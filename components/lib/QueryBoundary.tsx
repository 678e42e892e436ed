'use client'

import type { ReactNode } from 'react'

import { Button } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { SkeletonRows } from '@/components/ui/Skeleton'

import { appError } from './app-error'
import { NoLongerKept } from './NoLongerKept'

export interface QueryLike<T> {
  readonly data: T | undefined
  readonly error: unknown
  readonly isFetching: boolean
  readonly refetch: () => unknown
}

interface QueryBoundaryProps<T> {
  readonly query: QueryLike<T>
  /** What is being loaded, for the error: "Loading the hosts". */
  readonly act: string
  readonly skeleton?: ReactNode
  readonly children: (data: T) => ReactNode
}

/** Loading, failed, there: the three states of every question, drawn the same way. Old data stays while new is fetched. */
export function QueryBoundary<T>({ query, act, skeleton, children }: QueryBoundaryProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (!query.error) return <>{skeleton ?? <SkeletonRows />}</>
  const error = appError(query.error)
  if (error.code === 'no_longer_kept') return <NoLongerKept message={error.message} />
  return (
    <div className="p-4">
      <ErrorNote
        title={act}
        error={error}
        actions={
          <Button isBusy={query.isFetching} onClick={() => query.refetch()}>
            Try again
          </Button>
        }
      />
    </div>
  )
}
