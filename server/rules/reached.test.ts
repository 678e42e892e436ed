// House rule as a test: what is there is used. Each file is reached from a program, and each export from another file; what only a test
// asks for is exported when its own file needs it too. Test support stands in folders named `testing`, where none of this is asked.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importsOf, isTest, listSources, root } from './sources'

/** Captures are to be kept as evidence and read again: what correlates their packets and writes them to a file waits for that. */
const AWAITED = ['server/core/packet/', 'server/core/explain/packet.ts']
/** Samples for the gallery, of which tests use more. */
const SAMPLES = 'server/core/explain/specimens/'

/** What is started by name: pages and routes, scripts, benchmarks, the lab and what tools and the framework look for. */
const PROGRAM =
  /^(app\/.*|scripts\/[^/]+|bench\/[^/]+|bench\/lib\/cli\.ts|lab\/cli\.ts|lab\/scenarios\/cli\.ts|components\/topology\/elk\.worker\.ts)$/

const rooms = ['app', 'bench', 'components', 'lab', 'prisma', 'scripts', 'server', 'server/core/parse/fixtures']
const atRoot = ['instrumentation.ts', 'next.config.ts', 'proxy.ts', 'prisma.config.ts']
const files = [...rooms.flatMap(listSources), ...atRoot]
const programs = files.filter((file) => !isTest(file) && !file.startsWith('lab/tests/'))
const known = new Set(files)
const fileOf = (target: string): string | undefined =>
  [target, `${target}.ts`, `${target}.tsx`, `${target}.mjs`].find((path) => known.has(path))

const imported = new Map(programs.map((file) => [file, importsOf(file).flatMap(({ target }) => fileOf(target) ?? [])]))

function reachedFrom(starts: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>()
  const left = [...starts]
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (reached.has(file)) continue
    reached.add(file)
    left.push(...(imported.get(file) ?? []))
  }
  return reached
}

const EXPORTED = /^export (?:async )?(const|function\*?|class|interface|type) (\w+)/gm

/** `FILE NAME` for each name that one of these imports, `FILE *` where it imports the whole. */
const usesOf = (importers: readonly string[]): ReadonlySet<string> =>
  new Set(
    importers.flatMap(importsOf).flatMap(({ target, names }) => {
      const file = fileOf(target)
      return file ? (names ?? ['*']).map((name) => `${file} ${name}`) : []
    }),
  )

describe('what is there is used', () => {
  const reached = reachedFrom([...programs.filter((file) => PROGRAM.test(file)), ...atRoot])
  const ofPrograms = usesOf(programs)
  const ofTests = usesOf(files.filter((file) => !programs.includes(file)))
  const isUsed = (uses: ReadonlySet<string>, file: string, name: string) => uses.has(`${file} ${name}`) || uses.has(`${file} *`)
  const ours = programs.filter((file) => /^(server|components)\//.test(file) && !AWAITED.some((place) => file.startsWith(place)))

  it('each file is reached from a program', () => {
    expect(ours.filter((file) => !reached.has(file))).toEqual([])
  })

  it('each export is used by another file', () => {
    const unused = ours.flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8')
      return [...text.matchAll(EXPORTED)].flatMap(([, kind = '', name = '']) => {
        if (isUsed(ofPrograms, file, name)) return []
        const isUsedHere = text.split(new RegExp(`\\b${name}\\b`)).length > 2
        // A type may be exported for being a parameter or an answer of what is.
        const isPart = isUsedHere && /^(interface|type)$/.test(kind)
        if (isPart || (isUsed(ofTests, file, name) && (isUsedHere || file.startsWith(SAMPLES)))) return []
        return [`${file}: ${name}`]
      })
    })
    expect(unused).toEqual([])
  })
})
