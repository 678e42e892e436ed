// House rule as a test: what comments and documents point at is in the repository. Documents are named from its root, in Markdown by links.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listFiles, root } from './sources'

const rooms = ['app', 'bench', 'components', 'docs', 'e2e', 'lab', 'prisma', 'scripts', 'server']
const inRoot = readdirSync(root).filter((name) => /\.(ts|md)$/.test(name))
const files = rooms
  .flatMap((room) => listFiles(room, (path) => /\.(ts|tsx|mjs|md|prisma|sh)$/.test(path)))
  .concat(inRoot)
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

/** `docs/reference/mtu.md`, and those of the same folder that follow it: `docs/reference/mtu.md, faults.md`, on the next line of a comment too. */
const DOCUMENT = /\bdocs\/[\w./-]+\.md(?:(?:,| and)\s+(?:\/\/ |\* )?[\w-]+\.md)*/g

function documentsNamed(text: string): string[] {
  return [...text.matchAll(DOCUMENT)].flatMap(([named]) => {
    const [first = '', ...others] = named.match(/[\w./-]+\.md/g) ?? []
    return [first, ...others.map((name) => join(dirname(first), name))]
  })
}

/** As a comment names one: by its end, or by as much of its path as tells it apart. `<kind>-edits.ts` names none. */
const SOURCE = /(?<![<>\w./-])\w[\w/-]*(?:\.[\w-]+)*\.tsx?\b/g
const COMMENT = /^\s*(?:\/\/|\/?\*)(.*)$|\s\/\/ (.*)$/gm

function sourcesNamed({ path, text }: (typeof files)[number]): readonly string[] {
  if (path.startsWith('docs/reference/')) return text.match(SOURCE) ?? []
  return /\.tsx?$/.test(path) ? [...text.matchAll(COMMENT)].flatMap((comment) => (comment[1] ?? comment[2] ?? '').match(SOURCE) ?? []) : []
}

const LINK = /\]\(([^)\s#:]+)(?:#[^)\s]*)?\)/g

const linksOf = ({ path, text }: (typeof files)[number]): string[] =>
  path.endsWith('.md') ? [...text.matchAll(LINK)].map((match) => join(dirname(path), match[1] ?? '')) : []

/** A section of something. Whoever has only the repository cannot look it up, and one of an RFC can be written out. */
const SECTION = /\u00a7\s?\d/

describe('comments and documents', () => {
  it('name documents that are there', () => {
    const missing = files.flatMap(({ path, text }) =>
      documentsNamed(text).flatMap((named) => (isThere(named) ? [] : [`${path}: ${named}`])),
    )
    expect(missing).toEqual([])
  })

  it('name sources that are there', () => {
    const ends = new Set(files.flatMap(({ path }) => path.split('/').map((_, index, parts) => parts.slice(index).join('/'))))
    expect(files.flatMap((file) => sourcesNamed(file).flatMap((name) => (ends.has(name) ? [] : [`${file.path}: ${name}`])))).toEqual([])
  })

  it('link to what is there', () => {
    expect(files.flatMap((file) => linksOf(file).flatMap((link) => (isThere(link) ? [] : [`${file.path}: ${link}`])))).toEqual([])
  })

  it('cite no sections of documents', () => {
    expect(files.flatMap(({ path, text }) => (SECTION.test(text) ? [path] : []))).toEqual([])
  })

  it('cite each page of docs/reference, and its index has them all', () => {
    const named = new Set(files.flatMap(({ text }) => documentsNamed(text)))
    const index = files.flatMap((file) => (file.path === 'docs/reference/README.md' ? linksOf(file) : []))
    const pages = files.flatMap(({ path }) => (/^docs\/reference\/(?!README)/.test(path) ? [path] : []))
    expect(pages.filter((page) => !named.has(page))).toEqual([])
    expect(pages.filter((page) => !index.includes(page))).toEqual([])
  })
})

const isThere = (path: string): boolean => existsSync(join(root, path))
