import type { AnyRouter } from '@trpc/server'
import { expect, it } from 'vitest'
import { kindNames, kindOf } from '@/server/core/topology/kinds/kinds'
import { appRouter } from './router'

// At run time this is one flat table, `hosts.list` and so on; the type says a nested one.
const paths = Object.keys((appRouter as AnyRouter)._def.procedures)

it.each(kindNames)('a %s is listed, made, changed and removed over the API', (kind) => {
  const { list } = kindOf(kind)
  const create = kind === 'host' ? 'register' : 'create'
  expect(paths).toEqual(expect.arrayContaining([`${list}.list`, `${list}.${create}`, `${list}.update`, `${list}.remove`]))
})
