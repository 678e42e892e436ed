// Pools of addresses as they are typed, one per line or separated by commas: 10.0.0.10-10.0.0.99. Pure.

import type { AllocationPool } from '@/server/core/topology/kinds/subnet/subnet'

export const splitWords = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '')

/** A single address is a pool of one. */
export const parsePools = (text: string): AllocationPool[] =>
  splitWords(text.replace(/\s*[-–]\s*/g, '-')).map((pool) => {
    const [start = '', end = start] = pool.split('-')
    return { start, end }
  })

export const printPools = (pools: readonly AllocationPool[]): string => pools.map(({ start, end }) => `${start}-${end}`).join('\n')
