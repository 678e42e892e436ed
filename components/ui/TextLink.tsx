import Link from 'next/link'

interface TextLinkProps {
  readonly href: string
  readonly text: string
}

/** A name that leads to what bears it, cut where there is no room. */
export const TextLink = ({ href, text }: TextLinkProps) => (
  <Link href={href} title={text} className="block max-w-full truncate text-accent hover:underline">
    {text}
  </Link>
)
