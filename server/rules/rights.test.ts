// House rule as a test: whatever can be asked names a right, and refuses who lacks it before anything of the console is touched.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyProcedure, AnyRouter } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import { answerTrpc } from '@/server/api/answer-trpc'
import type { RequestContext } from '@/server/api/request-context'
import { answerRoute, type Route } from '@/server/api/route'
import { appRouter } from '@/server/api/router'
import { procedure } from '@/server/api/trpc'
import { rightWords } from '@/server/core/explain/right'
import { type Right, rights } from '@/server/core/rights/rights'
import { recordLog } from '@/server/effects/log/testing/recorded-log'
import { listSources, root } from './sources'

const CONSOLE = 'http://127.0.0.1:3000'

/** tRPC's own route: each of its procedures names a right. */
const OF_PROCEDURES = 'app/api/trpc/[trpc]/route.ts'

// At run time this is one flat table, `hosts.list` and so on; the type says a nested one.
const table: Record<string, AnyProcedure> = (appRouter as AnyRouter)._def.procedures
const procedures = Object.entries(table).map(([path, { _def }]) => ({ path, type: _def.type, right: rightOf(_def.meta) }))
const routeFiles = listSources('app/api').filter((file) => file !== OF_PROCEDURES)

function isRight(value: unknown): value is Right {
  return rights.some((right) => right === value)
}

function rightOf(meta: unknown): Right {
  if (typeof meta === 'object' && meta !== null && 'right' in meta && isRight(meta.right)) return meta.right
  throw new Error(`no right: ${JSON.stringify(meta)}`)
}

/** An actor with these rights, in a console of which nothing may be used. */
function contextOf(granted: readonly Right[]) {
  const touched: string[] = []
  const untouchable = new Proxy<never>({} as never, {
    get(_, name) {
      touched.push(String(name))
      throw new Error('touched')
    },
  })
  const ctx: RequestContext = {
    actor: { id: 'somebody', name: 'Somebody', rights: new Set(granted) },
    store: untouchable,
    conductor: untouchable,
    clock: untouchable,
    ids: untouchable,
    events: untouchable,
    logger: recordLog().logger,
  }
  return { ctx, touched }
}

/** What comes behind the check: no input where one is needed, or a console that must not be used. */
const ANOTHER_FAULT = /"code":"(invalid_input|internal)"/
const REFUSED = /"code":"forbidden"/

const without = (right: Right): readonly Right[] => rights.filter((each) => each !== right)

function ask({ path, type }: { readonly path: string; readonly type: string }, ctx: RequestContext): Promise<Response> {
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } }
  return answerTrpc(new Request(`${CONSOLE}/api/trpc/${path}`, type === 'mutation' ? json : {}), () => ctx)
}

describe('every procedure', () => {
  it('is made for a right', () => {
    // @ts-expect-error A procedure without one is no procedure.
    expect(() => procedure.query(() => null)).toThrow(TypeError)
  })

  it.each(procedures)('$path refuses who may not ($right)', async ({ right, ...asked }) => {
    const { ctx, touched } = contextOf(without(right))
    const response = await ask(asked, ctx)
    const told = await response.text()
    // A stream tells of it in an event: a browser reads nothing of a stream that begins with another status.
    expect(response.status).toBe(asked.type === 'subscription' ? 200 : 403)
    expect(told).toMatch(REFUSED)
    expect(told).toContain(rightWords[right])
    expect(touched).toEqual([])
  })

  it.each(procedures)('$path needs nothing but $right', async ({ right, ...asked }) => {
    const response = await ask(asked, contextOf([right]).ctx)
    expect(await response.text()).toMatch(ANOTHER_FAULT)
  })
})

describe('every route', () => {
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

  async function routesOf(file: string): Promise<readonly Route<object>[]> {
    const module: Record<string, unknown> = await import(join(root, file))
    return methods.flatMap((method) => {
      const handler = module[method]
      if (handler === undefined) return []
      if (typeof handler !== 'function' || !('route' in handler)) throw new Error(`${method} of ${file} is not made by serve()`)
      return [handler.route as Route<object>]
    })
  }

  it.each(routeFiles)('%s refuses who may not, and needs nothing but its right', async (file) => {
    const routes = await routesOf(file)
    expect(routes).not.toEqual([])
    for (const route of routes) {
      const { ctx, touched } = contextOf(without(route.right))
      const refused = await answerRoute(route, new Request(CONSOLE), {}, () => ctx)
      expect({ status: refused.status, touched, told: await refused.text() }).toEqual({
        status: 403,
        touched: [],
        told: expect.stringContaining(rightWords[route.right]),
      })
      const { ctx: allowed, touched: used } = contextOf([route.right])
      expect((await answerRoute(route, new Request(CONSOLE), {}, () => allowed)).status).toBe(500)
      expect(used).not.toEqual([])
    }
  })
})

describe('docs/api.md', () => {
  /** `| projects.create / remove | mutation | design:edit | …` */
  const rows = [...readFileSync(join(root, 'docs/api.md'), 'utf8').matchAll(/^\| `([^`]+)` \| (\w+) \| `([^`]+)` \|/gm)]
  const documented = rows.flatMap(([, names = '', type, right]) => {
    const [first = '', ...others] = names.split(' / ')
    const noun = first.slice(0, first.indexOf('.') + 1)
    return [first, ...others.map((verb) => noun + verb)].map((path) => ({ path, type, right }))
  })
  const sorted = <T extends { readonly path: string }>(list: readonly T[]) => list.toSorted((a, b) => a.path.localeCompare(b.path))

  it('lists every procedure with its right', () => expect(sorted(documented)).toEqual(sorted(procedures)))

  it('has every right, in the words of its refusal', () => {
    const text = readFileSync(join(root, 'docs/api.md'), 'utf8')
    expect(rights.filter((right) => !text.includes(`| \`${right}\` | ${rightWords[right]} |`))).toEqual([])
  })
})
