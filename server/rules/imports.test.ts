// House rules as tests: imports go one way (docs/architecture.md), and the core stays pure. A failure names the file.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Import, importsOf, isTest, listSources, root } from './sources'

const inRoom = (room: string) =>
  listSources(room)
    .filter((file) => !isTest(file))
    .flatMap(importsOf)
const starts = (target: string, rooms: readonly string[]) => rooms.some((room) => target === room || target.startsWith(`${room}/`))
const show = (found: readonly Import[]) => found.map(({ file, target }) => `${file} imports ${target}`)

describe('imports go one way', () => {
  it('core imports core and pure packages only', () => {
    const allowed = ['server/core', 'zod', 'ipaddr.js', 'fast-xml-parser', '@noble/hashes']
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

  // Pages read their first data through this one file, which takes it from server/api.
  const DOOR = 'app/first-data.tsx'

  it('components and pages take pure code and types from the server, nothing that acts', () => {
    const pages = inRoom('app').filter(({ file }) => !file.startsWith('app/api/') && file !== DOOR)
    const found = [...inRoom('components'), ...pages].filter(
      ({ target, isType }) => starts(target, ['server', 'lab', 'generated']) && !target.startsWith('server/core/') && !isType,
    )
    expect(show(found)).toEqual([])
  })

  it('the door of the pages takes what acts from server/api only', () => {
    const taken = inRoom('app').filter(({ file, target, isType }) => file === DOOR && target.startsWith('server/') && !isType)
    expect(taken.length).toBeGreaterThan(0)
    expect(show(taken.filter(({ target }) => !target.startsWith('server/api/')))).toEqual([])
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

it('what runs in a console logs through the logger that it is handed', () => {
  const files = ['server/effects', 'server/reconcile', 'server/api'].flatMap(listSources).concat('instrumentation.ts', 'proxy.ts')
  expect(
    files.filter((file) => !isTest(file) && /\bconsole\.(log|error|warn|info|debug|trace)\(/.test(readFileSync(join(root, file), 'utf8'))),
  ).toEqual([])
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
    expect(
      readers.filter(
        (file) =>
          !/^(scripts|lab|e2e|bench)\//.test(file) &&
          !['server/effects/env.ts', 'server/effects/ssh/connect-config.ts', 'app/dev/layout.tsx'].includes(file),
      ),
    ).toEqual([])
  })
})

it('code goes to another page by one hook, which waits until the address is written', () => {
  const takers = ['app', 'components'].flatMap(listSources).flatMap(importsOf)
  const found = takers.filter(({ target, names }) => target === 'next/navigation' && (names?.includes('useRouter') ?? true))
  expect(found.map(({ file }) => file)).toEqual(['components/lib/use-navigate.ts'])
})
