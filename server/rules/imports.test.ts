// House rules as tests: imports go one way (docs/architecture.md), and the core stays pure. A failure names the file.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

function listSources(directory: string): string[] {
  return readdirSync(join(root, directory)).flatMap((name) => {
    const path = join(directory, name)
    if (['node_modules', '.next', 'fixtures', 'generated'].includes(name)) return []
    if (statSync(join(root, path)).isDirectory()) return listSources(path)
    return /\.(ts|tsx|mjs)$/.test(name) ? [path] : []
  })
}

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || /\/(testing|fixtures)\//.test(path) || path.endsWith('lab-sshd.ts')
const IMPORT = /^(?:import|export)\s(?:[^'"=;()]*?\sfrom\s)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm

interface Import {
  readonly file: string
  /** A path from the root for our own modules, the package name otherwise. */
  readonly target: string
  readonly isType: boolean
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(IMPORT)].map((match) => {
    const name = match[1] ?? match[2] ?? ''
    const target = name.startsWith('@/') ? name.slice(2) : name.startsWith('.') ? relative(root, resolve(root, dirname(file), name)) : name
    return { file, target, isType: /^\s*(import|export)\s+type\b/.test(match[0]) }
  })
}

const inRoom = (room: string) => listSources(room).filter((file) => !isTest(file)).flatMap(importsOf)
const starts = (target: string, rooms: readonly string[]) => rooms.some((room) => target === room || target.startsWith(`${room}/`))
const show = (found: readonly Import[]) => found.map(({ file, target }) => `${file} imports ${target}`)

describe('imports go one way', () => {
  it('core imports core and pure packages only', () => {
    const allowed = ['server/core', 'zod', 'ipaddr.js', 'fast-xml-parser']
    expect(show(inRoom('server/core').filter(({ target }) => !starts(target, allowed)))).toEqual([])
  })

  it.each([
    ['server/effects', ['server/reconcile', 'server/api', 'app', 'components', 'lab']],
    ['server/reconcile', ['server/api', 'app', 'components', 'lab']],
    ['server/api', ['app', 'components', 'lab', 'ssh2']],
    ['lab/host', ['server', 'app', 'components']],
    ['lab/node', ['server', 'app', 'components']],
  ])('%s does not import %s', (room, forbidden) => {
    expect(show(inRoom(room).filter(({ target }) => starts(target, forbidden)))).toEqual([])
  })

  it('components and pages take pure code and types from the server, nothing that acts', () => {
    const pages = inRoom('app').filter(({ file }) => !file.startsWith('app/api/'))
    const found = [...inRoom('components'), ...pages].filter(
      ({ target, isType }) => starts(target, ['server', 'lab', 'generated']) && !target.startsWith('server/core/') && !isType,
    )
    expect(show(found)).toEqual([])
  })
})

describe('the core is pure', () => {
  it.each([
    ['the clock', /\bDate\.now\(|\bnew Date\(\)|performance\.now/],
    ['randomness', /Math\.random|randomUUID|randomBytes/],
    ['the environment', /process\.env/],
    ['the console', /\bconsole\./],
  ])('it never asks %s', (_, pattern) => {
    const found = listSources('server/core').filter((file) => !isTest(file) && pattern.test(readFileSync(join(root, file), 'utf8')))
    expect(found).toEqual([])
  })
})

describe('the tree', () => {
  const all = ['app', 'components', 'server', 'lab', 'scripts', 'e2e', 'bench'].flatMap(listSources)

  it('has no barrels', () => {
    expect(all.filter((file) => /(^|\/)index\.tsx?$/.test(file))).toEqual([])
  })

  it('has no file beyond 400 lines', () => {
    const long = all.filter((file) => !isTest(file) && readFileSync(join(root, file), 'utf8').split('\n').length > 400)
    expect(long).toEqual([])
  })

  it('reads environment variables in few places', () => {
    const readers = all.filter((file) => !isTest(file) && /process\.env/.test(readFileSync(join(root, file), 'utf8')))
    expect(readers.filter((file) => !/^(scripts|lab|e2e|bench)\//.test(file) && !['server/effects/env.ts', 'server/effects/ssh/connect-config.ts', 'app/dev/layout.tsx'].includes(file))).toEqual([])
  })
})
